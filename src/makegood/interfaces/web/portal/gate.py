"""Keeps clients in the portal: any other page leads there, any other write is refused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from makegood.core.errors import NotAllowed
from makegood.interfaces.web import links, refusals

OPEN = (
    "/portal/", "/sign-in/", "/sign-out/", "/notices/", "/preferences/", "/files/", "/assets/", "/static/", "/favicon.ico", "/api/",
)  # fmt: skip


class Middleware:
    """A rule for every address at once, so that a page forgotten in an area is closed too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN) or not request.user.is_authenticated or not request.user.is_client:
            return self.get_response(request)
        if request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(links.page("portal"))
        return refusals.answer(request, NotAllowed("this is the seller's side.", remedy="Use the portal, or write to your contact."))
