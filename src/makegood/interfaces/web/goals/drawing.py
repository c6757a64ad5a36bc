"""The grid's rows as drawn: figure over goal above a bar of states; and as rows of the export."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlencode

from makegood.insight.earning import STATES
from makegood.insight.goals import Cell, Grid, Row
from makegood.interfaces.web import formats
from makegood.interfaces.web.components import geometry
from makegood.interfaces.web.goals.asked import Asked

COLUMNS = (("Who", "text"), ("Month", "date"), ("Goal", "money"), *((state.capitalize(), "money") for state in STATES), ("Gap", "money"), ("Currency", "text"))


@dataclasses.dataclass(frozen=True)
class Drawn:
    """One cell: its address, what is in sight and the goal as figures, the bars, the goal's mark, words for who cannot see."""

    url: str
    seen: str
    goal: str
    tone: str
    bars: tuple[geometry.Bar, ...]
    mark: str
    words: str


def rows(found: Grid, asked: Asked) -> list[tuple[str, list[Drawn]]]:
    """All rows on one scale."""
    scale = top(found.rows)
    return [row(one, scale, asked, str(one.key)) for one in found.rows]


def top(some: Sequence[Row]) -> Decimal:
    """The largest amount a bar has to show."""
    return max((max(cell.goal, cell.seen) for one in some for cell in one.cells), default=Decimal(1)) or Decimal(1)


def row(one: Row, scale: Decimal, asked: Asked, key: str) -> tuple[str, list[Drawn]]:
    """A row's name and cells."""
    return one.name, [_cell(one.name, cell, scale, asked, key) for cell in one.cells]


def _cell(name: str, cell: Cell, scale: Decimal, asked: Asked, key: str) -> Drawn:
    bars, at = [], 0.0
    for number, amount in enumerate(cell.amounts, 1):
        share = float(amount / scale)
        if share > 0:
            bars.append(geometry.bar(at, at + share, f"f-seq-{number}"))
            at += share
    parts = ", ".join(f"{state} {formats.money(amount, asked.currency, decimals=0)}" for state, amount in zip(STATES, cell.amounts, strict=True) if amount)
    goal = f"of a goal of {formats.money(cell.goal, asked.currency, decimals=0)}" if cell.goal else "no goal"
    return Drawn(
        f"cell/{asked.query()}&{urlencode({'key': key, 'month': f'{cell.month:%Y-%m}', 'name': name})}", formats.compact(cell.seen),
        formats.compact(cell.goal) if cell.goal else "", "risk" if cell.goal and cell.gap > cell.goal / 10 else "watch" if cell.goal and cell.gap > 0 else "", tuple(bars),
        geometry.percent(float(cell.goal / scale)) if cell.goal else "", f"{name}, {cell.month:%B %Y}: {parts or 'nothing'}, {goal}",
    )  # fmt: skip


def exported(found: Grid) -> list[dict[str, object]]:
    """A row a cell."""
    return [
        {"Who": one.name, "Month": cell.month, "Goal": cell.goal, "Gap": cell.gap, "Currency": found.currency}
        | {state.capitalize(): amount for state, amount in zip(STATES, cell.amounts, strict=True)}
        for one in found.rows for cell in one.cells
    ]  # fmt: skip
