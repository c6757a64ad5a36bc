"""The rest of a flight over time that is passed in: the server's own decisions, planned anew each day, into the same facts."""

import dataclasses
import datetime
from collections.abc import Mapping

import numpy as np
from django.db.models import Sum

from makegood.adserver import simulate
from makegood.catalog import supply
from makegood.catalog.models import Placement, TrafficCurve
from makegood.delivery.actions import backfill
from makegood.delivery.models import Fact
from makegood.engine.decision import Decider
from makegood.engine.periods import day_bounds
from makegood.engine.plan import ServingPlan
from makegood.engine.targeting import Request
from makegood.orders.actions import running
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import proving
from makegood.trafficking.models import Assignment
from makegood.trafficking.plan import compiling
from makegood.workflows.order_life.life import Life

DAY = datetime.timedelta(days=1)
FILL = 0.6  # where no supply was ever counted, so much of the traffic is taken to be the promise
UNCOUNTED = 400  # requests a day where the promise is not in units served
SCREEN = simulate.Rates(invalid={"known_bot": 0.007, "data_centre": 0.011})
SOUND = simulate.Rates(rendered=1.0, click=0.0002, invalid={})


@dataclasses.dataclass(frozen=True)
class Traffic:
    """Requests a day by placement, and whether they were counted or forecast (else assumed from the promise)."""

    daily: dict[int, dict[datetime.date, float]]
    known: frozenset[int]
    hours: dict[int, list[float]]
    places: dict[int, Placement]

    @classmethod
    def of(cls, order: Order, today: datetime.date) -> "Traffic":
        """For every placement of the order's flights over its days."""
        flights = list(Flight.objects.filter(line__order=order).select_related("line"))
        places = {one.pk: one for one in Placement.objects.filter(pk__in={pk for flight in flights for pk in flight.placement_ids})}
        looked = supply.outlook(list(places), order.start, order.end, today=today)
        known = frozenset(pk for pk, one in looked.items() if one.known)
        days = [order.start + n * DAY for n in range((order.end - order.start).days + 1)]
        daily = {pk: dict(zip(days, map(float, looked[pk].requests), strict=True)) if pk in known else _assumed(pk, flights, days) for pk in places}
        curves = dict(TrafficCurve.objects.filter(placement__in=places).values_list("placement_id", "shares"))
        return cls(daily, known, {pk: curves.get(pk, [1 / 24] * 168) for pk in places}, places)

    def cells(self, hour: datetime.datetime, day: datetime.date, rng: np.random.Generator, zone: str) -> list[simulate.Cell]:
        """The hour's requests by placement, drawn around their mean."""
        at = day.weekday() * 24 + hour.astimezone(_zone(zone)).hour
        found = []
        for pk, days in sorted(self.daily.items()):
            requests = int(rng.poisson(days.get(day, 0.0) * self.hours[pk][at]))
            if requests:
                place = self.places[pk]
                found.append(simulate.Cell(Request(pk, geo="US-NY-501", device=place.device or "mobile", section=place.section or None), requests))
        return found


def run(life: Life, traffic: Traffic, first: datetime.date, last: datetime.date) -> int:
    """Every hour of the days first..last: decided, drawn, added to the facts; flights live and completed by what was counted."""
    order, net, day = life.order, 0, first
    while day <= last:
        start, end = day_bounds(day, order.zone)
        plan = _plan(life, traffic, day, start)
        rng = np.random.default_rng([life.seed, day.toordinal()])
        decider, step = Decider(plan), datetime.timedelta(hours=1)
        hours = [
            simulate.Hour(start + n * step, decider, traffic.cells(start + n * step, day, rng, order.zone)) for n in range(round((end - start) / step))
        ]
        rates = {pk: SOUND if place.format == "audio" else SCREEN for pk, place in traffic.places.items()}
        counts = simulate.replay(hours, rng=rng, rates=rates)
        versions = dict(Assignment.objects.filter(flight__line__order=order).values_list("pk", "version_id"))
        net += backfill.add(counts, run=f"{order.number}:{day}", versions=versions, by=None, at=end)
        _prove(order, day, end)
        day += DAY
    return net


def _prove(order: Order, day: datetime.date, at: datetime.datetime) -> None:
    """Flights with impressions are live; those whose last day is over are completed."""
    proving.seen(delivered(order), by=None, at=at)
    over = Flight.objects.filter(line__order=order, end__lte=day, status__in=("ready", "live", "paused")).select_related("line__order")
    for flight in over.order_by("pk"):
        running.complete(flight, by=None, at=at, why="its days are over")


def delivered(order: Order) -> dict[int, int]:
    """Net impressions by flight."""
    rows = Fact.objects.filter(flight__line__order=order).values_list("flight_id").annotate(net=Sum("net"))
    return dict(rows)


def _plan(life: Life, traffic: Traffic, day: datetime.date, at: datetime.datetime) -> ServingPlan:
    """The plan of that morning, compiled as for publishing; chances from the assumed traffic where none was counted."""
    net = delivered(life.order)
    chosen = list(compiling.flights(at).filter(line__order=life.order))
    plan = compiling.compile(chosen, at=at, version=0, delivered=net)
    flights = {flight.pk: flight for flight in chosen}
    return dataclasses.replace(
        plan,
        flights=tuple(
            entry if set(entry.placement_ids) <= traffic.known or entry.goal is None
            else dataclasses.replace(entry, theta=_chance(flights[entry.id], traffic, day, net))
            for entry in plan.flights
        ),
    )  # fmt: skip


def _chance(flight: Flight, traffic: Traffic, day: datetime.date, net: Mapping[int, int]) -> float:
    ahead = sum(
        requests for pk in flight.placement_ids for when, requests in traffic.daily[pk].items() if max(day, flight.start) <= when <= flight.end
    )
    missing = flight.goal - net.get(flight.pk, 0)
    return min(1.0, max(0.0, missing / ahead)) if ahead else 0.0


def _assumed(pk: int, flights: list[Flight], days: list[datetime.date]) -> dict[datetime.date, float]:
    """Traffic in which the promises on a placement are FILL of all requests, day by day."""
    found = dict.fromkeys(days, 0.0)
    for flight in flights:
        if pk in flight.placement_ids:
            span = (flight.end - flight.start).days + 1
            each = flight.goal / len(flight.placement_ids) / span / FILL if flight.line.counts_impressions else UNCOUNTED
            for n in range(span):
                found[flight.start + n * DAY] += each
    return found


def _zone(name: str):  # noqa: ANN202 - zoneinfo's own type
    import zoneinfo

    return zoneinfo.ZoneInfo(name)
