"""Rows under a header: which chunk stands in which column, and whether the row is a line at all.

Totals, notes and page furniture are told from lines here; lines become messages in `lines`.
"""
import re
from dataclasses import dataclass

from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Chunk, Leaf, Row, joined
from makegood.documents.orders.table import cells
from makegood.documents.orders.table.header import Column, Header

SUMMARY = re.compile(r"\W*(?:(?:grand|sub|page|net|gross|order|contract|campaign|monthly|running|line|package|media|invoice)[ -]*)*"
                     r"(?:totals?|totaux|summe|gesamt\w*|zwischensumme|subtotal|suma|totale|netto\w*|brutto\w*|gross|net|vat|tax(?:es)?|mwst|tva|iva"
                     r"|ust|btw|gst|sales tax|(?:less )?(?:agency )?(?:commission|comm|discount|fee)s?|agenturprovision|ae[- ]provision|remise"
                     r"|rabatt|balance|amount due|budget|plus|zzgl)\b", re.IGNORECASE)
TEXT_FOR_FIGURE = 30.0  # units of distance by which a text column stands back for a figure


@dataclass(frozen=True, slots=True)
class Cell:
    """A chunk in its column with the value read from it."""

    column: Column
    chunk: Chunk
    value: object


@dataclass(frozen=True, slots=True)
class Line:
    """A row that fits its header: its cells and how well it fits."""

    leaf: int
    row: int
    cells: tuple[Cell, ...]
    fit: float


def fitted(row: Row, row_index: int, header: Header, leaf: Leaf, manner: Manner) -> Line | None:
    """The row read under the header, None for totals, notes and rows without figures."""
    if not row or is_summary(row):
        return None
    taken: dict[int, list[Chunk]] = {}
    typed: dict[int, object] = {}
    fit = 0.0
    for chunk in row:
        best, value = place(chunk, header, leaf.unit, manner, typed)
        if best is None:
            fit -= 0.5
            continue
        taken.setdefault(best, []).append(chunk)
        if header.columns[best].kind != "text":
            typed[best] = value
            fit += 1.0
    found = tuple(Cell(header.columns[index], joined(chunks), typed.get(index, joined(chunks).text))
                  for index, chunks in sorted(taken.items()))
    names = {cell.column.name for cell in found}
    fit -= 1.5 * len((header.names & {"amount", "line_number"}) - names)
    if not is_line(found, header):
        return None
    return Line(leaf.number, row_index, found, fit)


def is_summary(row: Row) -> bool:
    """Totals, tax, commission and fee rows: their first words say so."""
    first = next((chunk for chunk in row if any(letter.isalpha() for letter in chunk.text)), None)
    return first is not None and SUMMARY.match(first.text) is not None and len(first.text.split()) <= 6


def is_line(found: tuple[Cell, ...], header: Header) -> bool:
    """Money or a count, and something that says what for: a text, a number of its own or dates."""
    names = {cell.column.name for cell in found}
    figures = names & {"amount", "rate", "quantity", "spots_per_week"}
    subject = names & {"placement", "line_number", "start", "dates", "date", "site", "format", "daypart", "days"}
    if header.names >= {"line_number", "amount"} and "placement" not in header.names:
        return bool(figures) and "line_number" in names
    return bool(figures) and bool(subject) and len(found) >= 3 or ("amount" in names and "placement" in names)


def place(chunk: Chunk, header: Header, unit: float, manner: Manner, typed: dict[int, object]) -> tuple[int | None, object]:
    """The column a chunk belongs to and its value there: the nearest one whose kind it can be."""
    best: tuple[float, int, object] | None = None
    figure = cells.read(chunk, "money", manner) is not None or cells.read(chunk, "date", manner) is not None
    for index, column in enumerate(header.columns):
        if column.kind != "text" and index in typed:
            continue
        away = distance(chunk, column) / unit
        value = cells.read(chunk, column.kind, manner)
        if value is None or away > 14 or (column.kind == "text" and figure and away > 0):
            continue
        cost = away + (3.0 if column.kind == "text" and figure else 0.0)
        if best is None or cost < best[0]:
            best = (cost, index, value)
    return (None, None) if best is None else (best[1], best[2])


def distance(chunk: Chunk, column: Column) -> float:
    """How far chunk and header are apart, mostly by the gap between them and a little by their middles and edges."""
    gap = max(0.0, column.x0 - chunk.x1, chunk.x0 - column.x1)
    lined_up = min(abs(chunk.x0 - column.x0), abs(chunk.x1 - column.x1), abs(chunk.middle - (column.x0 + column.x1) / 2))
    return gap + 0.2 * lined_up
