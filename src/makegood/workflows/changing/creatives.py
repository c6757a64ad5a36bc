"""Creative operations of a change order carried out on what is set up: resolved when asked for, tried before, done when pushed."""

import dataclasses
import datetime
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.creatives.models import Version
from makegood.orders.changes import effects
from makegood.orders.changes.creatives import Click, Swap, Weights
from makegood.orders.changes.effects import Effect
from makegood.orders.changes.operation import Operation
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import assigning, fitting
from makegood.trafficking.models import Assignment

KINDS = (Swap, Weights, Click)


@dataclasses.dataclass(frozen=True)
class Shown:
    """What of a flight's creatives differs, in words."""

    place: str
    before: str
    after: str


def of(operations: Sequence[Operation]) -> list[Effect]:
    """The creative ones among the operations."""
    return [one for one in effects.of(operations) if isinstance(one, KINDS)]


def on(order: Order) -> QuerySet[Assignment]:
    """What is set up on the order's flights that are not over."""
    rows = Assignment.objects.filter(flight__line__order=order, flight__status__in=assigning.OPEN).exclude(status="removed")
    return rows.select_related("version__creative", "flight__line__order").order_by("flight__line__number", "flight__number", "pk")


def choices(order: Order, *, at: datetime.datetime) -> list[Version]:
    """Approved versions that may take another's place: this campaign's and those of none."""
    return fitting.candidates(order, at=at)


def tried(order: Order, operations: Sequence[Operation], *, at: datetime.datetime) -> list[Shown]:
    """What they would change, by doing it and taking it back. Raises what the push would raise."""
    if not of(operations):
        return []
    before = _said(order)
    try:
        with transaction.atomic():
            bring(order, operations, by=None, at=at, why="rehearsal")
            raise _Done(_said(order))
    except _Done as done:
        after = done.said
    return [Shown(place, before.get(place, ""), after.get(place, "")) for place in sorted(before.keys() | after.keys()) if before.get(place) != after.get(place)]


def bring(order: Order, operations: Sequence[Operation], *, by: Person | None, at: datetime.datetime, why: str) -> None:
    """Carry them out. Call inside the transaction of the push; errors as trafficking's assigning has them."""
    for one in of(operations):
        _DO[type(one)](order, one, by, at, why)


class _Done(Exception):
    def __init__(self, said: dict[str, str]) -> None:
        self.said = said


def _said(order: Order) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in on(order):
        place = f"Line {row.flight.line.number}, flight {row.flight.number}"
        found.setdefault(place, []).append(f"{row.version} at {row.weight}" + (f" to {row.click_url}" if row.click_url else ""))
    return {place: "; ".join(sorted(rows)) for place, rows in found.items()}


def _here(order: Order, one: Effect, version: int) -> list[Assignment]:
    """Where the version is set up on the effect's flights, row by row locked; Refused where it is no longer on one of them."""
    where = Q()
    for line, flight in one.flights:
        where |= Q(flight__line__number=line, flight__number=flight)
    rows = list(on(order).filter(where, version=version))
    if not rows:
        raise Refused("it is no longer set up there.", place=one.what, remedy="Take the change back and look at what is set up now.")
    return rows


def _do_swap(order: Order, one: Swap, by: Person | None, at: datetime.datetime, why: str) -> None:
    rows = _here(order, one, one.old)
    new = Version.objects.select_related("creative__advertiser").get(pk=one.new)
    flights = list(Flight.objects.filter(pk__in=[row.flight_id for row in rows]))
    assigning.replace(rows[0].version, new, by=by, at=at, flights=flights, why=why)


def _do_weights(order: Order, one: Weights, by: Person | None, at: datetime.datetime, why: str) -> None:
    for version, weight, _ in one.weights:
        for row in _here(order, one, version):
            assigning.change(row, by=by, at=at, weight=weight)


def _do_click(order: Order, one: Click, by: Person | None, at: datetime.datetime, why: str) -> None:
    for row in _here(order, one, one.version):
        assigning.change(row, by=by, at=at, click_url=one.url)


_DO: dict[type[Effect], Callable[..., None]] = {Swap: _do_swap, Weights: _do_weights, Click: _do_click}
