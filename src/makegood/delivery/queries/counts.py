"""Counts of lines between days of the order's zone: gross, net, filtered by reason, third party."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Sum

from makegood.delivery.models import Fact, Filtered, ThirdPartyCount
from makegood.engine.periods import Period, day_bounds
from makegood.orders.models import Line


@dataclasses.dataclass(frozen=True)
class Count:
    """What was counted for one line in one period. gross = net + the sum of `filtered`."""

    gross: int = 0
    net: int = 0
    viewable: int = 0
    completes: int = 0
    clicks: int = 0
    filtered: tuple[tuple[str, int], ...] = ()
    third_party: int | None = None


def bounds(period: Period, zone: str) -> tuple[datetime.datetime, datetime.datetime]:
    """First and past-the-last moment of the period's days in `zone`, as UTC."""
    return day_bounds(period.start, zone)[0], day_bounds(period.end, zone)[1]


def of_lines(lines: Iterable[Line], period: Period, zone: str) -> dict[int, Count]:
    """Line id -> Count over `period`, in three queries; lines without any count have an empty one."""
    ids = [line.pk for line in lines]
    start, end = bounds(period, zone)
    within = {"flight__line_id__in": ids, "hour__gte": start, "hour__lt": end}
    names = ("gross", "net", "viewable", "completes", "clicks")
    sums = Fact.objects.filter(**within).values("flight__line_id").annotate(**{f"n_{name}": Sum(name) for name in names})
    counted = {row["flight__line_id"]: {name: row[f"n_{name}"] for name in names} for row in sums}
    reasons: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for line_id, reason, count in (
        Filtered.objects.filter(**within).values_list("flight__line_id", "reason").annotate(n=Sum("count")).order_by("-n", "reason")
    ):
        reasons[line_id].append((reason, count))
    days = {"flight__line_id__in": ids, "day__gte": period.start, "day__lte": period.end}
    other = ThirdPartyCount.objects.filter(**days).values_list("flight__line_id").annotate(n=Sum("impressions"))
    third_party = dict(other)
    return {
        line_id: Count(**counted.get(line_id, {}), filtered=tuple(reasons[line_id]), third_party=third_party.get(line_id))
        for line_id in ids
    }


def of_line(line: Line, periods: Sequence[Period], zone: str) -> list[Count]:
    """One Count a period, in their order."""
    return [of_lines([line], period, zone)[line.pk] for period in periods]
