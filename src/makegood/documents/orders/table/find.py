"""All tables of a document read, with what their amounts sum to; those that hold the lines are chosen in `together`.

Returns lines as cells; messages are made in `lines`.
"""
import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.table import counting, units
from makegood.documents.orders.table import header as headers_module
from makegood.documents.orders.table.header import Header
from makegood.documents.orders.table.rows import Line, fitted

MONTHS_BELOW = re.compile(r"(?:(?:billing|broadcast|calendar|invoice) )?month|(?:time|billing) period|bill plan", re.IGNORECASE)
STRAY, LEAST_USUAL = 0.35, 2.0
DATED = {"start", "dates", "date"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind of header over all pages; `strays` fit it far worse, as footers and notes do, and fees."""

    header: Header
    lines: tuple[Line, ...]
    strays: tuple[Line, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """Sum of the amounts, None without any."""
        found = [amount for line in self.lines if (amount := amount_of(line, self.header)) is not None]
        return sum(found, Decimal()) if found else None

    @property
    def worth(self) -> float:
        """How much it looks like the table of lines: what its columns say, then how many rows it has."""
        names = self.header.names
        score = 3.0 * ("amount" in names) + 2.0 * ("line_number" in names) + 1.0 * ("placement" in names)
        score += 0.4 * headers_module.known(self.header.columns) + min(1.0, len(self.lines) / 10)
        return score if self.lines else -1.0


def amount_of(line: Line, header: Header) -> Decimal | None:
    """The money of a line: its amount; in a table without amounts rate times count (of a thousand where the rate is), or the rate of a single spot.

    A spot credited or missed costs nothing, whatever its rate.
    """
    by_name = {cell.column.name: cell.value for cell in line.cells}
    if "amount" in header.names:
        value = by_name.get("amount")
        return value if isinstance(value, Decimal) else None
    rate, count = by_name.get("rate"), by_name.get("quantity") or by_name.get("spots_per_week")
    if not isinstance(rate, Decimal) or units.FREE.search(str(by_name.get("comment", ""))) or by_name.get("length_s") == 0:
        return None
    if not isinstance(count, Decimal):
        return rate
    headings = {cell.column.name: cell.column.text for cell in line.cells}
    count = count * 1000 if units.in_thousands(headings.get("quantity", "")) else count
    return rate * count / 1000 if units.per_thousand(headings.get("rate", ""), str(by_name.get("rate_type", ""))) else rate * count


@dataclass(slots=True)
class Marked:
    """Rows that are headers or lines (leaf number: indices) and columns of amounts (leaf number: row, edges)."""

    rows: dict[int, set[int]]
    amounts: dict[int, list[tuple[int, float, float]]]


def tables(leaves: Iterable[Leaf], manner: Manner) -> tuple[list[Table], Marked]:
    """Every table, best first, and what of the leaves they take up."""
    seen: dict[tuple[str, ...], Header] = {}
    rows: dict[tuple[str, ...], list[Line]] = {}
    marked = Marked({}, {})
    for leaf in leaves:
        found = headers_module.headers(leaf)
        active = list(seen.values()) if not found else []  # a page without a header continues the tables before it
        at = {header.last: header for header in found}
        taken = marked.rows.setdefault(leaf.number, set())
        taken.update(at)  # the row above a header's last may also hold labels of the document
        marked.amounts[leaf.number] = [(header.last, column.x0, column.x1) for header in found or active
                                       for column in header.columns if column.name == "amount"]
        for index, row in enumerate(leaf.rows):
            if index in at:
                header = at[index]
                seen.setdefault(header.signature, header)
                active = [*(other for other in active if other.signature != header.signature), header]
            if MONTHS_BELOW.fullmatch(row[0].text.strip(" :")) and len(row) > 1 and index not in at:
                active = []  # a table of months follows; its header need not be one of lines
            if index in taken or not active:
                continue
            fits = [(line, header) for header in reversed(active)
                    if (line := fitted(row, index, header, leaf, manner)) is not None]
            if fits:
                line, header = max(fits, key=lambda pair: pair[0].fit)
                rows.setdefault(header.signature, []).append(line)
                taken.add(index)
    result = [table_of(seen[signature], lines) for signature, lines in rows.items()]
    return sorted(result, key=lambda table: -table.worth), marked


def table_of(header: Header, lines: list[Line]) -> Table:
    """The table of a header's rows."""
    kept = like_the_others(lines)
    strays = tuple(line for line in lines if line not in kept)
    if not counting.counts(header, kept):
        return Table(header, kept, strays)
    return Table(counting.header_of(header), tuple(map(counting.line_of, kept)), tuple(map(counting.line_of, strays)))


def like_the_others(lines: list[Line]) -> tuple[Line, ...]:
    """Lines without the strays: footers and notes that fit the header far worse than the rest. On sheets, where a cell's column

    is certain, a row with days of its own stays a line even where it lacks its figures."""
    usual = statistics.median(line.fit for line in lines)
    certain = lines[0].cells[0].chunk.place.page is None
    return tuple(line for line in lines if usual < LEAST_USUAL or line.fit >= STRAY * usual
                 or (certain and any(cell.column.name in DATED for cell in line.cells)))
