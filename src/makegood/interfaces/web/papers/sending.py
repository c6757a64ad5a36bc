"""Sending an order to sign by link, and what is done about a link: each view is one action."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.accounts.models import Contact
from makegood.core.errors import Invalid
from makegood.interfaces.web import toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.orders import campaign
from makegood.interfaces.web.permitted import permitted
from makegood.orders.actions import inviting as actions
from makegood.orders.actions import papering
from makegood.orders.models import SignatureRequest


@require_POST
@permitted("orders.send_paper")
def send(request: HttpRequest, order_id: int) -> HttpResponse:
    """Mail the link to the contact chosen."""
    order, typed, days = campaign.visible(request, order_id), request.POST.get("contact", ""), request.POST.get("days", str(actions.DAYS))
    contact = Contact.objects.select_related("account").filter(pk=typed).first() if typed.isdecimal() and len(typed) < 10 else None
    if contact is None:
        raise Invalid("nobody is chosen to sign.", place="contact", remedy="Choose a contact with an address, or add one to the account.")
    if not (days.isascii() and days.isdecimal() and len(days) < 4):
        raise Invalid(f"{days!r} is no number of days.", place="days", remedy="Give 1 to 90.")
    made = actions.send(order, contact, by=request.user, at=timezone.now(), days=int(days), message=request.POST.get("message", ""))  # type: ignore[arg-type]
    toasts.add(request, f"Sent to {made.name}, {made.email}. The link holds until {made.expires_at:%d %b}.")
    return _page(order_id)


@require_POST
@permitted("orders.send_paper")
def remind(request: HttpRequest, order_id: int, request_id: int) -> HttpResponse:
    """Mail the link again."""
    actions.remind(_sent(request, order_id, request_id), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, "Reminded.")
    return _page(order_id)


@require_POST
@permitted("orders.send_paper")
def withdraw(request: HttpRequest, order_id: int, request_id: int) -> HttpResponse:
    """Take the link back."""
    found = _sent(request, order_id, request_id)
    actions.withdraw(found, by=request.user, at=timezone.now(), why=request.POST.get("why", "").strip()[:200] or "taken back")  # type: ignore[arg-type]
    toasts.add(request, "The link opens nothing any more.")
    return _page(order_id)


@require_POST
@permitted("orders.draft")
def language(request: HttpRequest, order_id: int) -> HttpResponse:
    """The language of the papers from the next revision on."""
    papering.choose_language(campaign.visible(request, order_id), request.POST.get("language", ""), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, "Papers made from now on are in that language; what is frozen stays.")
    return _page(order_id)


def _sent(request: HttpRequest, order_id: int, request_id: int) -> SignatureRequest:
    order = campaign.visible(request, order_id)
    found = SignatureRequest.objects.select_related("revision__order").filter(pk=request_id, revision__order=order).first()
    if found is None:
        raise Http404("There is no such link.")
    return found


def _page(order_id: int) -> SeeOther:
    return SeeOther(f"/orders/{order_id}/documents/")
