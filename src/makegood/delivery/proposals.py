"""Changes that would win back a shortfall, each with a computed effect. Reads records; nothing is changed here."""

import dataclasses
import datetime
import math
from typing import Any

from django.db.models import Sum

from makegood.catalog import supply
from makegood.catalog.models import Placement
from makegood.delivery.measuring import DAY
from makegood.delivery.models import Fact, Pace
from makegood.orders.models import Flight, Line

DELIVERY_ONLY = ("add_placement",)  # kinds that change nothing that was sold
MOST = 3
Z90 = 1.645
RECENT = 7


@dataclasses.dataclass(frozen=True)
class Proposal:
    """One change: what it does as data, and the impressions it should gain by the end with a 90 % interval."""

    kind: str
    title: str
    change: dict[str, Any]
    gain: int
    low: int
    high: int


def for_line(line: Line, pace: Pace, *, today: datetime.date) -> list[Proposal]:
    """The best changes for a line projected to end short, the largest gain first."""
    missing = pace.goal - pace.projected
    if missing <= 0 or line.end < today:
        return []
    found = [*_wider(line, missing, today), *_longer(line, pace, missing)]
    return sorted((one for one in found if one.gain > 0), key=lambda one: -one.gain)[:MOST]


def _wider(line: Line, missing: int, today: datetime.date) -> list[Proposal]:
    """Adding a placement of the same size on the same property: its forecast times the share the line wins now."""
    flights = [flight for flight in line.flights.all() if flight.end >= today]
    used = {pk for flight in flights for pk in flight.placement_ids}
    own = list(Placement.objects.filter(pk__in=used))
    if not own or line.product.exclusive:
        return []
    like = Placement.objects.filter(property_id=own[0].property_id, format=own[0].format, width=own[0].width, height=own[0].height)
    rate = _win_rate(flights, own, today)
    start = max(today, min(flight.start for flight in flights))
    return [
        _sized("add_placement", f"Add {other.name}, same rate", {"placement_id": other.pk}, gained, missing)
        for other in like.filter(active=True).exclude(pk__in=used)
        if (gained := rate * supply.outlook([other.pk], start, line.end, today=today)[other.pk].between(start, line.end))
    ]


def _longer(line: Line, pace: Pace, missing: int) -> list[Proposal]:
    """Running on at yesterday's rate until the goal is met; commercial, so the client signs."""
    if not pace.yesterday:
        return []
    days = math.ceil(missing / pace.yesterday)
    end = line.end + days * DAY
    title = f"Run {days} day{'s' if days > 1 else ''} longer, to {end.day} {end:%b}"
    return [_sized("extend", title, {"end": end.isoformat()}, float(pace.yesterday * days), missing)]


def _win_rate(flights: list[Flight], placements: list[Placement], today: datetime.date) -> float:
    """Impressions the line had for each request of its placements over the last seven days."""
    since = today - RECENT * DAY
    won = Fact.objects.filter(flight__in=flights, hour__date__gte=since, hour__date__lt=today).aggregate(n=Sum("net"))["n"] or 0
    outlooks = supply.outlook([one.pk for one in placements], since, today - DAY, today=today)
    requests = sum(one.between(since, today - DAY) for one in outlooks.values())
    return min(1.0, won / requests) if requests else 0.0


def _sized(kind: str, title: str, change: dict[str, Any], gained: float, missing: int) -> Proposal:
    """A gain is never more than what is missing. The interval takes 10 % day-to-day spread over the gain."""
    gain = min(missing, round(gained))
    spread = Z90 * 0.1 * gain
    return Proposal(kind, title, change, gain, round(gain - spread), min(missing, round(gain + spread)))
