"""XLSX and XLS workbooks through calamine: visible sheets as leaves, any sheet as rows of text.

Values only: formulas arrive as their last results.
"""
import pathlib
from collections.abc import Sequence

import python_calamine

from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.sheet import grid

MOST_ROWS, MOST_COLUMNS = 20_000, 200


def leaves(path: pathlib.Path) -> tuple[Leaf, ...]:
    """Every visible sheet with anything in it. Raises UnreadableDocument when the workbook is damaged or empty."""
    found = []
    book = opened(path)
    for index, meta in enumerate(book.sheets_metadata):
        if meta.visible is python_calamine.SheetVisibleEnum.Visible and meta.typ is python_calamine.SheetTypeEnum.WorkSheet:
            found.append(leaf(book, meta.name, index + 1, path))
    filled = tuple(page for page in found if page.rows)
    if not filled:
        raise UnreadableDocument("the workbook has no visible sheet with anything in it", path.name, "ask for it again")
    return filled


def opened(path: pathlib.Path) -> python_calamine.CalamineWorkbook:
    """The workbook or a named refusal."""
    try:
        return python_calamine.CalamineWorkbook.from_path(path)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise UnreadableDocument("the workbook is encrypted", path.name, "send it without a password") from error
        raise UnreadableDocument("the workbook is cut off or damaged", path.name, "ask for it again") from error


def leaf(book: python_calamine.CalamineWorkbook, name: str, number: int, path: pathlib.Path) -> Leaf:
    """One sheet as a leaf."""
    cells, merged = cells_of(book, name, path)
    return grid.leaf_of(cells, number, name, merged)


def cells_of(book: python_calamine.CalamineWorkbook, name: str,
             path: pathlib.Path) -> tuple[Sequence[Sequence[grid.Raw]], list[grid.Span]]:
    """All cells from A1 and the merged ranges. Raises UnreadableDocument for a damaged or oversized sheet."""
    try:
        sheet = book.get_sheet_by_name(name)
        ranges = sheet.merged_cell_ranges or []
        return filled(sheet, name, path), [(*first, *last) for first, last in ranges if first[0] < MOST_ROWS and first[1] < MOST_COLUMNS]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableDocument("the sheet is damaged", f"{path.name}, sheet {name}", "ask for it again") from error


def filled(sheet: python_calamine.CalamineSheet, name: str, path: pathlib.Path) -> list[list[grid.Raw]]:
    """All rows from A1 to the last with anything in it: millions of blank ones and blank columns cost nothing, filled ones out there are refused."""
    before: list[grid.Raw] = [None] * (sheet.start[1] if sheet.start else 0)
    found: list[list[grid.Raw]] = []
    blank = 0
    for row in sheet.iter_rows():
        if row.count("") == len(row) or not any(grid.text_of(raw) for raw in row):
            blank += 1
            continue
        at, column = len(found) + blank + 1, max(index for index, raw in enumerate(row) if grid.text_of(raw)) + len(before)
        if at > MOST_ROWS or column >= MOST_COLUMNS:
            raise UnreadableDocument("something stands far outside the order", f"{path.name}, sheet {name}, cell {grid.letters(column)}{at}",
                                     f"delete it, or send at most {MOST_ROWS} rows and {MOST_COLUMNS} columns")
        found += [[] for _ in range(blank)]
        found.append([*before, *row[:MOST_COLUMNS]])
        blank = 0
    return found


def rows(path: pathlib.Path, name: str) -> tuple[tuple[str, ...], ...]:
    """The sheet as text, from A1. Raises UnreadableDocument when there is no such sheet."""
    book = opened(path)
    if name not in book.sheet_names:
        raise UnreadableDocument(f"there is no sheet {name}", path.name, f"choose one of {', '.join(book.sheet_names)}")
    cells, _ = cells_of(book, name, path)
    return tuple(tuple(grid.text_of(raw) for raw in row) for row in cells)
