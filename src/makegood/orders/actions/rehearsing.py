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
    """What bringing the order to `target` would take; with `paper` also its confirmation, unsigned.

    Raises what the commit would raise (AlreadyTaken, Refused).
    """
    try:
        with transaction.atomic():
            tried = applying.bring(Order.objects.get(pk=order.pk), target, by=by, at=at, why="rehearsal")
            raise _Done(_look(tried, before, target, ran, at, paper))
    except _Done as done:
        return done.found


def capacity(order: Order, before: State, target: State, ran: Progress, *, at: datetime.datetime) -> dict[int, Avails]:
    """Availability of the lines whose claim moved between the states, by number; the records are at `target`."""
    claiming = {one.line for one in between(before, target) if one.line is not None and one.field in CLAIMS}
    lines = order.lines.filter(number__in=claiming).exclude(status="cancelled").select_related("product", "order__advertiser")
    asked = {line.pk: _rest(line, ran) for line in lines.prefetch_related("flights", "product__placements").order_by("number") if _served(line)}
    return {asked[pk].number: one for pk, one in availability.check(list(asked.values()), at=at).items()} if asked else {}


def _look(order: Order, before: State, target: State, ran: Progress, at: datetime.datetime, paper: bool) -> Rehearsed:
    found = capacity(order, before, target, ran, at=at)
    by_line = {one.line_id: one for one in found.values()}
    rows = order.lines.exclude(status="cancelled").values_list("pk", "quantity", "unit")
    all_ = {pk: by_line.get(pk) or Avails(pk, quantity, unit, limited=False) for pk, quantity, unit in rows}
    document = papering.drawn(order, number=target["revision"], at=at) if paper else None
    return Rehearsed(tuple(needs.of(order, all_, seller())), found, document)


def _served(line: Line) -> bool:
    """Whether it claims inventory at all: a fee is served nowhere."""
    return any(flight.placement_ids for flight in line.flights.all() if flight.status != "cancelled")


def _rest(line: Line, ran: Progress) -> Line:
    """The line as it asks for inventory from today on: what it has had, it has had."""
    if line.product.voice_pct is None:
        line.quantity = max(1, line.quantity - ran.line(line.number).delivered)
    return line
