"""The campaign a creative belongs to, as its room shows it: creatives know their campaign by name only."""

import dataclasses
import datetime

from django.db.models import Count, Min

from makegood.catalog.models import Placement
from makegood.core.models import Person
from makegood.core.visibility import scoped
from makegood.creatives.models import Creative
from makegood.orders.models import Flight, Line, Order
from makegood.trafficking.models import Assignment


@dataclasses.dataclass(frozen=True)
class Campaign:
    """Where creatives run: the order, how many lines have any of them, when the first flight starts."""

    order_id: int
    name: str
    agency: str
    lines: int
    launch: datetime.date | None


def of(creative: Creative, creative_ids: list[int]) -> Campaign | None:
    """The creative's campaign, else the order its newest assignment is on, else None."""
    known = creative.root_id if creative.root_type == "orders.order" else None
    running = Assignment.objects.filter(version__creative__in=creative_ids).exclude(status="removed")
    if known is None:
        known = (
            running.filter(version__creative=creative)
            .order_by("-pk")
            .values_list("flight__line__order_id", flat=True)
            .first()
        )
    order = Order.objects.select_related("agency__party").filter(pk=known).first()
    if order is None:
        return None
    lines = running.filter(flight__line__order=order).aggregate(lines=Count("flight__line", distinct=True))["lines"]
    first = Flight.objects.filter(line__order=order).exclude(status="cancelled").aggregate(first=Min("start"))["first"]
    return Campaign(order.pk, order.name, str(order.agency) if order.agency else "", lines, first)


def orders(actor: Person, advertiser_id: int | None = None) -> list[tuple[int, str]]:
    """Orders a creative may be uploaded for, newest first."""
    rows = scoped(Order.objects.exclude(status__in=("cancelled", "closed")), actor, "advertiser_id", "agency_id")
    if advertiser_id:
        rows = rows.filter(advertiser=advertiser_id)
    return [
        (order.pk, f"{order.advertiser}: {order.name}")
        for order in rows.select_related("advertiser__party").order_by("-start")[:200]
    ]


def order(actor: Person, order_id: int) -> Order:
    """An order `actor` may see. Raises Order.DoesNotExist."""
    rows = scoped(
        Order.objects.select_related("advertiser__party", "agency__party", "trafficker", "campaign_manager"),
        actor,
        "advertiser_id",
        "agency_id",
    )
    return rows.get(pk=order_id)


def placements(campaign: Campaign | None) -> list[tuple[str, str]]:
    """(code, name) of the placements a campaign runs on; none without one."""
    if campaign is None:
        return []
    wanted = {pk for ids in Flight.objects.filter(line__order=campaign.order_id).values_list("placement_ids", flat=True) for pk in ids}
    return list(Placement.objects.filter(pk__in=wanted).order_by("name").values_list("code", "name"))


def products(order_id: int) -> list[str]:
    """Codes of the products an order bought."""
    return sorted(set(Line.objects.filter(order=order_id).exclude(status="cancelled").values_list("product__code", flat=True)))
