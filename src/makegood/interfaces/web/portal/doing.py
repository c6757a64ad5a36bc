"""What a client does: sign, send a file, write, ask about a bill. Each one action of the packages below."""

from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from makegood.billing.queries.invoices import invoice_list
from makegood.core import queries as core
from makegood.core.errors import Invalid, Refused
from makegood.creatives import guidance, shapes
from makegood.creatives.actions import receiving
from makegood.creatives.models import Creative, Version
from makegood.creatives.queries import lists
from makegood.insight import portal
from makegood.insight.portal import Going
from makegood.interfaces.web import toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.portal import frame, views
from makegood.orders import queries as orders
from makegood.orders.actions import signing
from makegood.workflows import client_words

both = require_http_methods(["GET", "HEAD", "POST"])


@both
@permitted("core.sign_in")
def sign(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order as it will be signed, with its fingerprint; signed by typing one's name."""
    person, one = frame.client(request), views.going(request, order_id)
    seen = orders.campaign(person, order_id)
    revision = next((each for each in seen.revisions if each.number == one.order.revision), None)
    if one.stage != "sign" or one.signed or revision is None:
        toasts.add(request, "This order is signed already.", tone="")
        return SeeOther(f"/portal/orders/{order_id}/")
    if request.method != "POST":
        return frame.page(request, "portal/sign.html", "home", {"card": views.card(one), "seen": seen, "revision": revision})
    if request.POST.get("agree") != "yes":
        raise Invalid("you have not said that you may sign.", place="the order", remedy="Tick the box and sign again.")
    signing.sign(one.order, "client", request.POST.get("name", ""), by=person, at=timezone.now(), ip=request.META.get("REMOTE_ADDR"))
    toasts.add(request, "Signed. We sign next, and everything is kept for you from then on.")
    return SeeOther(f"/portal/orders/{order_id}/")


@both
@permitted("core.sign_in")
def upload(request: HttpRequest, order_id: int, creative_id: int | None = None) -> HttpResponse:
    """Send a file for a campaign, or a corrected one; the answer says at once whether it can run."""
    one = views.going(request, order_id)
    creative = _creative(request, creative_id) if creative_id else None
    found = {"card": views.card(one), "order": one.order, "creative": creative, "size": request.GET.get("size", "")[:60]}
    if request.method != "POST":
        return frame.page(request, "portal/upload.html", "ads", found)
    outcome = _receive(request, one.order, creative)
    if outcome["version"] and outcome["version"].verdict != "fail":
        toasts.add(request, _received(request, outcome["version"], views.going(request, order_id)))
        return SeeOther("/portal/ads/")
    return frame.page(request, "portal/upload.html", "ads", {**found, **outcome, "creative": creative or outcome["creative"]}, status=422)


def _received(request: HttpRequest, version: Version, one: Going) -> str:
    """What came, and what is still missing: a file of a size nobody asked for is not passed over in silence."""
    ads = portal.adverts(frame.client(request), [one], timezone.now())[one.order.pk]
    missing = [ad.size for ad in ads if ad.state == "missing"]
    rest = f" Still missing: {', '.join(missing)}." if missing else ""
    return f"{version.creative} is here ({shapes.label(version.creative)}). We look at it within one working day.{rest}"


def _receive(request: HttpRequest, order: object, creative: Creative | None) -> dict[str, object]:
    """The received version with its guidance, or the refusal in words; nothing is kept of a refused file."""
    file = request.FILES.get("file")
    if file is None:
        return {"version": None, "creative": None, "refusal": "Choose a file first.", "remedy": ""}
    name = (file.name or "file").rpartition(".")[0] or "file"
    target = creative or receiving.NewCreative(
        order.advertiser, request.POST.get("name", "").strip()[:160] or name[:160],  # type: ignore[attr-defined]
        click_url=request.POST.get("click_url", "").strip()[:1000], root=("orders.order", order.pk),  # type: ignore[attr-defined]
    )  # fmt: skip
    try:
        version = receiving.receive(file.chunks(), name=file.name or "file", creative=target, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except Refused as refusal:
        return {"version": None, "creative": None, "refusal": refusal.message, "remedy": refusal.remedy}
    return {"version": version, "creative": version.creative, "guidance": guidance.compose(version.verdict, version.findings).split("\n")}


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
    invoice = invoice_list(person).prefetch_related("lines", "credit_notes").filter(pk=invoice_id).first()
    if invoice is None:
        raise Http404("This bill is not here.")
    if request.method != "POST":
        return frame.page(request, "portal/bill.html", "bills", {"invoice": invoice, "house": core.seller(), "today": timezone.localdate()})
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


def _creative(request: HttpRequest, creative_id: int) -> Creative:
    found = lists.creative_list(frame.client(request)).filter(pk=creative_id).first()
    if found is None:
        raise Http404("This advertisement is not here.")
    return found
