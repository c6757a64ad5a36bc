"""The rest of a flight over time that is passed in: the server's own decisions, planned anew each day, into the same facts."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from django.db.models import Sum

from makegood.adserver import simulate
from makegood.delivery.actions import backfill
from makegood.delivery.models import Fact
from makegood.engine.decision import Decider
from makegood.engine.periods import day_bounds
from makegood.engine.plan import PlanFlight, ServingPlan
from makegood.orders.actions import running
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import proving
from makegood.trafficking.models import Assignment
from makegood.trafficking.plan import compiling
from makegood.workflows.order_life.life import Life
from makegood.workflows.order_life.traffic import Traffic

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
SCREEN = simulate.Rates(invalid={"known_bot": 0.007, "data_centre": 0.011})
SOUND = simulate.Rates(rendered=1.0, click=0.0002, invalid={})


def run(life: Life, traffic: Traffic, first: datetime.date, last: datetime.date) -> int:
    """Every hour of the days first..last: decided, drawn, added to the facts; flights live and completed by what was counted."""
    order, total, day = life.order, 0, first
    while day <= last:
        start, end = day_bounds(day, order.zone)
        chosen = list(compiling.flights(start).filter(line__order=order))
        net = Counter(delivered(order))
        plan = compiling.compile(chosen, at=start, version=0, delivered=net)
        rng = np.random.default_rng([life.seed, day.toordinal()])
        hours = [start + n * HOUR for n in range(round((end - start) / HOUR))]
        counts = _replayed(plan, {flight.pk: flight for flight in chosen}, net, hours, day, traffic, rng, order)
        versions = dict(Assignment.objects.filter(flight__line__order=order).values_list("pk", "version_id"))
        for number, one in enumerate(counts):
            total += backfill.add(one, run=f"{order.number}:{day}:{number}", versions=versions, by=None, at=end)
        _prove(order, day, end)
        day += DAY
    return total


def delivered(order: Order) -> dict[int, int]:
    """Net impressions by flight."""
    rows = Fact.objects.filter(flight__line__order=order).values_list("flight_id").annotate(net=Sum("net"))
    return dict(rows)


def _replayed(
    plan: ServingPlan, flights: dict[int, Flight], net: Counter[int], hours: Sequence[datetime.datetime], day: datetime.date, traffic: Traffic,
    rng: np.random.Generator, order: Order,
) -> Iterable[simulate.Counts]:  # fmt: skip
    """The day's counts: decided at once where supply is known, hour by hour with correction where it is assumed."""
    rates = {pk: SOUND if place.format == "audio" else SCREEN for pk, place in traffic.places.items()}
    if all(set(entry.placement_ids) <= traffic.known for entry in plan.flights):
        decider = Decider(plan)
        yield simulate.replay([simulate.Hour(hour, decider, traffic.cells(hour, day, rng, order.zone)) for hour in hours], rng=rng, rates=rates)
        return
    for hour in hours:
        paced = dataclasses.replace(plan, flights=tuple(_paced(entry, flights[entry.id], net, traffic, hour) for entry in plan.flights))
        counts = simulate.replay([simulate.Hour(hour, Decider(paced), traffic.cells(hour, day, rng, order.zone))], rng=rng, rates=rates)
        for flight, number in zip(counts.flights.tolist(), counts.kinds["impression"][:, 0].tolist(), strict=True):
            net[flight] += number
        if counts.kinds["served"].any():
            yield counts


def _paced(entry: PlanFlight, flight: Flight, net: Counter[int], traffic: Traffic, hour: datetime.datetime) -> PlanFlight:
    """The entry with the chance its promise still needs of the requests ahead."""
    if entry.goal is None or set(entry.placement_ids) <= traffic.known:
        return entry
    ahead, missing = traffic.ahead(flight, hour, flight.line.order.zone), flight.goal - net[flight.pk]
    return dataclasses.replace(entry, theta=min(1.0, max(0.0, missing / ahead)) if ahead else 0.0)


def _prove(order: Order, day: datetime.date, at: datetime.datetime) -> None:
    """Flights with impressions are live; those whose last day is over are completed."""
    proving.seen(delivered(order), by=None, at=at)
    over = Flight.objects.filter(line__order=order, end__lte=day, status__in=("ready", "live", "paused")).select_related("line__order")
    for flight in over.order_by("pk"):
        running.complete(flight, by=None, at=at, why="its days are over")
