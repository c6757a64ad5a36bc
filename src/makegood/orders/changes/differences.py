"""Field by field what two states differ in: the one list that classes, stale bases and pages are made of."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from makegood.orders.changes.state import DESK, State

HEAD = ("name", "external_number", "estimate", "product_name", "commission_pct", "currency", "zone", "cancellation")
LINE = (
    "product", "name", "start", "end", "rate_type", "rate", "quantity", "unit", "amount", "targeting", "priority", "cap", "conversion_days", "flights",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Difference:
    """One field that differs. `line` is None for the order's own; `field` is "line" where a whole line came or went."""

    line: int | None
    name: str
    field: str
    before: Any
    after: Any

    @property
    def place(self) -> str:
        """Where: "line 2, rate"."""
        return self.field if self.line is None else f"line {self.line}, {self.field}" if self.field != "line" else f"line {self.line}"


def between(before: State, after: State) -> tuple[Difference, ...]:
    """Everything that differs and is not a sum of other things (gross, net, the order's days)."""
    found = [*_head(before, after)]
    old, new = ({one["number"]: one for one in state["lines"]} for state in (before, after))
    for number in sorted(old.keys() | new.keys()):
        found += _line(number, old.get(number), new.get(number))
    return tuple(found)


def _head(before: State, after: State) -> Iterator[Difference]:
    for name in HEAD:
        if before.get(name) != after.get(name):
            yield Difference(None, "", name, before.get(name), after.get(name))
    for name in ("advertiser", "agency"):
        if (before[name] or {}).get("id") != (after[name] or {}).get("id"):
            yield Difference(None, "", name, before[name], after[name])
    for inside in ("billing", DESK):
        one, other = before.get(inside, {}), after.get(inside, {})
        yield from (Difference(None, "", name, one.get(name), other.get(name)) for name in {**one, **other} if one.get(name) != other.get(name))


def _line(number: int, old: State | None, new: State | None) -> Iterator[Difference]:
    if old is None or new is None:
        yield Difference(number, (new or old or {})["name"], "line", old, new)
        return
    for name in LINE:
        if old.get(name) != new.get(name):
            yield Difference(number, new["name"], name, old.get(name), new.get(name))
