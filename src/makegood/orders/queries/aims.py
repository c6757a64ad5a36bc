"""Whom the lines of a change order are for, before and after: what may be chosen, and what another aim does to the reach."""

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from makegood.catalog.models import Product
from makegood.orders import availability
from makegood.orders.availability import reaching
from makegood.orders.availability.reaching import Reached
from makegood.orders.changes.differences import Difference
from makegood.orders.changes.state import State, day
from makegood.orders.models import Line, Order
from makegood.orders.queries import wording
from makegood.orders.sheet import looking
from makegood.orders.sheet.looking import Dimension


@dataclasses.dataclass(frozen=True)
class Aimed:
    """A line aimed otherwise: both aims in words and whom each reaches, None where no requests are counted."""

    number: int
    name: str
    before: str
    after: str
    was: Reached | None
    now: Reached | None


def dimensions(line: State) -> tuple[Dimension, ...]:
    """What a line may be aimed at, with what is chosen; empty where nothing is targeted (what is sold by the day)."""
    product = _product(line)
    return looking.dimensions(product, line["targeting"]) if product and line["rate_type"] == "CPM" else ()


def reach(order: Order, line: State, aim: Mapping[str, Any], *, at: datetime.datetime) -> Reached | None:
    """Whom the line would reach with the aim; what it has reserved itself counts for it."""
    product = _product(line)
    if product is None:
        return None
    kept = order.lines.filter(number=line["number"]).values_list("pk", flat=True).first()
    would = Line(
        pk=kept or -line["number"], number=line["number"], order=order, product=product, name=line["name"], start=day(line["start"]), end=day(line["end"]),
        quantity=line["quantity"], unit=line["unit"], targeting=dict(aim), priority=line["priority"],
        cap_count=line["cap"][0] if line["cap"] else None, cap_hours=line["cap"][1] if line["cap"] else None,
    )  # fmt: skip
    return reaching.of(would, availability.check(would, at=at)[would.pk], at=at)


def aimed(order: Order, before: State, after: State, differences: tuple[Difference, ...], *, at: datetime.datetime) -> tuple[Aimed, ...]:
    """The lines whose targeting differs, each with its reach before and after."""
    old, new = ({one["number"]: one for one in state["lines"]} for state in (before, after))
    return tuple(
        Aimed(one.line, one.name, wording.aim(one.before), wording.aim(one.after), *(reach(order, row, row["targeting"], at=at) for row in (old[one.line], new[one.line])))
        for one in differences if one.field == "targeting" and one.line is not None
    )  # fmt: skip


def _product(line: State) -> Product | None:
    return Product.objects.filter(code=line["product"]).prefetch_related("placements").first()
