"""The bell: what happened that concerns me."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.core import inbox
from makegood.core.models import Activity, Notification
from makegood.interfaces.web import links, shell
from makegood.interfaces.web.answers import SeeOther

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
    rows = [(notice, _place(request, notice.activity)) for notice in found]
    return render(request, "notices.html", {"notices": rows, "cleared": cleared})


@require_POST
def open_one(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one notice read and go where it happened."""
    notice = Notification.objects.select_related("activity").filter(pk=notice_id, person=request.user).first()
    if notice is None:
        raise Http404("This notice is not here.")
    inbox.read_one(notice, timezone.now())
    return SeeOther(_place(request, notice.activity) or "/")


def _place(request: HttpRequest, said: Activity) -> str:
    """The record's page; for a client its campaign in the portal."""
    if request.user.is_client:  # type: ignore[union-attr]
        return links.part("portal", said.root_id) if said.root_type == "orders.order" else links.page("portal")
    return links.to(said.root_type, said.root_id)
