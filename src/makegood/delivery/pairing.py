"""Our counts and another counter's side by side, day by day, in the order's zone. Reads records, gives arrays."""

import dataclasses
import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from django.db.models import Sum
from django.db.models.functions import ExtractHour, TruncDate

from makegood.creatives.models import Version
from makegood.delivery.models import Fact, Filtered, ThirdPartyCount
from makegood.engine.discrepancy import Counts
from makegood.engine.periods import day_bounds
from makegood.orders.models import Line

DAY = datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True, eq=False)
class Pair:
    """A line's days from its first to the last the vendor counted; `creatives` name the rows of `counts.creatives`."""

    line: Line
    vendor: str
    zone: str
    days: tuple[datetime.date, ...]
    counts: Counts
    creatives: tuple[str, ...]


def pairs(lines: Sequence[Line], at: datetime.datetime) -> list[Pair]:
    """Every line of `lines` (of one zone, with order) that another counter counted; days still running are left out."""
    if not lines:
        return []
    zone = zoneinfo.ZoneInfo(lines[0].order.zone)
    theirs, zones = _theirs(lines)
    spans = {
        line.pk: days for line in lines
        if line.pk in theirs and (days := _days(line, max(theirs[line.pk][1]), at.astimezone(zone).date()))
    }  # fmt: skip
    if not spans:
        return []
    first, last = min(days[0] for days in spans.values()), max(days[-1] for days in spans.values())
    within = {
        "flight__line_id__in": list(spans), "hour__gte": day_bounds(first, zone.key)[0], "hour__lt": day_bounds(last, zone.key)[1],
    }  # fmt: skip
    hourly, filtered, shown = _hourly(within, zone), _filtered(within, zone), _creatives(within, zone)
    weights = _weights({version for by_version in shown.values() for version in by_version})
    return [
        _pair(line, *theirs[line.pk], zones.get((line.pk, theirs[line.pk][0]), ""), spans[line.pk], hourly[line.pk], filtered[line.pk], shown[line.pk], weights)
        for line in lines if line.pk in spans
    ]  # fmt: skip


Daily = dict[datetime.date, int]
Hourly = dict[tuple[datetime.date, int], int]
Weights = dict[int | None, tuple[str, float]]


def _theirs(lines: Iterable[Line]) -> tuple[dict[int, tuple[str, Daily]], dict[tuple[int, str], str]]:
    """Line id -> (vendor with the most days, its days), and the zone each vendor's days lie in."""
    found: dict[int, dict[str, Daily]] = defaultdict(lambda: defaultdict(dict))
    zones = {}
    rows = ThirdPartyCount.objects.filter(flight__line__in=lines).values_list("flight__line_id", "vendor", "day", "zone")
    for line_id, vendor, day, zone, units in rows.annotate(n=Sum("impressions")):
        found[line_id][vendor][day] = found[line_id][vendor].get(day, 0) + units
        zones[line_id, vendor] = zone
    return {line_id: max(sorted(some.items()), key=lambda one: len(one[1])) for line_id, some in found.items()}, zones


def _days(line: Line, last: datetime.date, today: datetime.date) -> tuple[datetime.date, ...]:
    end = min(last, line.end, today - DAY)
    return tuple(line.start + n * DAY for n in range((end - line.start).days + 1))


def _hourly(within: dict[str, Any], zone: zoneinfo.ZoneInfo) -> dict[int, Hourly]:
    found: dict[int, Hourly] = defaultdict(dict)
    rows = Fact.objects.filter(**within).annotate(day=TruncDate("hour", tzinfo=zone), of_day=ExtractHour("hour", tzinfo=zone))
    for line_id, day, hour, units in rows.values_list("flight__line_id", "day", "of_day").annotate(n=Sum("net")):
        found[line_id][day, hour] = units
    return found


def _filtered(within: dict[str, Any], zone: zoneinfo.ZoneInfo) -> dict[int, Daily]:
    found: dict[int, Daily] = defaultdict(dict)
    rows = Filtered.objects.filter(**within).annotate(day=TruncDate("hour", tzinfo=zone))
    for line_id, day, units in rows.values_list("flight__line_id", "day").annotate(n=Sum("count")):
        found[line_id][day] = units
    return found


def _creatives(within: dict[str, Any], zone: zoneinfo.ZoneInfo) -> dict[int, dict[int | None, Daily]]:
    found: dict[int, dict[int | None, Daily]] = defaultdict(lambda: defaultdict(dict))
    rows = Fact.objects.filter(**within).annotate(day=TruncDate("hour", tzinfo=zone))
    for line_id, version, day, units in rows.values_list("flight__line_id", "version_id", "day").annotate(n=Sum("net")):
        found[line_id][version][day] = units
    return found


def _weights(versions: set[int | None]) -> Weights:
    """Version id -> (name, kilobytes of its file); what is only a tag has no weight of its own."""
    rows = Version.objects.filter(pk__in=versions - {None}).select_related("creative", "file")
    return {one.pk: (str(one.creative.name), float("nan") if one.kind == "vast_tag" else one.file.size / 1000) for one in rows}


def _pair(
    line: Line, vendor: str, theirs: Daily, zone: str, days: tuple[datetime.date, ...], hourly: Hourly, filtered: Daily, shown: dict[int | None, Daily], weights: Weights
) -> Pair:  # fmt: skip
    versions = sorted(shown, key=lambda one: -sum(shown[one].values()))
    kept = [weights.get(one, ("no creative", float("nan"))) for one in versions]
    counts = Counts(
        hourly=np.array([[hourly.get((day, hour), 0) for hour in range(24)] for day in days], float),
        theirs=np.array([theirs.get(day, 0) for day in days], float), filtered=np.array([filtered.get(day, 0) for day in days], float),
        creatives=np.array([[shown[one].get(day, 0) for day in days] for one in versions], float).reshape(len(versions), len(days)),
        kilobytes=np.array([kilobytes for _, kilobytes in kept], float),
    )  # fmt: skip
    return Pair(line, vendor, zone, days, counts, tuple(name for name, _ in kept))
