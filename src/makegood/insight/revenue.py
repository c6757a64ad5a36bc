"""Revenue by state against goal: recognised, pacing, committed, pipeline, gap - by property and month of delivery."""

import dataclasses
import datetime
from collections import defaultdict
from decimal import Decimal

from makegood.insight import earning
from makegood.insight.earning import SOLD, STATES, ZERO, add_months
from makegood.insight.models import Goal

__all__ = ["SOLD", "STATES", "Cell", "add_months", "cells", "quarter"]


@dataclasses.dataclass(frozen=True)
class Cell:
    """Money of one property in one month by state, beside its goal."""

    property_id: int
    month: datetime.date
    goal: Decimal
    recognised: Decimal
    pacing: Decimal
    committed: Decimal
    pipeline: Decimal

    @property
    def in_sight(self) -> Decimal:
        """All four states."""
        return self.recognised + self.pacing + self.committed + self.pipeline

    @property
    def gap(self) -> Decimal:
        """What is missing to the goal; negative when beyond it."""
        return self.goal - self.in_sight


def cells(start: datetime.date, months: int, *, today: datetime.date, currency: str | None = None) -> list[Cell]:
    """One Cell a property and month from `start` (a first of month), in one currency when it is named; pipeline by the sellers' guess.

    Seven queries at most, whatever the number of lines.
    """
    span = [add_months(start, n) for n in range(months)]
    money: dict[tuple[int, datetime.date], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(STATES, ZERO))
    for one in earning.entries(start, months, today=today):
        if one.property_id and currency in (None, one.currency):
            money[one.property_id, one.month][one.state] += one.amount
    rows = Goal.objects.filter(month__in=span, property__isnull=False)
    goals = {(goal.property_id, goal.month): goal.amount for goal in (rows.filter(currency=currency) if currency else rows) if goal.property_id}
    keys = sorted(goals.keys() | money.keys())
    return [Cell(*key, goal=goals.get(key, ZERO), **{state: cents(money[key][state]) for state in STATES}) for key in keys]


def cents(amount: Decimal) -> Decimal:
    """To two places, as money is shown."""
    return amount.quantize(Decimal("0.01"))


def quarter(day: datetime.date) -> datetime.date:
    """The first day of the quarter that holds `day`."""
    return datetime.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
