"""Who would lose what were something booked that does not fit: lines and holds by name, with the promise and the money.

Reads what the check has loaded; no query of its own.
"""

from collections.abc import Iterable

from makegood.engine import pacing
from makegood.engine.avails import Contender
from makegood.engine.money import Money
from makegood.orders.availability.views import Loser
from makegood.orders.models import Flight, Line
from makegood.sales.models import Hold


def losers(displaced: Iterable[Contender], flights: Iterable[Flight], holds: Iterable[Hold]) -> tuple[Loser, ...]:
    """The displaced claims of the book as lines and holds, those that lose most first. The flights of a line lose together."""
    lines = {2 * flight.pk: flight.line for flight in flights}
    held = {2 * hold.pk + 1: hold for hold in holds}
    lost: dict[Line | Hold, int] = {}
    for one in displaced:
        claim = held[one.line_id] if one.held else lines[one.line_id]
        lost[claim] = lost.get(claim, 0) + one.units
    found = [_line(claim, units) if isinstance(claim, Line) else _hold(claim, units) for claim, units in lost.items()]
    return tuple(sorted(found, key=lambda one: (-one.units, one.name, one.line)))


def _line(line: Line, units: int) -> Loser:
    order = line.order
    worth = pacing.revenue_at_risk(line.quantity, line.quantity - units, Money(line.amount, order.currency))
    return Loser(f"{order.advertiser} ({order.number})", line.name, units, line.quantity, False, _words(line.priority), worth.amount, order.currency)


def _hold(hold: Hold, units: int) -> Loser:
    return Loser(str(hold.advertiser), "", units, hold.units, True, _words(hold.product.priority))


def _words(priority: str) -> str:
    return priority.replace("_", "-")
