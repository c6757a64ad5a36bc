"""What may no longer change: days that have run, units delivered, money billed. Each problem has its place and its remedy."""

import dataclasses
from collections.abc import Iterator
from decimal import Decimal

from makegood.orders.changes import flight_limits
from makegood.orders.changes.differences import Difference
from makegood.orders.changes.progress import LineRan, Progress
from makegood.orders.changes.state import State, day

FROZEN_TERMS = ("calendar", "source", "schedule", "cap")
AFTER = ("name", "rate", "amount", "quantity", "end", "flights")  # of a line that has ended
WHAT_IT_IS = ("product", "rate_type", "unit")


@dataclasses.dataclass(frozen=True)
class Problem:
    """Why a change cannot be, where, and what would do."""

    place: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy}"


def problems(before: State, after: State, differences: tuple[Difference, ...], ran: Progress) -> tuple[Problem, ...]:
    """Everything that stands in the way of going from `before` to `after`, in the order of the differences."""
    if not after["lines"]:
        return (Problem("the order", "no line would be left.", "Cancel the order instead."),)
    new = {one["number"]: one for one in after["lines"]}
    old = {one["number"]: one for one in before["lines"]}
    found: list[Problem] = []
    for one in differences:
        if one.line is None:
            found += _term(one, ran)
        elif one.field == "line":
            found += _whole(one, ran)
        else:
            found += _field(one, old[one.line], new[one.line], ran)
    return tuple(found)


def _term(one: Difference, ran: Progress) -> Iterator[Problem]:
    if one.field in FROZEN_TERMS and ran.billed_until:
        yield Problem(one.field, f"the order is billed until {ran.billed_until}; what a bill follows does not change under it.", "Close this order and write a new one for the rest.")


def _whole(one: Difference, ran: Progress) -> Iterator[Problem]:
    """A line that comes or goes."""
    assert one.line is not None
    had = ran.line(one.line)
    if one.after is None and (had.begun or had.billed):
        what = f"{had.billed:,} of it is billed" if had.billed else "it has run"
        yield Problem(one.place, f"{what}: it cannot be cut.", "End it early instead; what ran stays.")
    if one.after is not None:
        first = day(one.after["start"])
        if first < ran.today:
            yield Problem(one.place, f"it would start {first}, before today.", f"Start it on {ran.today} or later.")
        elif ran.billed_until and first <= ran.billed_until:
            yield Problem(one.place, f"it would start {first}, in days billed until {ran.billed_until}.", "Start it after them.")


def _field(one: Difference, old: State, new: State, ran: Progress) -> Iterator[Problem]:
    assert one.line is not None
    had = ran.line(one.line)
    if had.status == "completed" and one.field not in AFTER:
        yield Problem(one.place, "the line has ended.", "Extend it, or add a line for what is to run.")
        return
    yield from _CHECKS.get(one.field, _nothing)(one, old, new, had, ran)


def _start(one: Difference, old: State, new: State, had: LineRan, ran: Progress) -> Iterator[Problem]:
    if had.begun:
        yield Problem(one.place, f"it has run since {one.before}: its start stays.", "Change its end, or add a line.")
    elif day(one.after) < ran.today:
        yield Problem(one.place, f"{one.after} is over.", f"Start it on {ran.today} or later.")
    elif ran.billed_until and day(one.after) <= ran.billed_until:
        yield Problem(one.place, f"{one.after} is billed.", f"Start it after {ran.billed_until}.")


def _end(one: Difference, old: State, new: State, had: LineRan, ran: Progress) -> Iterator[Problem]:
    last = day(one.after)
    if had.begun and last < ran.today:
        yield Problem(one.place, f"{last} is over and it has run since.", f"End it on {ran.today} or later.")
    elif ran.billed_until and last < ran.billed_until and (had.billed or day(one.before) > ran.billed_until):
        yield Problem(one.place, f"its days until {ran.billed_until} are billed.", f"End it on {ran.billed_until} or later.")


def _quantity(one: Difference, old: State, new: State, had: LineRan, ran: Progress) -> Iterator[Problem]:
    least = max(had.delivered, had.billed_units)
    if one.after < one.before and one.after < least:
        said = f"{had.billed_units:,} are billed" if had.billed_units >= had.delivered else f"{had.delivered:,} are delivered"
        yield Problem(one.place, f"{said}: {one.after:,} is below that.", f"Ask for {least:,} or more, or end the line.")


def _amount(one: Difference, old: State, new: State, had: LineRan, ran: Progress) -> Iterator[Problem]:
    if Decimal(one.after) < had.billed:
        yield Problem(one.place, f"{had.billed:,} is billed: {Decimal(one.after):,} is below that.", "Leave at least that; finance writes a credit note for what was billed too much.")


def _what_it_is(one: Difference, old: State, new: State, had: LineRan, ran: Progress) -> Iterator[Problem]:
    if had.begun or had.billed:
        yield Problem(one.place, "it has run as what it is.", "End it early and add a line for the other product.")


def _flights(one: Difference, old: State, new: State, had: LineRan, ran: Progress) -> Iterator[Problem]:
    return (Problem(*said) for said in flight_limits.problems(one.place, old, new, had, ran))


def _nothing(one: Difference, old: State, new: State, had: LineRan, ran: Progress) -> Iterator[Problem]:
    return iter(())


_CHECKS = {
    "start": _start, "end": _end, "quantity": _quantity, "amount": _amount, "flights": _flights, "product": _what_it_is, "rate_type": _what_it_is,
    "unit": _what_it_is,
}  # fmt: skip
