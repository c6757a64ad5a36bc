"""A column called 'Total' that counts spots, not money: bare whole numbers beside rates that carry a sign.

Columns and cells only; which rows are lines is decided in `find`.
"""
import dataclasses
import re
from collections.abc import Sequence

from makegood.documents.orders.table.header import Column, Header
from makegood.documents.orders.table.rows import Line

BARE, SIGNED = re.compile(r"\d{1,4}"), re.compile(r"[$€£]\s?\d|\d[.,]\d\d\b")
CALLED = {"total", "totals"}


def counts(header: Header, lines: Sequence[Line]) -> bool:
    """Whether the table's amounts are counts: called no more than 'total', none with a sign or cents, the rates all with one."""
    amounts = [column for column in header.columns if column.name == "amount"]
    if len(amounts) != 1 or amounts[0].text.casefold().strip(" :") not in CALLED or "quantity" in header.names:
        return False
    said = {name: [cell.chunk for line in lines for cell in line.cells if cell.column.name == name] for name in ("amount", "rate")}
    return all(said.values()) and all(chunk.native is None and BARE.fullmatch(chunk.text.strip()) for chunk in said["amount"]) and all(
        SIGNED.search(chunk.text) for chunk in said["rate"])


def header_of(header: Header) -> Header:
    """The header with its column of counts called so."""
    return dataclasses.replace(header, columns=tuple(map(column_of, header.columns)))


def line_of(line: Line) -> Line:
    """The line with its cells in the columns called anew."""
    return dataclasses.replace(line, cells=tuple(dataclasses.replace(cell, column=column_of(cell.column)) for cell in line.cells))


def column_of(column: Column) -> Column:
    """A column of amounts as one of counts; others as they are."""
    return dataclasses.replace(column, name="quantity", kind="count") if column.name == "amount" else column
