"""The bell: what happened that concerns me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core import inbox
from makegood.interfaces.web import links, shell

shell.count_with("bell", inbox.unread)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The newest notices, as the part that opens under the bell."""
    return _part(request)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark everything read; the count on the bell goes with it."""
    inbox.read_all(request.user, timezone.now())  # type: ignore[arg-type]
    return _part(request, cleared=True)


def _part(request: HttpRequest, cleared: bool = False) -> HttpResponse:
    found = inbox.latest(request.user)  # type: ignore[arg-type]
    rows = [(notice, links.to(notice.activity.root_type, notice.activity.root_id)) for notice in found]
    return render(request, "notices.html", {"notices": rows, "cleared": cleared})
