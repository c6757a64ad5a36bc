"""What a person asks for, field by field: whole numbers, days, the line it is about. Invalid names the field."""

import datetime
from decimal import Decimal
from typing import Any

from makegood.core.errors import Invalid
from makegood.orders.changes import state
from makegood.orders.changes.state import State

Asked = dict[str, Any]


def line(now: State, data: Asked) -> State:
    """The line it is about, as it would be by now."""
    return state.line(now, int(data.get("line") or 0))


def number(value: Any, place: str) -> Decimal:
    """A number in figures."""
    try:
        found = Decimal(str(value))
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Invalid(f"{value!r} is no number.", place=place, remedy="Write it in figures.")
    return found


def day(data: Asked, name: str) -> datetime.date:
    """A day written 2026-12-31."""
    try:
        return datetime.date.fromisoformat(str(data.get(name)))
    except ValueError:
        raise Invalid(f"{data.get(name)!r} is no day.", place=name, remedy="Write it as 2026-12-31.") from None
