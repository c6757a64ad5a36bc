"""What an operation is: frozen data with a tag, that makes a new state of a state and says itself in words."""

import datetime
from decimal import Decimal
from typing import Any

import msgspec

from makegood.orders.changes.state import State

MOST_UNITS, MOST_RATE, MOST_MONEY = 10**12, 10**8, 10**12  # what a row holds; a slip of the keyboard, not a campaign


class Operation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="op"):
    """One change. `apply` never alters the state it is given; it raises Invalid when it cannot be."""

    def apply(self, state: State) -> State:
        """The state after the change."""
        raise NotImplementedError

    @property
    def says(self) -> str:
        """The change in words: "Line 2: 400,000 instead of …" is said by the differences, this is what was asked for."""
        raise NotImplementedError


class OfLine(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change of the line of this number."""

    line: int


class Slice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A flight as laid out."""

    number: int
    start: datetime.date
    end: datetime.date
    goal: int
    placements: tuple[int, ...] = ()

    def row(self) -> State:
        """The flight as a state has it."""
        return {
            "number": self.number, "start": self.start.isoformat(), "end": self.end.isoformat(), "goal": self.goal,
            "placements": sorted(self.placements),
        }  # fmt: skip


def decimal(value: Decimal | None, step: Decimal) -> str | None:
    """A decimal as a state writes it, of fixed places."""
    return None if value is None else str(value.quantize(step))


def plain(operation: Operation) -> dict[str, Any]:
    """The operation as JSON, its tag under "op"."""
    found: dict[str, Any] = msgspec.to_builtins(operation)
    return found
