"""What a change comes to: before and after of every line, of every month, and in all."""

import dataclasses
import datetime
from collections import defaultdict
from decimal import Decimal

from makegood.engine.money import Money
from makegood.engine.periods import Calendar, label, period_of, periods_between
from makegood.orders.changes.state import State, day

ZERO = Decimal("0.00")


@dataclasses.dataclass(frozen=True)
class Moved:
    """An amount before and after."""

    name: str
    before: Decimal
    after: Decimal
    line: int | None = None

    @property
    def delta(self) -> Decimal:
        """After − before."""
        return self.after - self.before


@dataclasses.dataclass(frozen=True)
class Consequence:
    """In `currency`: gross, net, lines that differ, and gross by month of the order's calendar."""

    currency: str
    gross: Moved
    net: Moved
    lines: tuple[Moved, ...]
    months: tuple[Moved, ...]


def of(before: State, after: State) -> Consequence:
    """What going from `before` to `after` does to the money. Months sum to the gross, lines to its difference."""
    gross, net = (Moved(name, Decimal(before[name]), Decimal(after[name])) for name in ("gross", "net"))
    return Consequence(after["currency"], gross, net, tuple(_lines(before, after)), tuple(_months(before, after)))


def _lines(before: State, after: State) -> list[Moved]:
    old, new = ({one["number"]: one for one in state["lines"]} for state in (before, after))
    rows = [
        Moved((new.get(number) or old[number])["name"], _amount(old.get(number)), _amount(new.get(number)), number) for number in sorted(old.keys() | new.keys())
    ]
    return [one for one in rows if one.delta]


def _months(before: State, after: State) -> list[Moved]:
    was, now = by_month(before), by_month(after)
    calendar = Calendar(after["billing"]["calendar"])
    return [Moved(label(period_of(first, calendar), calendar), was.get(first, ZERO), now.get(first, ZERO)) for first in sorted(was.keys() | now.keys())]


def by_month(state: State) -> dict[datetime.date, Decimal]:
    """{first day of the month: gross}: each line's over the units of its flights, evenly over their days, to the cent - as its paper has it."""
    calendar, currency = Calendar(state["billing"]["calendar"]), state["currency"]
    found: dict[datetime.date, Decimal] = defaultdict(lambda: ZERO)
    for one in state["lines"]:
        weights = _weights(one, calendar)
        for first, part in zip(weights, Money(Decimal(one["amount"]), currency).split(list(weights.values())), strict=True):
            found[first] += part.amount
    return dict(found)


def _weights(line: State, calendar: Calendar) -> dict[datetime.date, Decimal]:
    found: dict[datetime.date, Decimal] = defaultdict(Decimal)
    for one in line["flights"]:
        start, end = day(one["start"]), day(one["end"])
        for cycle in periods_between(start, end, calendar, clip=True):
            found[period_of(cycle.start, calendar).start] += Decimal(one["goal"]) * cycle.days / ((end - start).days + 1)
    return found


def _amount(line: State | None) -> Decimal:
    return Decimal(line["amount"]) if line else ZERO
