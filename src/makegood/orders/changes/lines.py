"""Operations on lines: added, cut, ended early, renamed, and with another product, rate, quantity, days, aim, cap or priority."""

import datetime
from decimal import Decimal
from typing import Any

from makegood.core.errors import Invalid
from makegood.orders.changes import layout
from makegood.orders.changes.operation import MOST_MONEY, MOST_RATE, MOST_UNITS, OfLine, Slice
from makegood.orders.changes.state import RATE, State, cost, line, totalled, with_line


class Add(OfLine, frozen=True, kw_only=True, tag="line.add", forbid_unknown_fields=True):
    """A line more, whole: what the catalogue and the rate card say of it was asked when the operation was made."""

    product: str
    name: str
    start: datetime.date
    end: datetime.date
    rate_type: str
    rate: Decimal
    quantity: int
    unit: str
    amount: Decimal
    targeting: dict[str, Any] = {}
    priority: str = "guaranteed"
    cap: tuple[int, int] | None = None
    flights: tuple[Slice, ...]

    def apply(self, state: State) -> State:
        """With the line; its number must be new."""
        if any(one["number"] == self.line for one in state["lines"]):
            raise Invalid(f"there is a line {self.line}.", place=f"line {self.line}", remedy="Add it under another number.")
        _priced(self.line, self.rate, self.quantity, self.amount)
        made = {
            "number": self.line, "product": self.product, "name": _named(self.line, self.name), "start": self.start.isoformat(), "end": self.end.isoformat(),
            "rate_type": self.rate_type, "rate": str(self.rate.quantize(RATE)), "quantity": self.quantity, "unit": self.unit,
            "amount": f"{self.amount:.2f}", "targeting": self.targeting, "priority": self.priority,
            "cap": list(self.cap) if self.cap else None, "flights": [one.row() for one in self.flights],
        }  # fmt: skip
        layout.check(made)
        return totalled(state | {"lines": sorted([*state["lines"], made], key=lambda one: one["number"])})

    @property
    def says(self) -> str:
        """In words."""
        return f"Add line {self.line}, {self.name}: {self.quantity:,} {self.unit}, {self.start:%d %b} to {self.end:%d %b %Y}"


class Cut(OfLine, frozen=True, kw_only=True, tag="line.cut", forbid_unknown_fields=True):
    """A line less: only one that has neither run nor been billed (limits)."""

    def apply(self, state: State) -> State:
        """Without the line."""
        line(state, self.line)
        return totalled(state | {"lines": [one for one in state["lines"] if one["number"] != self.line]})

    @property
    def says(self) -> str:
        """In words."""
        return f"Cut line {self.line}"


class End(OfLine, frozen=True, kw_only=True, tag="line.end", forbid_unknown_fields=True):
    """A running line ends early: what is left of its quantity and amount falls away."""

    last: datetime.date
    quantity: int
    amount: Decimal
    keep: tuple[int, ...] = ()

    def apply(self, state: State) -> State:
        """Ending on `last` with the quantity and amount that remain."""
        of = line(state, self.line)
        if not of["start"] <= self.last.isoformat() <= of["end"]:
            raise Invalid(f"{self.last} is not between {of['start']} and {of['end']}.", place=f"line {self.line}", remedy="Choose a day on which it runs.")
        _priced(self.line, Decimal(of["rate"]), self.quantity, self.amount)
        rows = layout.fitted(of, datetime.date.fromisoformat(of["start"]), self.last, self.quantity, self.keep)
        return with_line(state, self.line, end=self.last.isoformat(), quantity=self.quantity, amount=f"{self.amount:.2f}", flights=rows)

    @property
    def says(self) -> str:
        """In words."""
        return f"End line {self.line} on {self.last:%d %b %Y} with {self.quantity:,}"


class Rename(OfLine, frozen=True, kw_only=True, tag="line.rename", forbid_unknown_fields=True):
    """Another name."""

    name: str

    def apply(self, state: State) -> State:
        """With the name."""
        return with_line(state, self.line, name=_named(self.line, self.name))

    @property
    def says(self) -> str:
        """In words."""
        return f"Call line {self.line} {self.name}"


class Product(OfLine, frozen=True, kw_only=True, tag="line.product", forbid_unknown_fields=True):
    """Another product, sold in the same way, on its placements."""

    product: str
    placements: tuple[int, ...]

    def apply(self, state: State) -> State:
        """With the product, its flights on its placements."""
        rows = [one | {"placements": sorted(self.placements)} for one in line(state, self.line)["flights"]]
        return with_line(state, self.line, product=self.product, flights=rows)

    @property
    def says(self) -> str:
        """In words."""
        return f"Line {self.line} on {self.product}"


class Rate(OfLine, frozen=True, kw_only=True, tag="line.rate", forbid_unknown_fields=True):
    """Another rate. `amount` is said where part of the line is billed: that part keeps its price."""

    rate: Decimal
    amount: Decimal | None = None

    def apply(self, state: State) -> State:
        """With the rate and what it comes to."""
        of = line(state, self.line)
        _priced(self.line, self.rate, of["quantity"], self.amount)
        amount = f"{self.amount:.2f}" if self.amount is not None else cost(of, state["currency"], rate=self.rate)
        return with_line(state, self.line, rate=str(self.rate.quantize(RATE)), amount=amount)

    @property
    def says(self) -> str:
        """In words."""
        return f"Line {self.line} at {self.rate.normalize():f}"


class Quantity(OfLine, frozen=True, kw_only=True, tag="line.quantity", forbid_unknown_fields=True):
    """More or less of it; flights of `keep` are over and stand."""

    quantity: int
    amount: Decimal | None = None
    keep: tuple[int, ...] = ()

    def apply(self, state: State) -> State:
        """With the quantity, what it comes to, and the goals that follow."""
        of = line(state, self.line)
        _priced(self.line, Decimal(of["rate"]), self.quantity, self.amount)
        rows = layout.fitted(of, datetime.date.fromisoformat(of["start"]), datetime.date.fromisoformat(of["end"]), self.quantity, self.keep)
        amount = f"{self.amount:.2f}" if self.amount is not None else cost(of, state["currency"], quantity=self.quantity)
        return with_line(state, self.line, quantity=self.quantity, amount=amount, flights=rows)

    @property
    def says(self) -> str:
        """In words."""
        return f"Line {self.line}: quantity {self.quantity:,}"


class Dates(OfLine, frozen=True, kw_only=True, tag="line.dates", forbid_unknown_fields=True):
    """Other days, the same quantity; flights of `keep` are over and stand."""

    start: datetime.date
    end: datetime.date
    keep: tuple[int, ...] = ()

    def apply(self, state: State) -> State:
        """With the days and the flights that follow."""
        if self.end < self.start:
            raise Invalid(f"it would end {self.end}, before it starts {self.start}.", place=f"line {self.line}", remedy="Give a later end.")
        of = line(state, self.line)
        rows = layout.fitted(of, self.start, self.end, of["quantity"], self.keep)
        fields = {"start": self.start.isoformat(), "end": self.end.isoformat(), "flights": rows}
        layout.check(of | fields)
        return with_line(state, self.line, **fields)

    @property
    def says(self) -> str:
        """In words."""
        return f"Line {self.line} from {self.start:%d %b} to {self.end:%d %b %Y}"


def _named(number: int, name: str) -> str:
    if not name.strip() or len(name) > 160:
        raise Invalid("a line needs a name of at most 160 letters.", place=f"line {number}", remedy="Write one.")
    return name.strip()


def _priced(number: int, rate: Decimal, quantity: int, amount: Decimal | None) -> None:
    place = f"line {number}"
    if not 0 < quantity <= MOST_UNITS:
        raise Invalid(f"a quantity of {quantity:,} cannot be sold.", place=place, remedy="Give a number above zero; to stop a line, cut or end it.")
    if not 0 <= rate < MOST_RATE or not 0 <= (amount or 0) < MOST_MONEY:
        raise Invalid("no line costs that.", place=place, remedy="Look at the rate and the amount again.")


OPERATIONS = (Add, Cut, End, Rename, Product, Rate, Quantity, Dates)
