"""Short notices after an action, with undo. Actions add them; full pages print them, partial answers carry them in a header."""

import dataclasses
import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

LEVELS = {"ok": messages.SUCCESS, "risk": messages.ERROR, "": messages.INFO}


@dataclasses.dataclass(frozen=True, slots=True)
class Toast:
    """`undo` is an address that takes the action back by POST."""

    text: str
    tone: str = ""
    undo: str = ""


def add(request: HttpRequest, text: str, *, tone: str = "ok", undo: str = "") -> None:
    """Show `text` on the next page or in this partial answer: "17 lines extended" with Undo when `undo` is given."""
    messages.add_message(request, LEVELS.get(tone, messages.INFO), text, extra_tags=json.dumps([tone, undo]))


def waiting(request: HttpRequest) -> list[Toast]:
    """The toasts not yet shown; asking takes them."""
    return [Toast(str(message), *_tags(message.extra_tags or "")) for message in messages.get_messages(request)]


def trigger(response: HttpResponse, found: list[Toast]) -> HttpResponse:
    """Put toasts into the header HTMX turns into an event."""
    already = json.loads(response.get("HX-Trigger", "{}") or "{}")
    response["HX-Trigger"] = json.dumps({**already, "mg:toasts": [dataclasses.asdict(toast) for toast in found]})
    return response


def hand_over(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For a partial answer to HTMX: hand it what waits. A redirect or a whole page shows the toasts itself."""
    partial = getattr(request, "htmx", False) and not request.htmx.boosted and response.status_code == 200  # type: ignore[attr-defined]
    if not partial or "HX-Redirect" in response or "HX-Location" in response or "HX-Refresh" in response:
        return response
    found = waiting(request)
    return trigger(response, found) if found else response


def _tags(extra: str) -> tuple[str, str]:
    try:
        tone, undo = json.loads(extra)
    except ValueError:
        return "", ""  # a message of another package, such as the sign-in's
    return tone, undo
