"""Counts and sums over the whole list and over each group, from one query."""

import dataclasses
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from makegood.interfaces.web.grid.columns import Column
from makegood.interfaces.web.grid.state import State

CURRENCY = "_currency"
GROUP = "_group"


@dataclasses.dataclass
class Totals:
    """How many rows, and per column the sum by currency (the empty currency for plain numbers)."""

    count: int = 0
    sums: dict[str, dict[str, Decimal]] = dataclasses.field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Decimal))
    )

    def add(self, line: dict[str, Any], columns: list[Column]) -> None:
        """Fold in one line of the database's answer."""
        self.count += line["_n"]
        for column in columns:
            if (value := line[f"_sum_{column.key}"]) is not None:
                self.sums[column.key][line.get(CURRENCY) or "" if column.kind == "money" else ""] += value


def of(state: State, found: QuerySet[Any]) -> tuple[Totals, dict[Any, Totals]]:
    """Totals of the list and of each group of `state`, keyed by the group's raw value."""
    columns = [column for column in state.columns if column.total and column.path]
    money = [column for column in columns if column.kind == "money"]
    keys = {CURRENCY: F(money[0].currency_path)} if money else {}
    if state.group:
        keys[GROUP] = F(state.group.path)
    sums = {f"_sum_{column.key}": Sum(column.path) for column in columns}
    plain = found.order_by()
    lines = plain.values(**keys).annotate(_n=Count("pk"), **sums) if keys else [plain.aggregate(_n=Count("pk"), **sums)]
    whole, groups = Totals(), defaultdict(Totals)
    for line in lines:
        whole.add(line, columns)
        groups[line.get(GROUP)].add(line, columns)
    return whole, groups
