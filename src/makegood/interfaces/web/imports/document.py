"""The document beside what was read from it: a PDF page with boxes, or part of a sheet with marked cells."""

import functools
import pathlib
import re
from collections.abc import Iterable

from makegood.documents import orders as documents
from makegood.documents.orders.sheet.grid import letters
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.orders.queries.imports import Cell, ImportView

STATES = {"error": "risk", "warning": "watch", "look": "watch", "ok": "", "fixed": ""}
LETTER = (612.0, 792.0)  # a page on which nothing was read has no size of its own
MOST_ROWS, MOST_COLUMNS = 90, 16
CELL = re.compile(r"([A-Z]+)(\d+)")


def cells(view: ImportView) -> list[Cell]:
    """Every value that has a place in the document."""
    found = [*view.fields, *(cell for line in view.lines for cell in line.cells.values())]
    return [cell for cell in found if cell.where is not None]


def page_of(view: ImportView, number: int) -> c.Page:
    """Page `number` (from 1) with a box for every value read on it; lines carry their number."""
    here = [cell for cell in cells(view) if cell.where and cell.where.page == number and cell.where.box]
    width, height = next(((cell.where.page_width, cell.where.page_height) for cell in here if cell.where and cell.where.page_width), LETTER)
    received = view.received
    return c.Page(
        image_url=f"{links.record(received)}page/{number}.png", width=width or LETTER[0], height=height or LETTER[1],
        boxes=[_box(cell) for cell in here], name=received.file.name, detail=f"page {number} of {view.pages or 1}",
        note=f"{view.layout} layout", number=number,
    )  # fmt: skip


def pages_with_values(view: ImportView) -> list[int]:
    """Numbers of the pages on which something was read."""
    return sorted({cell.where.page for cell in cells(view) if cell.where and cell.where.page})


def sheets_with_values(view: ImportView) -> list[str]:
    """Names of the sheets on which something was read, in the order it is shown; [] for a file without sheets."""
    return list(dict.fromkeys(cell.where.sheet for cell in cells(view) if cell.where and cell.where.sheet))


def sheet_of(view: ImportView, name: str | None) -> c.Sheet:
    """The part of the sheet that holds what was read, cells marked."""
    marked = cells(view)
    rows = _rows(str(view.received.file.path), view.received.sha256, name)
    places = {cell.where.cell: cell for cell in marked if cell.where and cell.where.cell and cell.where.sheet == name}
    wide = min(max((len(row) for row in rows), default=0), MOST_COLUMNS)
    columns = [letters(number) for number in range(wide)]
    shown = [(number, _row(row, number, columns, places)) for number, row in enumerate(rows[:MOST_ROWS], 1)]
    more = f"first {MOST_ROWS} of {len(rows)} rows" if len(rows) > MOST_ROWS else f"{len(rows)} rows"
    return c.Sheet(view.received.file.name, columns, shown, detail=f"{name}, {more}" if name else more, note=f"{view.layout} layout")


def _row(row: tuple[str, ...], number: int, columns: Iterable[str], places: dict[str, Cell]) -> list[c.SheetCell]:
    found = []
    for at, letter in enumerate(columns):
        cell = places.get(f"{letter}{number}")
        found.append(c.SheetCell(row[at] if at < len(row) else "", cell.place if cell else "", STATES[cell.state] if cell else ""))
    return found


@functools.lru_cache(maxsize=32)
def _rows(path: str, sha256: str, sheet: str | None) -> tuple[tuple[str, ...], ...]:
    """The sheet's text, kept by the file's hash: every fix shows the page again."""
    return documents.sheet_cells(pathlib.Path(path), sheet)


def _box(cell: Cell) -> c.Box:
    assert cell.where is not None and cell.where.box is not None
    x0, top, x1, bottom = cell.where.box
    number = cell.place.split(":")[1] if cell.place.startswith("line:") else ""
    return c.Box(cell.place, x0 - 2, top - 2, x1 - x0 + 4, bottom - top + 4, STATES[cell.state], f"{cell.name.replace('_', ' ')}: {cell.text}", number)
