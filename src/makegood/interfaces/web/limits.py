"""How much a request may carry. Refused by what its head says, before a byte of its body is read into memory or onto disk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from makegood.core.errors import Refused
from makegood.interfaces.web import refusals

STRANGERS = 64 * 1024  # a sign-in form


class TooLarge(Refused):
    """More than is taken here."""

    status = 413


class Middleware:
    """After authentication, before anything looks into the form: strangers send a form, people also files up to the limit.

    A body without a declared length is not read at all: Django takes it for empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        size = int(declared) if declared.isascii() and declared.isdigit() else 0
        limit = _limit(request)
        if size <= limit:
            return self.get_response(request)
        said = f"the request carries {_words(size)}; {_words(limit)} is the most that is taken here."
        remedy = "Send a smaller file, or ask your contact how to hand over a large one." if request.user.is_authenticated else "Sign in first."
        response = refusals.answer(request, TooLarge(said, place=request.path, remedy=remedy))
        response["Connection"] = "close"  # what is still on its way is not waited for
        return response


def _limit(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        return STRANGERS
    with_files = request.content_type == "multipart/form-data"
    return settings.MAKEGOOD_MAX_UPLOAD if with_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _words(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB" if size >= 1_000_000 else f"{size / 1000:,.0f} kB"
