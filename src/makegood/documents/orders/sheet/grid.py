"""A grid of cells as a leaf: columns far apart, rows one unit high, each cell a chunk with its name.

Shared by workbooks and CSV files.
"""
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from makegood.documents.orders.leaf import Chunk, Leaf
from makegood.documents.orders.messages import Place
from makegood.documents.orders.values import numbers

TALLEST = 200  # rows of one merged cell that say its text
PITCH, WIDTH = 100.0, 80.0  # so wide a gap that no cell is taken for its neighbour's
Raw = str | float | int | bool | date | datetime | time | timedelta | None
Span = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


def leaf_of(cells: Sequence[Sequence[Raw]], number: int, sheet: str | None, merged: Sequence[Span] = ()) -> Leaf:
    """The cells as rows of chunks; a merged cell is one chunk over all its columns, and a merged text is said in each of its rows."""
    width = {(row, column): last_column for row, column, _, last_column in merged}
    tall = {(below, column): (row, last_column) for row, column, last_row, last_column in merged
            for below in range(row + 1, min(last_row, row + TALLEST) + 1)}
    rows = []
    for row_index, row in enumerate(cells):
        chunks = tuple(found for column, raw in enumerate(row)
                       if (found := whole(cells, raw, row_index, column, width, tall, sheet)) is not None)
        if chunks:
            rows.append(chunks)
    return Leaf(number, tuple(rows), 1.0, sheet)


def whole(cells: Sequence[Sequence[Raw]], raw: Raw, row: int, column: int, width: dict[tuple[int, int], int],
          tall: dict[tuple[int, int], tuple[int, int]], sheet: str | None) -> Chunk | None:
    """The cell as a chunk; in the lower rows of a merged cell its text again, but never its figure, which counts once."""
    if text_of(raw):
        return chunk(raw, row, column, width.get((row, column), column), sheet)
    if (row, column) not in tall:
        return None
    first, last_column = tall[row, column]
    above = cells[first][column] if column < len(cells[first]) else None
    if not isinstance(above, str) or not text_of(above) or numbers.money(text_of(above)) is not None:
        return None
    return replace(chunk(above, row, column, last_column, sheet), place=Place(sheet=sheet, cell=f"{letters(column)}{first + 1}"))


def chunk(raw: Raw, row: int, column: int, last_column: int, sheet: str | None) -> Chunk:
    """One cell. Numbers and dates keep their value, text stays text."""
    place = Place(sheet=sheet, cell=f"{letters(column)}{row + 1}")
    return Chunk(text_of(raw), column * PITCH, float(row), last_column * PITCH + WIDTH, row + 0.9, place, native_of(raw))


def letters(column: int) -> str:
    """Column number from 0 as A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def native_of(raw: Raw) -> Decimal | date | None:
    """The typed value of a cell: floats as the shortest decimal, so 1200.0 is 1200."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, (int, float)):
        value = Decimal(repr(raw)) if raw == raw and abs(raw) != float("inf") else None
        return value.quantize(Decimal(1)) if value is not None and value == value.to_integral_value() else value
    if isinstance(raw, datetime):
        return raw.date()
    return raw if isinstance(raw, date) else None


def text_of(raw: Raw) -> str:
    """What a person sees, more or less: dates ISO, whole floats without '.0', texts on one line."""
    native = native_of(raw)
    if native is not None:
        return format(native, "f") if isinstance(native, Decimal) else native.isoformat()
    return "" if raw is None else " ".join(str(raw).split())
