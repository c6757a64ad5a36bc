"""What a client does: sign, write, ask about a bill. Each one action of the packages below."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from makegood.billing.queries import invoices
from makegood.core import permissions
from makegood.core import queries as core
from makegood.core.errors import Invalid
from makegood.interfaces.web import toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.portal import frame, papers, views
from makegood.orders import queries as orders
from makegood.orders.actions import signing
from makegood.orders.models import ChangeOrder, Order
from makegood.workflows import changing, client_words

both = require_http_methods(["GET", "HEAD", "POST"])


@both
@permitted("core.sign_in")
def sign(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order, or its change, as it will be signed, with its fingerprint; signed by typing one's name."""
    person, one = frame.client(request), views.going(request, order_id)
    change = next((each.change for each in orders.to_sign(person) if each.order.pk == order_id), None)
    seen = orders.campaign(person, order_id)
    new = one.stage == "sign" and not one.signed and any(each.number == one.order.revision for each in seen.revisions)
    if not new and change is None:
        toasts.add(request, "This order is signed already.", tone="")
        return SeeOther(f"/portal/orders/{order_id}/")
    if request.method != "POST":
        revision = papers.numbered(one.order, change.revision.number if change and change.revision else one.order.revision)
        leaves = papers.leaves(papers.file_of(revision), f"/portal/orders/{order_id}/papers/{revision.number}/")
        found = {"card": views.card(one), "seen": seen, "revision": revision, "leaves": leaves, "changes": papers.changes(revision), "change": change}
        return frame.page(request, "portal/sign.html", "home", found)
    _signed(request, one.order, change)
    toasts.add(request, "Signed. We sign next, and everything is kept for you from then on.")
    return SeeOther(f"/portal/orders/{order_id}/")


def _signed(request: HttpRequest, order: Order, change: ChangeOrder | None) -> None:
    if request.POST.get("agree") != "yes":
        raise Invalid("you have not said that you may sign.", place="the order", remedy="Tick the box and sign again.")
    name, ip = request.POST.get("name", ""), request.META.get("REMOTE_ADDR")
    how: dict[str, Any] = {"title": request.POST.get("title", ""), "ip": ip, "user_agent": request.headers.get("User-Agent", "")}
    if change:
        changing.sign(change, "client", name, by=frame.client(request), at=timezone.now(), **how)
    else:
        signing.sign(order, "client", name, by=frame.client(request), at=timezone.now(), **how)


@require_POST
@permitted("core.sign_in")
def say(request: HttpRequest) -> HttpResponse:
    """A message on a campaign."""
    one = views.going(request, _number(request, "order"))
    client_words.say(one.order, request.POST.get("body", ""), by=frame.client(request), at=timezone.now())
    toasts.add(request, f"Sent to {one.order.account_manager}. You get an answer within one working day.")
    return SeeOther(f"/portal/messages/?order={one.order.pk}")


@both
@permitted("core.sign_in")
def bill(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A bill with how to pay it, and a question on it."""
    person = frame.client(request)
    invoice = invoices.bill(person, invoice_id)
    if invoice is None:
        raise Http404("This bill is not here.")
    if request.method != "POST":
        ours = invoice.bill_to_id in permissions.party_ids(person)
        return frame.page(request, "portal/bill.html", "bills", {"invoice": invoice, "paid_by_us": ours, "house": core.seller(), "today": timezone.localdate()})
    text = request.POST.get("body", "")
    if not text.strip():
        raise Invalid("there is no question.", place=str(invoice), remedy="Write what you would like to know.")
    case = client_words.ask_about(invoice, text, amount=_amount(request), by=person, at=timezone.now())
    toasts.add(request, f"Question {case.number} is with {case.owner}. You get an answer by {timezone.localtime(case.due_at):%A %H:%M}.")
    return SeeOther("/portal/bills/")


def _amount(request: HttpRequest) -> Decimal | None:
    text = request.POST.get("amount", "").replace(",", "").strip()
    try:
        found = Decimal(text or 0).quantize(Decimal("0.01"))
        if not found.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        raise Invalid(f"{text!r} is no amount.", place="amount", remedy="Write a number like 120.50, or leave it empty.") from None
    return found if text else None


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isdecimal():
        raise Http404("This campaign is not here.")
    return int(text)
