"""The plan an order was made of, held against the order as it is or would be: units by product, and the outcome in proportion."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable

from makegood.orders.changes.state import State
from makegood.orders.models import Order
from makegood.sales.models import Plan


@dataclasses.dataclass(frozen=True)
class Part:
    """A product of the plan: what it planned and what is booked of it."""

    name: str
    unit: str
    planned: int
    booked: int


@dataclasses.dataclass(frozen=True)
class Kept:
    """A plan and what the order keeps of it. `expected` is the plan's outcome with each line's part as its units stand to those planned."""

    plan: Plan
    parts: tuple[Part, ...]
    expected: float

    @property
    def short(self) -> tuple[Part, ...]:
        """What is booked below the plan."""
        return tuple(one for one in self.parts if one.booked < one.planned)

    @property
    def below(self) -> bool:
        """Whether the outcome falls out of what the plan said it would be 80 times in 100."""
        return self.expected < self.plan.low


def of(state: State) -> Kept | None:
    """Of an order as a snapshot has it; None for one that was not made of a plan."""
    plan = made(state["number"])
    return held(plan, ((line["product"], line["quantity"]) for line in state["lines"])) if plan else None


def of_order(order: Order) -> Kept | None:
    """The same of an order as it stands; one query where it was not made of a plan."""
    plan = made(order.number)
    return held(plan, order.lines.exclude(status="cancelled").values_list("product__code", "quantity")) if plan else None


def made(number: str) -> Plan | None:
    """The plan that became the order of that number."""
    return Plan.objects.filter(order_number=number).select_related("brief").prefetch_related("lines__product").order_by("-pk").first()


def held(plan: Plan, lines: Iterable[tuple[str, int]]) -> Kept:
    """A plan against what is booked, [product code, units] each."""
    booked: dict[str, int] = defaultdict(int)
    for code, units in lines:
        booked[code] += units
    parts = [(line, booked[line.product.code]) for line in plan.lines.all()]
    return Kept(plan, tuple(Part(line.product.name, line.unit, line.units, units) for line, units in parts), sum(line.outcome * units / line.units for line, units in parts))
