"""A sheet against what others saved meanwhile: three texts a cell (as opened, mine, theirs), merged or shown as a conflict."""

import dataclasses
from collections.abc import Mapping, Sequence

from makegood.orders.sheet.columns import COLUMNS
from makegood.orders.sheet.rows import Typed

LABELS = {column.key: column.label for column in COLUMNS}
Cells = Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Conflict:
    """A cell that two people changed: its row and both values. Without a column one changed what the other removed."""

    key: str
    line_id: int
    name: str
    column: str
    label: str
    mine: str
    theirs: str


@dataclasses.dataclass(frozen=True)
class Merged:
    """The rows to save with theirs taken in where I changed nothing, the lines to remove, and what only a person can decide."""

    rows: tuple[Typed, ...]
    removed: tuple[int, ...]
    conflicts: tuple[Conflict, ...]


def merge(mine: Sequence[Typed], opened: Mapping[int, Cells], theirs: Mapping[int, Typed]) -> Merged:
    """Merge my rows with the lines as they are; `opened` are the cells I started from. Lines others added stay, after mine."""
    rows: list[Typed] = []
    conflicts: list[Conflict] = []
    kept = {row.line_id for row in mine if row.line_id}
    for row in mine:
        if row.line_id is None:
            rows.append(row)
            continue
        base, current = opened.get(row.line_id, {}), theirs.get(row.line_id)
        if current is None:
            if row.cells != base:
                conflicts.append(_whole(row, row.line_id, "changed here", "removed meanwhile"))
            continue
        merged, differing = _row(row, base, current)
        rows.append(merged)
        conflicts += differing
    removed = [pk for pk in theirs if pk in opened and pk not in kept]
    conflicts += [_whole(theirs[pk], pk, "removed here", "changed meanwhile") for pk in removed if dict(theirs[pk].cells) != dict(opened[pk])]
    rows += [row for pk, row in theirs.items() if pk not in opened and pk not in kept]
    return Merged(tuple(rows), tuple(removed), tuple(conflicts))


def _row(mine: Typed, base: Cells, theirs: Typed) -> tuple[Typed, list[Conflict]]:
    cells: dict[str, str] = {}
    conflicts = []
    for column in LABELS:
        one, was, other = (texts.get(column, "") for texts in (mine.cells, base, theirs.cells))
        cells[column] = other if one == was else one
        if one != was and other not in (was, one):
            conflicts.append(Conflict(mine.key, mine.line_id or 0, theirs.text("name"), column, LABELS[column], one, other))
    return dataclasses.replace(mine, cells=cells), conflicts


def _whole(row: Typed, line_id: int, mine: str, theirs: str) -> Conflict:
    return Conflict(row.key, line_id, row.text("name"), "", "Line", mine, theirs)
