"""Counts of lines between days of the order's zone: gross, net, filtered by reason, third party."""

import dataclasses
import datetime
import zoneinfo
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Sum
from django.db.models.functions import TruncDate

from makegood.delivery.models import Fact, Filtered, ThirdPartyCount, VendorLayout
from makegood.engine.periods import Period, day_bounds
from makegood.orders.models import Line

NAMES = ("gross", "net", "viewable", "completes", "clicks", "audible", "conversions")


@dataclasses.dataclass(frozen=True)
class Count:
    """What was counted for one line in one period. gross = net + the sum of `filtered`."""

    gross: int = 0
    net: int = 0
    viewable: int = 0
    completes: int = 0
    clicks: int = 0
    audible: int = 0
    conversions: int = 0
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
    sums = Fact.objects.filter(**within).values("flight__line_id").annotate(**{f"n_{name}": Sum(name) for name in NAMES})
    counted = {row["flight__line_id"]: {name: row[f"n_{name}"] for name in NAMES} for row in sums}
    reasons: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for line_id, reason, count in (
        Filtered.objects.filter(**within).values_list("flight__line_id", "reason").annotate(n=Sum("count")).order_by("-n", "reason")
    ):
        reasons[line_id].append((reason, count))
    third_party = {line_id: sum(days.values()) for line_id, days in billing_days(ids, period).items()}
    return {
        line_id: Count(**counted.get(line_id, {}), filtered=tuple(reasons[line_id]), third_party=third_party.get(line_id))
        for line_id in ids
    }


def of_cycles(cycles: Mapping[int, Sequence[Period]], zone: str) -> dict[int, list[Count]]:
    """Line id -> one Count for each of its periods, in their order: three queries for any number of lines of one zone."""
    starts = [period.start for periods in cycles.values() for period in periods]
    if not starts:
        return {line_id: [] for line_id in cycles}
    whole = Period(min(starts), max(period.end for periods in cycles.values() for period in periods))
    first, last = bounds(whole, zone)
    within = {"flight__line_id__in": list(cycles), "hour__gte": first, "hour__lt": last}
    local = TruncDate("hour", tzinfo=zoneinfo.ZoneInfo(zone))
    facts: Daily = defaultdict(list)
    rows = Fact.objects.filter(**within).annotate(day=local).values("flight__line_id", "day")
    for row in rows.annotate(**{f"n_{name}": Sum(name) for name in NAMES}):
        facts[row["flight__line_id"]].append((row["day"], {name: row[f"n_{name}"] for name in NAMES}))
    filtered: Daily = defaultdict(list)
    reasons = Filtered.objects.filter(**within).annotate(day=local).values_list("flight__line_id", "day", "reason")
    for line_id, day, reason, number in reasons.annotate(n=Sum("count")):
        filtered[line_id].append((day, {reason: number}))
    others: Daily = defaultdict(list)
    for line_id, days in billing_days(cycles, whole).items():
        others[line_id] = [(day, {"third_party": number}) for day, number in days.items()]
    return {
        line_id: [_within(period, facts[line_id], filtered[line_id], others[line_id]) for period in periods]
        for line_id, periods in cycles.items()
    }


def billing_days(line_ids: Iterable[int], period: Period) -> dict[int, dict[datetime.date, int]]:
    """Line id -> day -> impressions of the third party whose counts may be billed: one query.

    Who only verifies is left out. Where several count a line, the one that gave the most of its days speaks for it.
    """
    rows = ThirdPartyCount.objects.filter(flight__line_id__in=list(line_ids), day__gte=period.start, day__lte=period.end)
    rows = rows.exclude(vendor__in=VendorLayout.objects.filter(bills=False).values("vendor"))
    vendors: dict[int, dict[str, dict[datetime.date, int]]] = defaultdict(lambda: defaultdict(dict))
    for line_id, vendor, day, number in rows.values_list("flight__line_id", "vendor", "day").annotate(n=Sum("impressions")):
        vendors[line_id][vendor][day] = number
    return {line_id: max(sorted(found.items()), key=lambda one: len(one[1]))[1] for line_id, found in vendors.items()}


Days = list[tuple[datetime.date, dict[str, int]]]
Daily = dict[int, Days]


def _within(period: Period, facts: Days, filtered: Days, others: Days) -> Count:
    reasons = _added(period, filtered)
    return Count(
        **_added(period, facts), filtered=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
        third_party=_added(period, others).get("third_party"),
    )  # fmt: skip


def _added(period: Period, days: Days) -> Counter[str]:
    total: Counter[str] = Counter()
    for day, units in days:
        if day in period:
            total.update(units)
    return total


def of_line(line: Line, periods: Sequence[Period], zone: str) -> list[Count]:
    """One Count a period, in their order."""
    return of_cycles({line.pk: periods}, zone)[line.pk]
