"""The plan an order was made of, in words: what it expected, and what is booked of it."""

import dataclasses

from makegood.interfaces.web import formats, links
from makegood.interfaces.web.plans import words
from makegood.orders.models import Order
from makegood.workflows import changing as workflow
from makegood.workflows.changing.planned import Kept


@dataclasses.dataclass(frozen=True)
class Shown:
    """A plan with its address; `expected` and `booked` are outcomes in words, `short` what is booked below it."""

    name: str
    url: str
    unit: str
    expected: str
    booked: str
    short: tuple[str, ...]
    below: bool


def shown(order: Order) -> Shown | None:
    """Of an order as it stands."""
    return of(workflow.planned.of_order(order))


def of(kept: Kept | None) -> Shown | None:
    """The same of one that was found."""
    if kept is None:
        return None
    plan = kept.plan
    low, high, expected, now = (words.outcome(value, plan.kpi_type, plan.currency) for value in (plan.low, plan.high, plan.outcome, kept.expected))
    short = tuple(f"{one.name}: {formats.integer(one.booked)} of {formats.integer(one.planned)} {one.unit}" for one in kept.short)
    return Shown(str(plan), links.record(plan), words.UNITS[plan.kpi_type], f"{expected} ({low} to {high})", now, short, kept.below)
