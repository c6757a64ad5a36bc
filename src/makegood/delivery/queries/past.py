"""What past lines delivered, line by line: for rates of the next ones. One query over the facts."""

import dataclasses
import datetime

from django.db.models import Sum

from makegood.delivery.models import Fact
from makegood.orders.models import Line

LEAST = 1000  # impressions below which a line says nothing


@dataclasses.dataclass(frozen=True)
class PastLine:
    """A line's accepted impressions and what came of them. `goal` is what it promised, None while it still runs."""

    line_id: int
    product_id: int
    format: str
    advertiser_id: int
    category: str
    goal: int | None
    net: int
    viewable: int
    clicks: int
    completes: int
    conversions: int


def lines(*, today: datetime.date) -> list[PastLine]:
    """Every line that delivered at least LEAST impressions, the oldest first."""
    sums = {
        row["flight__line_id"]: row
        for row in Fact.objects.values("flight__line_id").annotate(
            n=Sum("net"), viewed=Sum("viewable"), clicked=Sum("clicks"), completed=Sum("completes"), converted=Sum("conversions")
        )
        if row["n"] >= LEAST
    }  # fmt: skip
    rows = Line.objects.filter(pk__in=sums).select_related("product", "order__advertiser").order_by("pk")
    return [_line(one, sums[one.pk], today) for one in rows]


def _line(one: Line, row: dict[str, int], today: datetime.date) -> PastLine:
    account = one.order.advertiser
    goal = one.quantity if one.end < today and one.unit == "impressions" and one.status != "cancelled" else None
    return PastLine(
        one.pk, one.product_id, one.product.format, account.pk, account.category, goal, row["n"], min(row["viewed"], row["n"]),
        min(row["clicked"], row["n"]), min(row["completed"], row["n"]), min(row["converted"], row["n"]),
    )  # fmt: skip
