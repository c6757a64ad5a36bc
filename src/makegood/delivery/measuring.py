"""What is known of a line day by day: promised shape, matching traffic, delivery. Reads records, gives arrays."""

import dataclasses
import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from django.db.models import Min, Sum
from django.db.models.functions import TruncDate

from makegood.catalog import supply
from makegood.catalog.models import Placement
from makegood.core.models import Activity
from makegood.delivery.models import Fact, Filtered
from makegood.engine.pacing.curve import Shape
from makegood.orders.models import Line
from makegood.trafficking.models import Assignment

DAY = datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True, eq=False)
class Place:
    """One placement of a line: its requests by day as forecast when the line began, and as counted so far."""

    placement: Placement
    forecast: Shape
    traffic: Shape


@dataclasses.dataclass(frozen=True, eq=False)
class Measured:
    """One line by local days of its whole run, index 0 being its first. `today` counts whole days passed, fraction included."""

    line: Line
    days: int
    today: float
    forecast: Shape  # requests as forecast when the line began
    traffic: Shape  # requests counted so far, forecast for what is to come
    net: Shape  # accepted impressions, today's so far
    filtered: Shape
    crowded: Shape  # share of requests taken by sponsorships of others on the same placements
    without_creative: Shape  # share of each day past without an assigned creative
    paused: Shape  # share of each day past on pause
    places: tuple[Place, ...]  # what forecast and traffic are the sums of

    @property
    def passed(self) -> int:
        """Whole days over, at most the length of the run."""
        return min(self.days, int(self.today))


def measure(lines: Sequence[Line], at: datetime.datetime) -> list[Measured]:
    """`lines` (all of one zone, with order and flights loaded) measured at `at`."""
    if not lines:
        return []
    zone = lines[0].order.zone
    net, filtered = _by_day(Fact, "net", lines, zone), _by_day(Filtered, "count", lines, zone)
    crowd, first_set = _sponsored(lines, zone), _first_assigned(lines)
    known = Placement.objects.in_bulk({pk for line in lines for flight in line.flights.all() for pk in flight.placement_ids})
    return [_one(line, at, zone, net, filtered, crowd, first_set, known) for line in lines]


Daily = dict[int, dict[datetime.date, int]]


def _one(
    line: Line, at: datetime.datetime, zone: str, net: Daily, filtered: Daily, crowd: Daily,
    first_set: dict[int, datetime.datetime], known: dict[int, Placement],
) -> Measured:  # fmt: skip
    local = at.astimezone(zoneinfo.ZoneInfo(zone))
    days = (line.end - line.start).days + 1
    placements = sorted({pk for flight in line.flights.all() for pk in flight.placement_ids})
    places = _places([known[pk] for pk in placements if pk in known], line, local.date())
    promised = sum((place.forecast for place in places), np.zeros(days))
    traffic = sum((place.traffic for place in places), np.zeros(days))
    crowded = sum((_array(crowd.get(pk, {}), line.start, days) for pk in placements), np.zeros(days))
    return Measured(
        line=line, days=days, today=max(0.0, (local.date() - line.start).days + (local.hour + local.minute / 60) / 24),
        forecast=promised if promised.any() else np.ones(days), traffic=traffic if traffic.any() else np.ones(days),
        net=_array(net.get(line.pk, {}), line.start, days), filtered=_array(filtered.get(line.pk, {}), line.start, days),
        crowded=np.divide(crowded, traffic, out=np.zeros(days), where=traffic > 0).clip(0, 1),
        without_creative=_before(first_set.get(line.pk), line.start, days, zone), paused=_pauses(line, days, zone, at),
        places=places,
    )  # fmt: skip


def _places(placements: list[Placement], line: Line, today: datetime.date) -> tuple[Place, ...]:
    if not placements:
        return ()
    promised, seen = (supply.outlook([p.pk for p in placements], line.start, line.end, today=day) for day in (line.start, today))
    return tuple(Place(p, *(np.array(one[p.pk].requests, float) for one in (promised, seen))) for p in placements)


def _by_day(model: type[Fact] | type[Filtered], name: str, lines: Sequence[Line], zone: str) -> Daily:
    found: Daily = defaultdict(dict)
    rows = model._base_manager.filter(flight__line__in=lines).annotate(day=TruncDate("hour", tzinfo=zoneinfo.ZoneInfo(zone)))
    for line_id, day, total in rows.values_list("flight__line_id", "day").annotate(total=Sum(name)):
        found[line_id][day] = total
    return found


def _sponsored(lines: Sequence[Line], zone: str) -> Daily:
    """Placement id -> day -> impressions served by sponsorships that are not among `lines`."""
    placements = {pk for line in lines for flight in line.flights.all() for pk in flight.placement_ids}
    rows = Fact.objects.filter(placement_id__in=placements, flight__line__priority="sponsorship").exclude(flight__line__in=lines)
    found: Daily = defaultdict(dict)
    rows = rows.annotate(day=TruncDate("hour", tzinfo=zoneinfo.ZoneInfo(zone)))
    for placement_id, day, total in rows.values_list("placement_id", "day").annotate(total=Sum("served")):
        found[placement_id][day] = total
    return found


def _first_assigned(lines: Sequence[Line]) -> dict[int, datetime.datetime]:
    rows = Assignment.objects.filter(flight__line__in=lines)
    return dict(rows.values_list("flight__line_id").annotate(first=Min("at")))


def _array(days: dict[datetime.date, int], start: datetime.date, length: int) -> npt.NDArray[np.float64]:
    return np.array([days.get(start + n * DAY, 0) for n in range(length)], float)


def _before(moment: datetime.datetime | None, start: datetime.date, days: int, zone: str) -> Shape:
    """Share of each day that lies before `moment`; all of every day when it never came."""
    if moment is None:
        return np.ones(days)
    local = moment.astimezone(zoneinfo.ZoneInfo(zone))
    until = (local.date() - start).days + (local.hour + local.minute / 60) / 24
    return np.clip(until - np.arange(days), 0.0, 1.0)


def _pauses(line: Line, days: int, zone: str, at: datetime.datetime) -> Shape:
    """Share of each day on pause, from the activity log of the line's flights."""
    flights = [flight.pk for flight in line.flights.all()]
    moves = Activity.objects.filter(subject_type="orders.flight", subject_id__in=flights, verb__in=["flight.paused", "flight.live"])
    share, since = np.zeros(days), None
    for verb, moment in moves.order_by("at", "pk").values_list("verb", "at"):
        if verb == "flight.paused":
            since = since or moment
        elif since:
            share += _before(moment, line.start, days, zone) - _before(since, line.start, days, zone)
            since = None
    if since:
        share += _before(at, line.start, days, zone) - _before(since, line.start, days, zone)
    return share.clip(0, 1)
