"""Flights fitted to a line whose days or quantity changed: those that are over stand, the others share the rest."""

import datetime
from collections.abc import Collection
from fractions import Fraction

from makegood.core.errors import Invalid
from makegood.engine import apportion
from makegood.orders.changes.state import State, day


def fitted(of: State, start: datetime.date, end: datetime.date, quantity: int, keep: Collection[int] = ()) -> list[State]:
    """The flights of `of` for new days and a new quantity.

    Flights of `keep` stand. The others are cut to the days, the outer ones follow the line's first and last day, and they
    share what is left as their goals and days were (largest remainder); those wholly outside fall away. Invalid when nothing is left for one.
    """
    place = f"line {of['number']}"
    fixed = [one for one in of["flights"] if one["number"] in keep]
    rest = quantity - sum(one["goal"] for one in fixed)
    moved = [_moved(one, of, start, end) for one in of["flights"] if one["number"] not in keep]
    open_ = [one for one in moved if one["start"] <= one["end"]]
    if not open_:
        if rest:
            raise Invalid(f"no flight is left for {rest:,} of its units.", place=place, remedy="Choose days that keep a flight, or add a line.")
        return fixed
    if rest < len(open_):
        raise Invalid(f"{rest:,} units are too few for its {len(open_)} open flights.", place=place, remedy="Ask for more, or end the line.")
    old = {one["number"]: one for one in of["flights"]}
    goals = _shares(rest, [Fraction(one["goal"] * _length(one), _length(old[one["number"]])) for one in open_])
    return sorted([*fixed, *(one | {"goal": goal} for one, goal in zip(open_, goals, strict=True))], key=lambda one: one["number"])


def _moved(one: State, of: State, start: datetime.date, end: datetime.date) -> State:
    """A flight that began or ended with its line still does; else it is cut to the days."""
    first = start if one["start"] == of["start"] else max(day(one["start"]), start)
    last = end if one["end"] == of["end"] else min(day(one["end"]), end)
    return one | {"start": first.isoformat(), "end": last.isoformat()}


def _length(one: State) -> int:
    return (day(one["end"]) - day(one["start"])).days + 1


def _shares(units: int, weights: list[Fraction]) -> list[int]:
    """In proportion, and at least one unit each."""
    found = apportion.largest_remainder(units, weights)
    return found if min(found) else [1 + more for more in apportion.largest_remainder(units - len(weights), weights)]


def check(of: State) -> None:
    """Invalid when flights leave the line's days, have no goal, or do not sum to its quantity."""
    place = f"line {of['number']}"
    for one in of["flights"]:
        if not of["start"] <= one["start"] <= one["end"] <= of["end"]:
            raise Invalid(f"flight {one['number']}, {one['start']} to {one['end']}, is outside {of['start']} to {of['end']}.", place=place, remedy="Move the flight.")
        if one["goal"] <= 0:
            raise Invalid(f"flight {one['number']} needs a goal above zero.", place=place, remedy="Give one or leave the flight out.")
    total = sum(one["goal"] for one in of["flights"])
    if total != of["quantity"]:
        raise Invalid(f"the flights sum to {total:,}, the line sells {of['quantity']:,}.", place=place, remedy="Make them equal.")
