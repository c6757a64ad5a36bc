"""Cells and rows of a sheet's table of lines that could not be read: named one by one, so that nothing is left out in silence.

Asked of sheets only, where a cell's column is certain.
"""
from collections.abc import Iterator, Mapping, Sequence

from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Chunk, Leaf, Row
from makegood.documents.orders.messages import Place, Problem, Severity
from makegood.documents.orders.table import cells, together
from makegood.documents.orders.table.find import Table
from makegood.documents.orders.table.header import Column
from makegood.documents.orders.table.rows import Line, is_summary

FIGURES = {"date": "date", "range": "pair of dates", "money": "amount", "count": "whole number", "length": "length in seconds"}
FIELDS = {"dates": "start", "date": "start"}
FEWEST_CELLS, MOST_NAMED = 3, 6


def problems(taken: Sequence[Table], leaves: Sequence[Leaf], manner: Manner) -> Iterator[Problem]:
    """An error for each cell that is not what its column holds, and one for all rows among the lines that are no lines."""
    if not taken or not together.on_sheets(leaves):
        return
    by_number = {leaf.number: leaf for leaf in leaves}
    lines = [(table, line) for table in taken for line in table.lines]
    for number, (table, line) in enumerate(lines, start=1):
        row = by_number[line.leaf].rows[line.row]
        for column in table.header.columns:
            if column.kind in FIGURES and column.name != "line_number" and (chunk := unread(row, column, line, manner)) is not None:
                yield Problem(Severity.ERROR, "unread_cell", f"{chunk.text!r} under {column.text!r} is no {FIGURES[column.kind]}", f"write a {FIGURES[column.kind]} there",
                              chunk.place, number, FIELDS.get(column.name, column.name))
    lost = [row for table in taken for row in left_out(table, by_number)]
    if lost:
        yield rows_left_out(lost)


def unread(row: Row, column: Column, line: Line, manner: Manner) -> Chunk | None:
    """The text under a column of figures that gave no value; a cell taken by a column of the same name does not count."""
    if any(cell.column.name == column.name for cell in line.cells):
        return None
    for chunk in row:
        if chunk.x0 < column.x1 and column.x0 < chunk.x1 and any(letter.isalnum() for letter in chunk.text) and cells.read(chunk, column.kind, manner) is None:
            return chunk
    return None


def left_out(table: Table, by_number: Mapping[int, Leaf]) -> Iterator[Row]:
    """Rows between a table's first and last line, and right under the last, that hold several cells with a figure and are neither lines nor sums."""
    for number in sorted({line.leaf for line in table.lines}):
        taken = {line.row for line in table.lines if line.leaf == number}
        rows = by_number[number].rows
        for index in range(min(taken), min(len(rows), max(taken) + 2)):
            row = rows[index]
            if index in taken or len(row) < FEWEST_CELLS or is_summary(row) or row[0].top - rows[index - 1][0].top > 1:
                continue
            under = [chunk for chunk in row if any(column.kind in FIGURES and chunk.x0 < column.x1 and column.x0 < chunk.x1 for column in table.header.columns)]
            if any(letter.isdigit() for chunk in under for letter in chunk.text) and any(letter.isalpha() for letter in row[0].text):
                yield row


def rows_left_out(lost: Sequence[Row]) -> Problem:
    """One error that names every such row."""
    names = ", ".join(str(row[0].place) for row in lost[:MOST_NAMED]) + (f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else "")
    place = lost[0][0].place
    return Problem(Severity.ERROR, "row_left_out", f"{len(lost)} {'row' if len(lost) == 1 else 'rows'} among the lines could not be read as lines: {names}",
                   "give each its days, units and amount in the table's columns, or confirm that it is none", Place(sheet=place.sheet, cell=place.cell))
