"""Operations on a line that has ended: extended for what it still owes, or settled at what it delivered."""

from decimal import Decimal

from makegood.core.errors import Invalid
from makegood.orders.changes import layout
from makegood.orders.changes.operation import OfLine, Slice
from makegood.orders.changes.state import State, line, with_line


class Extend(OfLine, frozen=True, kw_only=True, tag="line.extend", forbid_unknown_fields=True):
    """Another flight for what was not delivered; the flights that are over keep, of their `goals`, what they delivered."""

    goals: tuple[tuple[int, int], ...]
    more: Slice

    def apply(self, state: State) -> State:
        """With the flight, ending with it; quantity and price stay."""
        of = line(state, self.line)
        if self.more.end.isoformat() <= of["end"]:
            raise Invalid(f"it ends {of['end']} already.", place=f"line {self.line}", remedy="Give a later day.")
        rows = [*_delivered(of, self.goals), self.more.row()]
        fields = {"end": self.more.end.isoformat(), "flights": sorted(rows, key=lambda one: one["number"])}
        layout.check(of | fields)
        return with_line(state, self.line, **fields)

    @property
    def says(self) -> str:
        """In words."""
        return f"Extend line {self.line} to {self.more.end:%d %b %Y} for {self.more.goal:,}"


class Settle(OfLine, frozen=True, kw_only=True, tag="line.settle", forbid_unknown_fields=True):
    """The line at what it delivered: quantity, goals and price."""

    quantity: int
    amount: Decimal
    goals: tuple[tuple[int, int], ...]

    def apply(self, state: State) -> State:
        """With them."""
        of = line(state, self.line)
        fields = {"quantity": self.quantity, "amount": f"{self.amount:.2f}", "flights": _delivered(of, self.goals)}
        layout.check(of | fields)
        return with_line(state, self.line, **fields)

    @property
    def says(self) -> str:
        """In words."""
        return f"Settle line {self.line} at the {self.quantity:,} it delivered"


def _delivered(of: State, goals: tuple[tuple[int, int], ...]) -> list[State]:
    given = dict(goals)
    return [one | {"goal": given.get(one["number"], one["goal"])} for one in of["flights"]]


OPERATIONS = (Extend, Settle)
