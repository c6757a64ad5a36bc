"""What one campaign delivered: by line, day, hour and part, and the bridge from gross to net. Net counts unless said."""

import dataclasses
import datetime
import zoneinfo
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Max, Sum
from django.db.models.functions import ExtractHour, TruncDate

from makegood.delivery.models import Discrepancy, Fact, Filtered, Pace, Reach
from makegood.orders.models import Order

SUMS = {"n_gross": Sum("gross"), "n_net": Sum("net"), "n_viewable": Sum("viewable"), "n_clicks": Sum("clicks"), "n_audible": Sum("audible"), "n_conversions": Sum("conversions")}
PARTS = {"placement": "placement__name", "creative": "version__creative__name", "device": "device"}


@dataclasses.dataclass(frozen=True)
class LineCount:
    """Net units of a line so far, of each of its flights, and the days on which each ran."""

    net: int = 0
    flights: dict[int, int] = dataclasses.field(default_factory=dict)
    days: dict[int, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Part:
    """A day, hour, placement, creative or device with what it delivered. Shares are of net; None without any."""

    name: Any
    gross: int
    net: int
    viewable: int
    clicks: int
    audible: int = 0
    conversions: int = 0

    @property
    def viewable_share(self) -> float | None:
        """Viewable of net."""
        return self.viewable / self.net if self.net else None

    @property
    def click_rate(self) -> float | None:
        """Clicks of net."""
        return self.clicks / self.net if self.net else None


@dataclasses.dataclass(frozen=True)
class Bridge:
    """gross − each reason = net, exactly."""

    gross: int
    filtered: tuple[tuple[str, int], ...]
    net: int


def by_line(order: Order) -> dict[int, LineCount]:
    """{line id: LineCount} of lines with any delivery: one query over the order's facts."""
    rows = Fact.objects.filter(flight__line__order=order, net__gt=0).values("flight__line_id", "flight_id")
    day = TruncDate("hour", tzinfo=zoneinfo.ZoneInfo(order.zone))
    found: dict[int, LineCount] = {}
    for row in rows.annotate(n=Sum("net"), days=Count(day, distinct=True)):
        so_far = found.get(row["flight__line_id"], LineCount())
        one = row["flight_id"]
        found[row["flight__line_id"]] = LineCount(so_far.net + row["n"], so_far.flights | {one: row["n"]}, so_far.days | {one: row["days"]})
    return found


def paces(line_ids: Collection[int]) -> dict[int, Pace]:
    """The standing of each line, as last computed."""
    return {pace.line_id: pace for pace in Pace.objects.filter(line__in=line_ids)}


def counted_to(order: Order) -> datetime.datetime | None:
    """The end of the last hour with a count; None before any."""
    last = Fact.objects.filter(flight__line__order=order).aggregate(last=Max("hour"))["last"]
    return last + datetime.timedelta(hours=1) if last else None


def by_day(order: Order) -> list[Part]:
    """Days of the order's zone, first to last."""
    return _parts(order, TruncDate("hour", tzinfo=zoneinfo.ZoneInfo(order.zone)))


def by_hour(order: Order) -> list[Part]:
    """Hours of the day (0 to 23) in the order's zone, over the whole run."""
    return _parts(order, ExtractHour("hour", tzinfo=zoneinfo.ZoneInfo(order.zone)))


def by_part(order: Order, part: str) -> list[Part]:
    """By `placement`, `creative` or `device`, the largest first."""
    rows = Fact.objects.filter(flight__line__order=order).values(PARTS[part]).annotate(**SUMS).order_by("-n_net")
    return [_part(row[PARTS[part]] or "", row) for row in rows]


def bridge(order: Order) -> Bridge:
    """From what was counted to what counts, reason by reason (largest first)."""
    sums = Fact.objects.filter(flight__line__order=order).aggregate(gross=Sum("gross"), net=Sum("net"))
    reasons = Filtered.objects.filter(flight__line__order=order).values_list("reason").annotate(n=Sum("count")).order_by("-n", "reason")
    return Bridge(sums["gross"] or 0, tuple(reasons), sums["net"] or 0)


def reach(order: Order) -> Reach | None:
    """Whom it reached, as last read from the rollups; None before anybody is known."""
    return Reach.objects.filter(order=order, people__gt=0).first()


def compared(order: Order) -> list[Discrepancy]:
    """Lines of the order that another counter counted, as last compared."""
    return list(Discrepancy.objects.filter(line__order=order).select_related("line").order_by("line__number"))


def _parts(order: Order, name: Any) -> list[Part]:
    rows = Fact.objects.filter(flight__line__order=order).annotate(part=name).values("part").annotate(**SUMS).order_by("part")
    return [_part(row["part"], row) for row in rows]


def _part(name: Any, row: dict[str, int]) -> Part:
    return Part(name, row["n_gross"], row["n_net"], row["n_viewable"], row["n_clicks"], row["n_audible"], row["n_conversions"])
