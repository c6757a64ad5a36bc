"""Operations on the dated slices of a line: split, moved, and with goals that keep the line's sum."""

import datetime

from makegood.core.errors import Invalid
from makegood.engine import apportion
from makegood.orders.changes import layout
from makegood.orders.changes.operation import OfLine
from makegood.orders.changes.state import State, day, flight, line, with_flights, with_line

ONE_DAY = datetime.timedelta(days=1)


class Split(OfLine, frozen=True, kw_only=True, tag="flight.split", forbid_unknown_fields=True):
    """A flight becomes two: the second, of a new number, begins on `day`. Goals by days unless `goal` says the second's."""

    flight: int
    day: datetime.date
    number: int
    goal: int | None = None

    def apply(self, state: State) -> State:
        """With both."""
        of, place = line(state, self.line), f"line {self.line}, flight {self.flight}"
        one = flight(of, self.flight)
        start, end = day(one["start"]), day(one["end"])
        if any(row["number"] == self.number for row in of["flights"]):
            raise Invalid(f"there is a flight {self.number}.", place=place, remedy="Use another number.")
        if not start < self.day <= end:
            raise Invalid(f"{self.day} does not lie inside {start} to {end}.", place=place, remedy="Choose a day after its first.")
        days = [(self.day - start).days, (end - self.day).days + 1]
        second = apportion.largest_remainder(one["goal"], days)[1] if self.goal is None else self.goal
        rows = with_flights(of, {
            self.flight: one | {"end": (self.day - ONE_DAY).isoformat(), "goal": one["goal"] - second},
            self.number: one | {"number": self.number, "start": self.day.isoformat(), "goal": second},
        })  # fmt: skip
        return _laid(state, of, rows)

    @property
    def says(self) -> str:
        """In words."""
        return f"Split flight {self.flight} of line {self.line} on {self.day:%d %b}"


class Move(OfLine, frozen=True, kw_only=True, tag="flight.move", forbid_unknown_fields=True):
    """A flight on other days of its line."""

    flight: int
    start: datetime.date
    end: datetime.date

    def apply(self, state: State) -> State:
        """Moved."""
        of = line(state, self.line)
        moved = flight(of, self.flight) | {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return _laid(state, of, with_flights(of, {self.flight: moved}))

    @property
    def says(self) -> str:
        """In words."""
        return f"Flight {self.flight} of line {self.line} from {self.start:%d %b} to {self.end:%d %b}"


class Shift(OfLine, frozen=True, kw_only=True, tag="flight.shift", forbid_unknown_fields=True):
    """Units of one flight's goal go to another of the same line."""

    giver: int
    taker: int
    units: int

    def apply(self, state: State) -> State:
        """With both goals."""
        of = line(state, self.line)
        giver, taker = flight(of, self.giver), flight(of, self.taker)
        if self.giver == self.taker or self.units <= 0:
            raise Invalid("units go from one flight to another.", place=f"line {self.line}", remedy="Choose two flights and a number above zero.")
        rows = with_flights(of, {self.giver: giver | {"goal": giver["goal"] - self.units}, self.taker: taker | {"goal": taker["goal"] + self.units}})
        return _laid(state, of, rows)

    @property
    def says(self) -> str:
        """In words."""
        return f"Line {self.line}: {self.units:,} from flight {self.giver} to flight {self.taker}"


class Goals(OfLine, frozen=True, kw_only=True, tag="flight.goals", forbid_unknown_fields=True):
    """New goals of a line's flights, [flight, goal] each, with the same sum."""

    goals: tuple[tuple[int, int], ...]

    def apply(self, state: State) -> State:
        """With the goals."""
        of = line(state, self.line)
        return _laid(state, of, with_flights(of, {number: flight(of, number) | {"goal": goal} for number, goal in self.goals}))

    @property
    def says(self) -> str:
        """In words."""
        return f"Line {self.line}: " + ", ".join(f"flight {number} {goal:,}" for number, goal in self.goals)


def _laid(state: State, of: State, rows: list[State]) -> State:
    layout.check(of | {"flights": rows})
    return with_line(state, of["number"], flights=rows)


OPERATIONS = (Split, Move, Shift, Goals)
