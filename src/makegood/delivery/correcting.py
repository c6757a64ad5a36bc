"""What each running flight is to be planned for, from its counts and its course. Reads records, gives figures; arithmetic by engine.

Catching up is limited to twice a flight's even rate, or to what its goal needs of the days left (engine.pacing.correction).
"""

import datetime
import zoneinfo
from collections.abc import Mapping, Sequence

import numpy as np
from django.db.models import Sum

from makegood.catalog import supply
from makegood.delivery.models import Fact
from makegood.engine import pacing
from makegood.engine.pacing.curve import Shape
from makegood.orders.models import Flight
from makegood.trafficking.plan import compiling, entries

HORIZON_DAYS = 3.0
Counts = Mapping[int, tuple[int, int]]


def counts(at: datetime.datetime) -> Counts:
    """(net, served) impressions so far by id of every flight the plan may hold."""
    rows = Fact.objects.filter(flight__in=compiling.flights(at).values("pk"), hour__lt=at)
    return {pk: (net, served) for pk, net, served in rows.values_list("flight").annotate(Sum("net"), Sum("served"))}


def asked(counted: Counts, at: datetime.datetime) -> dict[int, float]:
    """Units to plan over the rest of every flight that has begun, by its id; others are planned for their whole goal."""
    flights = [one for one in _running(at) if _days(one, at) > 0]
    if not flights:
        return {}
    figures = pacing.asked(standings(flights, counted, at), flights=[str(one) for one in flights])
    return {one.pk: float(units) for one, units in zip(flights, figures, strict=True)}


def standings(flights: Sequence[Flight], counted: Counts, at: datetime.datetime) -> pacing.Standings:
    """Flights that have begun and are not over, by the requests of their placements: counted so far, forecast for what is to come."""
    moments = np.array([_moments(curve, _days(one, at)) for one, curve in zip(flights, _curves(flights, at), strict=True)])
    net, served = (np.array([counted.get(one.pk, (0, 0))[n] for one in flights], float) for n in (0, 1))
    return pacing.Standings(np.array([one.goal for one in flights], float), net, np.maximum(net, served), *moments.T)


def _running(at: datetime.datetime) -> list[Flight]:
    rows = Flight.objects.filter(pk__in=compiling.flights(at).values("pk"), line__unit__in=entries.COUNTED, goal__gt=0)
    return [one for one in rows.select_related("line__order").order_by("pk") if _days(one, at) < (one.end - one.start).days + 1]


def _days(flight: Flight, at: datetime.datetime) -> float:
    """Days of the flight passed, by its order's own clock; negative before its start."""
    local = at.astimezone(zoneinfo.ZoneInfo(flight.line.order.zone))
    return (local.date() - flight.start).days + (local.hour + local.minute / 60) / 24


def _curves(flights: Sequence[Flight], at: datetime.datetime) -> list[Shape]:
    """Requests of each flight's placements by day of its run; even where nothing is known of them."""
    places = {pk for one in flights for pk in one.placement_ids}
    first, last = min(one.start for one in flights), max(one.end for one in flights)
    today = max(at.astimezone(zoneinfo.ZoneInfo(one.line.order.zone)).date() for one in flights)
    known = {pk: np.array(one.requests, float) for pk, one in supply.outlook(places, first, last, today=today).items()}
    return [_curve(one, known, first) for one in flights]


def _curve(flight: Flight, known: Mapping[int, Shape], first: datetime.date) -> Shape:
    run = slice((flight.start - first).days, (flight.end - first).days + 1)
    days = sum((known[pk][run] for pk in flight.placement_ids), np.zeros((flight.end - flight.start).days + 1))
    return days if (days > 0).all() else np.ones(len(days))


def _moments(curve: Shape, passed: float) -> tuple[float, float, float]:
    """Requests until now, until the horizon and in all."""
    summed = np.concatenate([[0.0], np.cumsum(curve)])
    now, horizon = np.interp([passed, passed + HORIZON_DAYS], np.arange(len(summed)), summed)
    return float(now), float(horizon), float(summed[-1])
