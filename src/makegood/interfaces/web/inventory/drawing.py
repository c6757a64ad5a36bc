"""Cells of the calendar as drawn: a figure over a bar of sold, held and free, or blocks of those who have it whole."""

import dataclasses
import datetime
from typing import Any

from makegood.interfaces.web import formats
from makegood.interfaces.web.components import geometry
from makegood.orders.queries.calendar import Calendar, Cell, Row


@dataclasses.dataclass(frozen=True)
class Drawn:
    """One cell: `blocks` for an exclusive product (name, second line, css), else figure, tone and bars."""

    url: str
    on: bool
    figure: str = ""
    tone: str = ""
    bars: tuple[geometry.Bar, ...] = ()
    blocks: tuple[tuple[str, str, str], ...] = ()
    words: str = ""


def groups(found: Calendar, chosen: tuple[int, datetime.date] | None) -> list[tuple[str, list[tuple[Row, list[Drawn]]]]]:
    """Property by property, each product with its cells."""
    return [(name, [(row, [_cell(row, cell, chosen) for cell in row.cells]) for row in rows]) for name, rows in found.groups]


def weeks(found: Calendar, today: datetime.date) -> list[tuple[datetime.date, str]]:
    """Heads of the columns."""
    return [(week, "this week" if week <= today < week + datetime.timedelta(days=7) else "") for week in found.weeks]


def _cell(row: Row, cell: Cell, chosen: tuple[int, datetime.date] | None) -> Drawn:
    url = f"cell/?product={row.product.pk}&week={cell.week.isoformat()}"
    on = chosen == (row.product.pk, cell.week)
    if row.product.exclusive:
        return Drawn(url, on, blocks=tuple(_block(owner) for owner in cell.owners[:2]), words=_owned(row, cell))
    if not row.known:
        return Drawn(url, on, "?", "mu", words=f"{row.product.name}, week of {formats.day(cell.week)}: not enough counted to say")
    whole = max(cell.capacity, cell.sold + cell.held, 1)
    sold = min(cell.sold, max(cell.capacity - cell.held, 0)) if cell.left < 0 else cell.sold
    bars, at = [], 0.0
    for units, fill in ((sold, "f-bar"), (cell.held, "f-hatch-watch"), (max(-cell.left, 0), "f-risk")):
        if units > 0:
            bars.append(geometry.bar(at / whole, (at + units) / whole, fill))
            at += units
    tone = "risk m5" if cell.left < 0 else "watch m5" if cell.scarce else ""
    words = f"{row.product.name}, week of {formats.day(cell.week)}: {formats.integer(cell.left)} left, {formats.integer(cell.sold)} sold, {formats.integer(cell.held)} held"
    return Drawn(url, on, formats.compact(cell.left), tone, tuple(bars), words=words)


def _block(owner: Any) -> tuple[str, str, str]:
    days = owner.days
    if owner.held:
        return owner.name, f"to {formats.day(owner.until)}", "held"
    when = "all week" if len(days) == 7 else ", ".join(f"{day:%a}" for day in days) if len(days) < 4 else f"{days[0]:%a} to {days[-1]:%a}"
    return owner.name, when, ""


def _owned(row: Row, cell: Cell) -> str:
    if not cell.owners:
        return f"{row.product.name}, week of {formats.day(cell.week)}: free"
    said = "; ".join(f"{owner.name} {'holds' if owner.held else 'has'} {len(owner.days)} day{'s' if len(owner.days) > 1 else ''}" for owner in cell.owners)
    return f"{row.product.name}, week of {formats.day(cell.week)}: {said}"
