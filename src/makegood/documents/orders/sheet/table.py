"""The tables of a workbook or CSV as they are, a cell each: figures and days keep their value, everything else is text."""
import pathlib
from datetime import date
from decimal import Decimal

from makegood.documents.orders import sniff
from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.sheet import delimited, grid, workbook

Cell = str | Decimal | date
Table = list[list[Cell]]


def tables(path: pathlib.Path) -> dict[str, Table]:
    """Sheet name -> rows from A1; a CSV is one without a name. Raises UnreadableDocument naming what is wrong with the file."""
    kind = sniff.media_type(path)
    if kind == sniff.PDF:
        raise UnreadableDocument("this is a PDF", path.name, "send the sheet as XLSX, XLS or CSV, or import the order")
    if kind == sniff.CSV:
        return {"": [list(row) for row in delimited.rows(path)]}
    book = workbook.opened(path)
    return {name: [[_cell(raw) for raw in row] for row in workbook.cells_of(book, name, path)[0]] for name in book.sheet_names}


def _cell(raw: grid.Raw) -> Cell:
    if isinstance(raw, str):
        return raw.strip()
    native = grid.native_of(raw)
    return grid.text_of(raw) if native is None else native
