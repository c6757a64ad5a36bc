"""A change made to the records and taken back at once: what it needs, where it is short, its paper. Nothing stays.

The commit itself is what is tried, so that what is shown is what will happen.
"""

import dataclasses
import datetime
from collections.abc import Mapping

from django.db import transaction

from makegood.core.models import Person
from makegood.core.queries import seller
from makegood.orders import availability, needs
from makegood.orders.actions import applying, papering
from makegood.orders.availability import Avails
from makegood.orders.changes.differences import between
from makegood.orders.changes.progress import Progress
from makegood.orders.changes.state import State
from makegood.orders.models import Line, Order
from makegood.orders.needs import Need

CLAIMS = ("line", "start", "end", "quantity", "targeting", "product", "flights", "priority", "cap")


@dataclasses.dataclass(frozen=True)
class Rehearsed:
    """Approvals it needs, availability of each line whose claim moves by its number, and the paper when it was asked for."""

    needs: tuple[Need, ...]
    avails: Mapping[int, Avails]
    paper: papering.Drawn | None = None


class _Done(Exception):
    def __init__(self, found: Rehearsed) -> None:
        self.found = found


def rehearse(order: Order, before: State, target: State, ran: Progress, *, by: Person | None, at: datetime.datetime, paper: bool = False) -> Rehearsed:
    """What bringing the order to `target` would take. Raises what the commit would raise (AlreadyTaken, Refused)."""
    try:
        with transaction.atomic():
            tried = applying.bring(Order.objects.get(pk=order.pk), target, by=by, at=at, why="rehearsal")
            raise _Done(_look(tried, before, target, ran, at, paper))
    except _Done as done:
        return done.found


def _look(order: Order, before: State, target: State, ran: Progress, at: datetime.datetime, paper: bool) -> Rehearsed:
    claiming = {one.line for one in between(before, target) if one.line is not None and one.field in CLAIMS}
    lines = list(order.lines.exclude(status="cancelled").select_related("product", "order__advertiser").prefetch_related("flights", "product__placements"))
    asked = [_rest(line, ran) for line in lines if line.number in claiming and _served(line)]
    found = availability.check(asked, at=at) if asked else {}
    all_ = {line.pk: found.get(line.pk) or Avails(line.pk, line.quantity, line.unit, limited=False) for line in lines}
    numbers = {line.pk: line.number for line in asked}
    document = papering.drawn(order, number=target["revision"], at=at) if paper else None
    return Rehearsed(tuple(needs.of(order, all_, seller())), {numbers[pk]: one for pk, one in found.items()}, document)


def _served(line: Line) -> bool:
    """Whether it claims inventory at all: a fee is served nowhere."""
    return any(flight.placement_ids for flight in line.flights.all() if flight.status != "cancelled")


def _rest(line: Line, ran: Progress) -> Line:
    """The line as it asks for inventory from today on: what it has had, it has had."""
    if not line.product.exclusive:
        line.quantity = max(1, line.quantity - ran.line(line.number).delivered)
    return line
