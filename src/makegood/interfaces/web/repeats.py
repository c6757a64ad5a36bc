"""A write sent twice is done once: a double click, a reload of a form, a client that heard no answer and tries again.

A program names its write by the header `Idempotency-Key`; the same key with another body is refused with 409. Forms carry a
number of their own (`FIELD`, printed with the CSRF token): there the same body once more is the same write, another body
another one. Who came by a link and signed in nowhere is known by the link.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from makegood.core import replies
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.interfaces.web import refusals

FIELD = "once"
HEADER = "Idempotency-Key"
LONGEST = 36
KEPT_HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Location", "HX-Refresh", "HX-Reswap", "HX-Retarget", "HX-Trigger", "HX-Push-Url")


class Middleware:
    """Runs the view of a keyed write inside the transaction that keeps its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, named: Any) -> HttpResponse | None:
        """None for reads and writes without a key: they go on as ever."""
        sender = request.user if request.user.is_authenticated else named.get("token")
        if request.method != "POST" or not sender:
            return None
        given, numbered = request.headers.get(HEADER, ""), _taken(request)
        if not given and not numbered:
            return None
        try:
            return _once(request, sender, given, numbered, lambda: view(request, *args, **named))
        except Exception as error:
            answer = refusals.handled(request, error)
            if answer is None:
                raise
            return answer


def _taken(request: HttpRequest) -> str:
    """The form's number, taken out of what the view reads: it is no field of its own."""
    if FIELD not in request.POST:
        return ""
    fields = request.POST.copy()
    number = str(fields.pop(FIELD)[-1])
    fields._mutable = False
    request.POST = fields
    return number


def _once(request: HttpRequest, sender: Person | str, given: str, numbered: str, view: Callable[[], HttpResponse]) -> HttpResponse:
    if len(given or numbered) > LONGEST:
        raise Invalid("it is too long.", place=HEADER if given else FIELD, remedy=f"Send up to {LONGEST} characters, such as a UUID.")
    asked = _asked(request)
    made: list[HttpResponse] = []

    def do() -> replies.Answer:
        response = view()
        made.append(response)
        return _answer(response)

    key = given or f"{numbered}:{asked[:40]}"
    kept = replies.once(sender, key, asked, do, at=timezone.now())
    return made[0] if kept is None else HttpResponse(kept.body, status=kept.status, headers=kept.headers)


def _answer(response: HttpResponse) -> replies.Answer:
    """Streams are downloads, refusals and forms with errors changed nothing: none of them is kept."""
    effect = response.status_code < 400 and not response.streaming
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    return replies.Answer(response.status_code, headers, response.content if effect else b"", effect)


def _asked(request: HttpRequest) -> str:
    """sha256 over address and body; of a form its fields and files, without what differs on every page."""
    seen = hashlib.sha256(f"{request.get_full_path()}\n".encode())
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        seen.update(request.body)
        return seen.hexdigest()
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken":
            seen.update(repr((name, values)).encode())
    for name, files in request.FILES.lists():
        for file in files:
            seen.update(repr((name, file.name, file.size)).encode())
            for piece in file.chunks():
                seen.update(piece)
            file.seek(0)
    return seen.hexdigest()


