"""The operation on the order's head: one term at a time, each with the place it has in the snapshot and what it takes."""

import dataclasses
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from makegood.core.errors import Invalid
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.state import DESK, State, totalled


@dataclasses.dataclass(frozen=True)
class Taken:
    """Where a term stands in a state ("" for its head), and how its value is read."""

    inside: str
    read: Callable[[Any], Any]


def _text(most: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or len(value) > most:
            raise ValueError(f"a text of at most {most} letters")
        return value.strip()

    return read


def _name(value: Any) -> str:
    found = _text(160)(value)
    if not found:
        raise ValueError("a name")
    return found


def _percent(places: int, most: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            raise ValueError("a per cent") from None
        if not found.is_finite() or not 0 <= found < most:
            raise ValueError(f"a per cent from 0 to below {most}")
        return f"{found:.{places}f}"

    return read


def _days(value: Any) -> int:
    found = int(value) if isinstance(value, str) and value.isdecimal() else value
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= 365:
        raise ValueError("0 to 365 days")
    return found


TERMS: dict[str, Taken] = {
    "name": Taken("", _name), "external_number": Taken("", _text(60)), "estimate": Taken("", _text(60)), "product_name": Taken("", _text(120)),
    "commission_pct": Taken("", _percent(3, 100)), "source": Taken("billing", _text(12)), "schedule": Taken("billing", _text(12)),
    "cap": Taken("billing", _text(20)), "calendar": Taken("billing", _text(10)), "payment_days": Taken("billing", _days),
    "tolerance_pct": Taken("billing", _percent(2, 100)), "po_number": Taken(DESK, _text(60)), "notes": Taken(DESK, _text(20_000)),
}  # fmt: skip


class Term(Operation, frozen=True, kw_only=True, tag="order.term", forbid_unknown_fields=True):
    """One term of the order (TERMS) to another value. Whether a billing word is known is asked where it is collected."""

    name: str
    value: str | int

    def apply(self, state: State) -> State:
        """With the term; a new commission makes a new net."""
        taken = TERMS.get(self.name)
        if taken is None:
            raise Invalid(f"{self.name!r} is no term of an order.", place="terms", remedy=f"Use one of {', '.join(TERMS)}.")
        try:
            value = taken.read(self.value)
        except ValueError as error:
            raise Invalid(f"{self.value!r} is not {error}.", place=self.name, remedy=f"Give {error}.") from error
        if taken.inside:
            return state | {taken.inside: state[taken.inside] | {self.name: value}}
        return totalled(state | {self.name: value})

    @property
    def says(self) -> str:
        """In words."""
        return f"{self.name.replace('_', ' ').capitalize()}: {self.value}"


OPERATIONS = (Term,)
