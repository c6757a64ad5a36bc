"""What a page says when it cannot do what was asked: 403, 404, 409, 422, 500; as a page, or as a toast for a partial."""

from collections.abc import Callable
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from makegood.core.errors import Invalid, Refused
from makegood.interfaces.web import toasts


class Middleware:
    """Sets the clock of the person looking, hands waiting toasts to HTMX, and turns refusals into answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(getattr(request, "user", None), "zone", "")
        with timezone.override(zone or None):
            return toasts.hand_over(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A named refusal: nothing has changed, and the answer says what, where and what to do."""
        return handled(request, error)


def handled(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The answer to an error people can do something about; None for any other."""
    if isinstance(error, DataError):  # what PostgreSQL cannot hold: a NUL in a text, a number beyond its column
        error = Invalid("a value cannot be stored as it was sent.", remedy="Look for odd characters and far too large numbers.")
    return answer(request, error) if isinstance(error, Refused) else None


def answer(request: HttpRequest, error: Refused) -> HttpResponse:
    """The refusal with its own status: a toast when a part of the page asked, else a page with the way back."""
    if getattr(request, "htmx", False) and not request.htmx.boosted:  # type: ignore[attr-defined]
        response = HttpResponse(status=error.status)
        response["HX-Reswap"] = "none"
        return toasts.trigger(response, [toasts.Toast(str(error), "risk")])
    titles = {403: _("You may not do this"), 413: _("This is too large"), 422: _("This cannot be accepted")}
    title = titles.get(error.status, _("Not done: something stands in the way"))
    return _page(request, error.status, title, error.message, place=error.place, remedy=error.remedy)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: what is missing and who can give it."""
    if isinstance(exception, Refused):
        return answer(request, exception)
    return _page(
        request, 403, _("This is not open to you"), str(exception or "") or _("Your role does not include this page.")
    )


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere."""
    return _page(
        request,
        403,
        _("This form has gone stale"),
        _("Nothing was changed."),
        remedy=_("Open the page again and repeat it."),
    )


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also what another client's records answer, so that nobody learns that they exist."""
    said = str(exception) if isinstance(exception, Http404) and str(exception) and "tried" not in str(exception) else ""
    return _page(
        request, 404, _("There is nothing here for you"), said or _("It was moved, or it is not yours to see.")
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing half-done, because every action is one transaction."""
    text = _("The fault is ours and has been logged. What you last saved is safe; the step you just took was not done.")
    return _page(request, 500, _("Something broke"), text)


def _page(request: HttpRequest, status: int, title: str, message: str, **more: Any) -> HttpResponse:
    bare = status == 500 or not getattr(getattr(request, "user", None), "is_authenticated", False)
    found = {
        "status": status,
        "title": title,
        "message": message,
        "area": "",
        "back": request.headers.get("Referer", ""),
        **more,
    }
    response = render(request, "refusal_bare.html" if bare else "refusal.html", found, status=status)
    response["HX-Retarget"] = "body"  # a part of a page that cannot be shown becomes the whole page that says why
    return response
