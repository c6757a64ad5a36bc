"""The order as operations see it: the snapshot of `orders.snapshots` and, under "desk", what is ours and no promise."""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from makegood.core.errors import Invalid
from makegood.orders import pricing

State = dict[str, Any]
DESK = "desk"
MONEY, RATE, PCT = Decimal("0.01"), Decimal("0.0001"), Decimal("0.001")


def promised(state: State) -> State:
    """The state without what is ours: what a revision freezes."""
    return {name: value for name, value in state.items() if name != DESK}


def canonical(state: State) -> bytes:
    """The one way to write it: keys sorted, no spaces, UTF-8."""
    return json.dumps(state, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(state: State) -> str:
    """The hash of the canonical form."""
    return hashlib.sha256(canonical(state)).hexdigest()


def line(state: State, number: int) -> State:
    """The line of that number. Invalid when there is none."""
    found = next((one for one in state["lines"] if one["number"] == number), None)
    if found is None:
        have = ", ".join(str(one["number"]) for one in state["lines"][:12])
        raise Invalid(f"there is no line {number}.", place=f"line {number}", remedy=f"Choose one of {have}.")
    return found


def flight(of: State, number: int) -> State:
    """The flight of that number of a line. Invalid when there is none."""
    found = next((one for one in of["flights"] if one["number"] == number), None)
    if found is None:
        place = f"line {of['number']}"
        raise Invalid(f"it has no flight {number}.", place=place, remedy=f"It has {', '.join(str(one['number']) for one in of['flights'])}.")
    return found


def with_line(state: State, number: int, **fields: Any) -> State:
    """The state with fields of one line replaced, and the totals true again."""
    line(state, number)
    rows = [one | fields if one["number"] == number else one for one in state["lines"]]
    return totalled(state | {"lines": rows})


def with_flights(of: State, changed: Mapping[int, State | None]) -> list[State]:
    """The flights of a line with some replaced, added, or taken out (None), in the order of their numbers."""
    kept = [changed.get(one["number"], one) for one in of["flights"]]
    have = {one["number"] for one in of["flights"]}
    rows = [one for one in [*kept, *(one for number, one in changed.items() if number not in have)] if one is not None]
    return sorted(rows, key=lambda one: one["number"])


def totalled(state: State) -> State:
    """Gross, net, first and last day as the lines make them."""
    rows: Sequence[State] = state["lines"]
    gross, net = pricing.totals([Decimal(one["amount"]) for one in rows], Decimal(state["commission_pct"]), state["currency"])
    dates = {"start": min(one["start"] for one in rows), "end": max(one["end"] for one in rows)} if rows else {}
    return state | {"gross": f"{gross:.2f}", "net": f"{net:.2f}"} | dates


def day(text: str) -> datetime.date:
    """A day as a state writes it."""
    return datetime.date.fromisoformat(text)


def cost(of: State, currency: str, *, rate: Decimal | None = None, quantity: int | None = None) -> str:
    """What the line costs at another rate or quantity, as a state writes it."""
    price = Decimal(of["rate"]) if rate is None else rate
    return f"{pricing.amount(price, of['rate_type'], of['quantity'] if quantity is None else quantity, currency):.2f}"
