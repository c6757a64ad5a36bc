"""Cells of the calendar as drawn: a figure over a bar of sold, held and free, or blocks of those who have it whole."""

import dataclasses
import datetime
from collections.abc import Sequence

from makegood.engine.avails.exclusive import WHOLE
from makegood.interfaces.web import formats
from makegood.interfaces.web.components import geometry
from makegood.orders.queries.calendar import Calendar, Cell, Row
from makegood.orders.queries.occupancy import Owner

SHOWN = 2  # blocks in a cell


@dataclasses.dataclass(frozen=True)
class Drawn:
    """One cell: `blocks` for what is sold by the day (name, second line, css, hover), else figure, tone and bars."""

    url: str
    on: bool
    figure: str = ""
    tone: str = ""
    bars: tuple[geometry.Bar, ...] = ()
    blocks: tuple[tuple[str, str, str, str], ...] = ()
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
    if row.product.voice_pct:
        return Drawn(url, on, blocks=_blocks(cell.owners), words=_owned(row, cell))
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


def _blocks(owners: Sequence[Owner]) -> tuple[tuple[str, str, str, str], ...]:
    """The first two who have days of the week; where there are more the second says how many."""
    if len(owners) > SHOWN:
        words = "; ".join(_said(owner) for owner in owners[SHOWN - 1 :])
        return (_block(owners[0]), (f"{len(owners) - SHOWN + 1} more", "", "", words))
    return tuple(_block(owner) for owner in owners)


def _block(owner: Owner) -> tuple[str, str, str, str]:
    """Name, second line, css, and what hovering says."""
    days = owner.days
    share = f"{owner.share_pct} %, " if owner.share_pct < WHOLE else ""
    if owner.held:
        behind = f", {len(owner.queue)} behind" if owner.queue else ""
        return owner.name, f"{share}to {formats.day(owner.until)}{behind}", "held", _said(owner)
    when = "all week" if len(days) == 7 else ", ".join(f"{day:%a}" for day in days) if len(days) < 4 else f"{days[0]:%a} to {days[-1]:%a}"
    return owner.name, share + when, "", _said(owner)


def _said(owner: Owner) -> str:
    """Who has it, since when, until when, and who waits."""
    share = f"{owner.share_pct} % of " if owner.share_pct < WHOLE else ""
    days = f"{share}{len(owner.days)} day{'s' if len(owner.days) > 1 else ''}"
    if not owner.held:
        return f"{owner.name} has {days}"
    behind = f", then {', '.join(owner.queue)}" if owner.queue else ""
    return f"{owner.name} holds {days} by {owner.by} since {formats.moment(owner.since)} until {formats.moment(owner.until)}{behind}"


def _owned(row: Row, cell: Cell) -> str:
    said = "; ".join(_said(owner) for owner in cell.owners) or "free"
    return f"{row.product.name}, week of {formats.day(cell.week)}: {said}"
