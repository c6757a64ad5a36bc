"""Operations on how a line is delivered: whom it is for, how often, before whom, and how long conversions count."""

from typing import Any

from makegood.core.errors import Invalid
from makegood.engine import targeting as engine
from makegood.engine.plan import CONVERSION_DAYS, MOST_CONVERSION_DAYS
from makegood.orders.changes.operation import OfLine
from makegood.orders.changes.state import State, line, totalled, with_line

PRIORITIES = ("sponsorship", "guaranteed", "non_guaranteed", "house")


class Targeting(OfLine, frozen=True, kw_only=True, tag="line.targeting", forbid_unknown_fields=True):
    """Another aim, narrower or wider, at the same price."""

    targeting: dict[str, Any]

    def apply(self, state: State) -> State:
        """With the targeting. Invalid for one that cannot be read."""
        try:
            engine.from_json(self.targeting)
        except engine.TargetingInvalid as error:
            raise Invalid(f"{error}.", place=f"line {self.line}", remedy="Correct the targeting.") from error
        return with_line(state, self.line, targeting=self.targeting)

    @property
    def says(self) -> str:
        """In words."""
        return f"Aim line {self.line} otherwise"


class Cap(OfLine, frozen=True, kw_only=True, tag="line.cap", forbid_unknown_fields=True):
    """Another frequency cap: [times, hours], or none."""

    cap: tuple[int, int] | None

    def apply(self, state: State) -> State:
        """With the cap."""
        if self.cap and not (0 < self.cap[0] <= 10_000 and 0 < self.cap[1] <= 10_000):
            raise Invalid("a cap is a number of times in a number of hours.", place=f"line {self.line}", remedy="Give two numbers above zero, or neither.")
        return with_line(state, self.line, cap=list(self.cap) if self.cap else None)

    @property
    def says(self) -> str:
        """In words."""
        return f"Line {self.line} at most {self.cap[0]} in {self.cap[1]} hours" if self.cap else f"Line {self.line} without a cap"


class Priority(OfLine, frozen=True, kw_only=True, tag="line.priority", forbid_unknown_fields=True):
    """Another place in the order of serving."""

    priority: str

    def apply(self, state: State) -> State:
        """With the priority."""
        if self.priority not in PRIORITIES:
            raise Invalid(f"{self.priority!r} is no priority.", place=f"line {self.line}", remedy=f"Use one of {', '.join(PRIORITIES)}.")
        return with_line(state, self.line, priority=self.priority)

    @property
    def says(self) -> str:
        """In words."""
        return f"Line {self.line} as {self.priority.replace('_', '-')}"


class Window(OfLine, frozen=True, kw_only=True, tag="line.conversion_days", forbid_unknown_fields=True):
    """How many days after a click a conversion is the line's."""

    days: int

    def apply(self, state: State) -> State:
        """With the window; the usual one is not written down."""
        if not 1 <= self.days <= MOST_CONVERSION_DAYS:
            raise Invalid(f"conversions cannot be counted {self.days} days after a click.", place=f"line {self.line}", remedy=f"Give 1 to {MOST_CONVERSION_DAYS}.")
        if self.days != CONVERSION_DAYS:
            return with_line(state, self.line, conversion_days=self.days)
        bare = {name: value for name, value in line(state, self.line).items() if name != "conversion_days"}
        return totalled(state | {"lines": [bare if one["number"] == self.line else one for one in state["lines"]]})

    @property
    def says(self) -> str:
        """In words."""
        return f"Line {self.line} counts conversions for {self.days} days"


OPERATIONS = (Targeting, Cap, Priority, Window)
