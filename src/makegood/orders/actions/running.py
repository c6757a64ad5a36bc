"""Flights ready, live, paused, completed; lines and the order follow their flights. Called with facts, not by ticking."""

import datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from makegood.core import permissions, transitions, verbs
from makegood.core.models import Person
from makegood.orders.actions import revising
from makegood.orders.models import Flight, Line, Order, Pause, Reservation
from makegood.orders.queries import pauses

ORDER_OF = ("live", "paused", "ready", "booked", "draft", "completed", "cancelled")  # a line is where its foremost flight is


def ready(flight: Flight, *, by: Person | None, at: datetime.datetime, why: str = "") -> Flight:
    """Everything it needs is there (creatives, QA)."""
    return _move(flight, "ready", by, at, why)


def unready(flight: Flight, *, by: Person | None, at: datetime.datetime, why: str) -> Flight:
    """Something it needs was taken away before it went live."""
    return _move(flight, "booked", by, at, why)


def start(flight: Flight, *, by: Person | None, at: datetime.datetime, why: str = "") -> Flight:
    """It was seen serving: first counted impression."""
    return _move(flight, "live", by, at, why)


@verbs.whole
def pause(flight: Flight, *, by: Person | None, at: datetime.datetime, why: str) -> Flight:
    """Stop serving, for the days of the pause that holds today, else until resumed; the reason is shown."""
    _move(flight, "paused", by, at, why)
    today = pauses.today(flight.line.order, at)
    held = flight.pauses.filter(lifted_at=None)
    if not held.filter(days__contains=today).exists():
        held.filter(days__startswith__gt=today).update(lifted_at=at)  # one without an end holds for those days too
        Pause.objects.create(flight=flight, days=DateRange(today, None), why=why[:200], by=by, at=at, begun_at=at)
    return flight


@verbs.whole
def resume(flight: Flight, *, by: Person | None, at: datetime.datetime, why: str = "") -> Flight:
    """Serve again; what is left of the pause that holds today is over. One that began today is lifted whole."""
    _move(flight, "live", by, at, why)
    today = pauses.today(flight.line.order, at)
    for held in flight.pauses.filter(lifted_at=None, days__contains=today):
        was = held.days.lower
        fields = {"lifted_at": at} if was == today else {"days": DateRange(was, today), "over_at": at}
        Pause.objects.filter(pk=held.pk).update(**fields)
    return flight


def complete(flight: Flight, *, by: Person | None, at: datetime.datetime, why: str = "") -> Flight:
    """Its days are over; what it had reserved is free."""
    return _move(flight, "completed", by, at, why)


@verbs.whole
def close(order: Order, *, by: Person | None, at: datetime.datetime, why: str = "") -> Order:
    """Billed and paid: nothing is left to do."""
    permissions.check(by, "orders.run", order)
    return transitions.move(order, "closed", by=by, at=at, why=why)


@verbs.whole
def _move(flight: Flight, to: str, by: Person | None, at: datetime.datetime, why: str) -> Flight:
    permissions.check(by, "orders.run", flight.line.order)
    order = flight.line.order
    revising.lock(order)
    transitions.move(flight, to, by=by, at=at, why=why, visible_to_client=to in ("live", "paused", "completed"))
    if to == "completed":
        Reservation.objects.filter(flight=flight, released_at=None).update(released_at=at)
    follow(flight.line, by=by, at=at, why=why)
    _follow_order(order, by, at)
    return flight


def follow(line: Line, *, by: Person | None, at: datetime.datetime, why: str = "") -> None:
    """Bring a line to where its foremost flight is. Call inside the transaction of the move."""
    states = dict(line.flights.order_by().values_list("status", "line__status"))
    wanted, current = next(state for state in ORDER_OF if state in states), next(iter(states.values()))
    if wanted in ("booked", "ready") and current in ("live", "paused"):
        return  # between two flights a live line stays live
    if wanted != current:
        transitions.move(line, wanted, by=by, at=at, why=why)


def runs_again(order: Order, *, by: Person | None, at: datetime.datetime, why: str) -> None:
    """A completed order is live when a change gave it something to run. Call inside the transaction of the change."""
    if order.status == "completed" and order.lines.exclude(status__in=("completed", "cancelled")).exists():
        transitions.move(order, "live", by=by, at=at, why=why, visible_to_client=True)


def _follow_order(order: Order, by: Person | None, at: datetime.datetime) -> None:
    states = set(order.lines.order_by().values_list("status", flat=True))
    if order.status == "booked" and states & {"live", "paused", "completed"}:
        transitions.move(order, "live", by=by, at=at, visible_to_client=True)
    if order.status == "live" and states <= {"completed", "cancelled"}:
        transitions.move(order, "completed", by=by, at=at, visible_to_client=True)
