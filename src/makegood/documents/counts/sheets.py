"""The tables of a file as text: a csv is one without a name, a workbook has its visible sheets."""

import pathlib

from makegood.documents.orders import sniff
from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.orders.sheet import delimited, grid, workbook

Table = list[list[str]]
KINDS = {sniff.PDF: "a PDF", sniff.JSON: "JSON"}  # of orders, not of counts


def of(path: pathlib.Path) -> dict[str, Table]:
    """Sheet name -> rows of text from A1. Raises UnreadableDocument naming what is wrong with the file."""
    kind = sniff.media_type(path)
    if kind == sniff.CSV:
        return {"": delimited.rows(path)}
    if kind in KINDS:
        raise UnreadableDocument(f"this is {KINDS[kind]}", path.name, "send the counts as CSV, XLSX or XLS")
    book = workbook.opened(path)
    return {name: [[grid.text_of(raw) for raw in row] for row in workbook.cells_of(book, name, path)[0]] for name in book.sheet_names}
