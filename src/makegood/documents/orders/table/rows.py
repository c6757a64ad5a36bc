"""Rows under a header: which chunk stands in which column, and whether the row is a line at all.

Totals, notes and page furniture are told from lines here; lines become messages in `lines`.
"""
import itertools
import re
from dataclasses import dataclass
from datetime import date

from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Chunk, Leaf, Row, joined, part_of
from makegood.documents.orders.table import cells
from makegood.documents.orders.table.header import Column, Header
from makegood.documents.orders.values import dates

SUMMARY = re.compile(r"\W*(?:(?:grand|sub|page|net|gross|order|contract|campaign|monthly|running|line|package|media|invoice)[ -]*)*"
                     r"(?:totals?|totaux|summe|gesamt\w*|zwischensumme|subtotal|suma|totale|netto\w*|brutto\w*|gross|net|vat|tax(?:es)?|mwst|tva|iva"
                     r"|ust|btw|gst|sales tax|(?:less )?(?:\d{1,2}(?:[.,]\d+)?\s?% )?(?:agency )?(?:commission|comm|discount|fee)s?|agenturprovision|ae[- ]provision|remise"
                     r"|rabatt|summa|totalt|i alt|razem|ogółem|moms|podatek|totaal\w*|subtotaal|importe total|sous[- ]total|sub[- ]total|montant total|montant ttc|base imponible|mehrwertsteuer|umsatzsteuer|gesamtbetrag|i\.v\.a|t\.v\.a|b\.t\.w|commissie|comisión|bureau\w*|korting|mittlerverg\w*|zwischen\w*|balance|deposit|payments? received|amount paid|amount due|budget|plus|zzgl)\b", re.IGNORECASE)
SECTION = re.compile(r"(?:\S+ ){1,4}(?:sub-?)?(?:totals?|totaal|summe|gesamt)\W*", re.IGNORECASE)  # the sum of a section, called after it
FARTHEST = 14.0  # text heights between a chunk and the header of its column
FIGURE = re.compile(r"[$€£]\s?[\d,]+(?:\.\d\d)?|(?<![\d.])[\d,]+\.\d\d(?!\d)|\d{1,2}/\d{1,2}/\d{2,4}(?:\s?-\s?\d{1,2}/\d{1,2}/\d{2,4})?"
                    r"|(?<!\S)\d?\d?:\d\d(?!\S)|^[A-Z]?\s?\d{1,3}(?=\s)|(?<!\S)\d+$")
TOTAL = re.compile(r"\W*(?:(?:gross|net|grand|order|contract|invoice) (?:total|amount)(?: due)?|totals?|(?:agency )?commission|amount due)\W*",
                   re.IGNORECASE)


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
    pieces = [piece for chunk in row for piece in pieces_of(chunk, header)]
    taken = assigned(pieces, header, leaf.unit, manner)
    found = []
    for index in sorted({index for index, _ in taken.values()}):
        chunks = [piece for number, piece in enumerate(pieces) if number in taken and taken[number][0] == index]
        value = next(value for place, value in taken.values() if place == index)
        whole = joined(chunks)
        found.append(Cell(header.columns[index], whole, value if len(chunks) == 1 else whole.text))
    if not is_line(tuple(found), header):
        return None
    names = {cell.column.name for cell in found}
    fit = float(sum(cell.column.kind != "text" for cell in found)) - 0.5 * (len(pieces) - len(taken))
    return Line(leaf.number, row_index, tuple(found), fit - 1.5 * len((header.names & {"amount", "line_number"}) - names))


def pieces_of(chunk: Chunk, header: Header) -> list[Chunk]:
    """A chunk that reaches over several columns is cut before and behind its dates, amounts and lengths."""
    over = sum(column.x0 < chunk.x1 and chunk.x0 < column.x1 for column in header.columns)
    if chunk.native is not None or over < 2:
        return [chunk]
    cuts = sorted({0, len(chunk.text), *(edge for found in FIGURE.finditer(chunk.text) for edge in found.span())})
    parts = [part for first, last in itertools.pairwise(cuts) if (part := chunk.text[first:last].strip())]
    return [part_of(chunk, part) for part in parts] if len(parts) > 1 else [chunk]


def assigned(pieces: list[Chunk], header: Header, unit: float, manner: Manner) -> dict[int, tuple[int, object]]:
    """{piece: (column, value)}: cheapest pairs first, a column of figures takes one piece only."""
    offers = []
    for number, piece in enumerate(pieces):
        figure = cells.read(piece, "money", manner) is not None or cells.read(piece, "date", manner) is not None
        for index, column in enumerate(header.columns):
            away = distance(piece, column) / unit
            if away > FARTHEST or (column.kind == "text" and figure and away > 0.2 * unit):
                continue
            value = cells.read(piece, column.kind, manner)
            if value is not None:
                offers.append((away + strangeness(piece, column, figure), number, index, value))
    taken: dict[int, tuple[int, object]] = {}
    full: set[int] = set()
    for _, number, index, value in sorted(offers, key=lambda offer: offer[:3]):
        if number in taken or index in full:
            continue
        taken[number] = (index, value)
        if header.columns[index].kind != "text":
            full.add(index)
    return taken


def strangeness(piece: Chunk, column: Column, figure: bool) -> float:
    """How unusual a text is for its column, in units of distance: figures among texts, bare numbers as money."""
    if column.kind == "text":
        return 3.0 if figure else 0.5
    if column.kind == "money" and piece.native is None and not re.search(r"[$€£]|[.,]\d\d\b", piece.text):
        return 4.0
    return 0.0


def is_summary(row: Row) -> bool:
    """Totals, tax, commission and fee rows: their first words say so, or words just left of a figure do."""
    first = next((chunk for chunk in row if any(letter.isalpha() for letter in chunk.text)), None)
    if first is not None and SUMMARY.match(first.text) is not None and len(first.text.split()) <= 10:
        return True
    if first is not None and SECTION.fullmatch(first.text) is not None and not any(is_day(chunk) for chunk in row):
        return True  # 'Display total', but no line that runs from one day to another
    return any(TOTAL.fullmatch(chunk.text) and any(letter.isdigit() for letter in after.text)
               for chunk, after in itertools.pairwise(row))


def is_day(chunk: Chunk) -> bool:
    """Whether a cell is a date or says one."""
    return isinstance(chunk.native, date) or (chunk.native is None and dates.PATTERN.search(chunk.text) is not None)


def is_line(found: tuple[Cell, ...], header: Header) -> bool:
    """Money or a count, and something that says what for: a text, a number of its own or dates."""
    names = {cell.column.name for cell in found}
    figures = names & {"amount", "rate", "quantity", "spots_per_week"}
    subject = names & {"placement", "line_number", "start", "dates", "date", "site", "format", "daypart", "days"}
    if header.names >= {"line_number", "amount"} and "line_number" not in names:
        return bool(figures) and bool(subject) and sum(cell.column.kind != "text" for cell in found) >= 2
    return (bool(figures) and bool(subject) and len(found) >= 3) or ("amount" in names and "placement" in names)


def distance(chunk: Chunk, column: Column) -> float:
    """How far chunk and header are apart, mostly by the gap between them and a little by their middles and edges."""
    gap = max(0.0, column.x0 - chunk.x1, chunk.x0 - column.x1)
    lined_up = min(abs(chunk.x0 - column.x0), abs(chunk.x1 - column.x1), abs(chunk.middle - (column.x0 + column.x1) / 2))
    return gap + 0.2 * lined_up
