"""One campaign in full: head, lines, flights, revisions, money. Delivery, creatives and invoices are told downstream."""

from decimal import Decimal

from django.db.models import Prefetch

from makegood.core.models import Person
from makegood.orders import pricing
from makegood.orders.models import Flight, Line, Order, Revision, Signature
from makegood.orders.queries.lists import visible_to
from makegood.orders.queries.views import CampaignView, FlightView, LineView, MoneyView, RevisionView, SignatureView


def campaign(actor: Person, order_id: int) -> CampaignView:
    """The campaign; Order.DoesNotExist when there is none that `actor` may see."""
    lines = Line.objects.select_related("product__property").prefetch_related(
        "product__placements", Prefetch("flights", Flight.objects.order_by("number"))
    )
    revisions = Revision.objects.select_related("by").prefetch_related(Prefetch("signatures", Signature.objects.order_by("pk")))
    rows = visible_to(actor).select_related(
        "advertiser__party", "agency__party", "contract", "account_manager", "campaign_manager", "trafficker"
    )
    order = rows.prefetch_related(
        Prefetch("lines", lines.order_by("number")), Prefetch("revisions", revisions.order_by("-number"))
    ).get(pk=order_id)
    ours = actor.is_staff_member
    views = tuple(_line(line, order.currency, ours) for line in order.lines.all())
    return CampaignView(
        order, str(order.advertiser), str(order.agency or ""), views, tuple(_revision(one) for one in order.revisions.all()),
        _money(order, views, ours),
    )  # fmt: skip


def _line(line: Line, currency: str, ours: bool) -> LineView:
    sizes = {f"{one.width}×{one.height}" if one.width else f"{one.duration_s} s" for one in line.product.placements.all() if one.width or one.duration_s}
    return LineView(
        id=line.pk, number=line.number, name=line.name, product=line.product.name, property=line.product.property.name,
        sizes=tuple(sorted(sizes)), start=line.start, end=line.end, rate_type=line.rate_type, rate=line.rate,
        card_rate=line.card_rate if ours else None,
        discount_pct=pricing.discount_pct(line.rate, line.card_rate, currency) if ours else None, quantity=line.quantity,
        unit=line.unit, amount=line.amount, exclusive=line.product.exclusive, status=line.status,
        status_label=line.get_status_display(), flights=tuple(_flight(one) for one in line.flights.all()),
    )  # fmt: skip


def _flight(one: Flight) -> FlightView:
    return FlightView(one.pk, one.number, one.start, one.end, one.goal, one.status, one.get_status_display(), tuple(one.placement_ids))


def _revision(one: Revision) -> RevisionView:
    signed = tuple(SignatureView(mark.side, mark.name, mark.at) for mark in one.signatures.all())
    rests_on = "" if one.kind == Revision.Kind.AGREED else one.get_kind_display()
    return RevisionView(one.pk, one.number, one.at, one.by.name if one.by else "", one.reason, one.sha256, one.document_id, signed, rests_on)


def _money(order: Order, lines: tuple[LineView, ...], ours: bool) -> MoneyView:
    card = None
    if ours:
        counted = [line for line in lines if line.status != "cancelled"]
        values = [
            pricing.amount(line.card_rate, line.rate_type, line.quantity, order.currency) if line.card_rate is not None else line.amount
            for line in counted
        ]
        card = sum(values, Decimal(0))
    discount = pricing.discount_pct(order.gross, card, order.currency) if card else None
    return MoneyView(order.currency, order.gross, order.commission_pct, order.gross - order.net, order.net, card, discount)
