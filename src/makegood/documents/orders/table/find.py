"""All tables of a document read, and the one that holds the lines chosen, on what its amounts sum to.

Returns lines as cells; messages are made in `lines`.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.table import header as headers_module
from makegood.documents.orders.table.header import Header
from makegood.documents.orders.table.rows import Line, fitted


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind of header over all pages."""

    header: Header
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal | None:
        """Sum of the amounts (of the rates where the table has no amounts), None without any."""
        found = [amount for line in self.lines if (amount := amount_of(line)) is not None]
        return sum(found, Decimal()) if found else None

    @property
    def worth(self) -> float:
        """How much it looks like the table of lines: what its columns say, then how many rows it has."""
        names = self.header.names
        score = 3.0 * ("amount" in names) + 2.0 * ("line_number" in names) + 1.0 * ("placement" in names)
        score += 0.4 * headers_module.known(self.header.columns) + min(1.0, len(self.lines) / 10)
        return score if self.lines else -1.0


def amount_of(line: Line) -> Decimal | None:
    """The money of a line: its amount; a table without amounts has rates of single spots."""
    by_name = {cell.column.name: cell.value for cell in line.cells}
    value = by_name.get("amount")
    if value is None:
        rate, count = by_name.get("rate"), by_name.get("quantity") or by_name.get("spots_per_week")
        if isinstance(rate, Decimal):
            value = rate * count if isinstance(count, Decimal) else rate
    return value if isinstance(value, Decimal) else None


def tables(leaves: Iterable[Leaf], manner: Manner) -> tuple[list[Table], dict[int, set[int]]]:
    """Every table, best first, and the rows (leaf number: indices) that are headers or lines."""
    seen: dict[tuple[str, ...], Header] = {}
    rows: dict[tuple[str, ...], list[Line]] = {}
    used: dict[int, set[int]] = {}
    for leaf in leaves:
        found = headers_module.headers(leaf)
        active = list(seen.values()) if not found else []  # a page without a header continues the tables before it
        at = {header.last: header for header in found}
        taken = used.setdefault(leaf.number, set())
        for header in found:
            taken.add(header.last)  # the row above may also hold labels of the document
        for index, row in enumerate(leaf.rows):
            if index in at:
                header = at[index]
                seen.setdefault(header.signature, header)
                active = [other for other in active if other.signature != header.signature] + [header]
            if index in taken or not active:
                continue
            fits = [(line, header) for header in reversed(active)
                    if (line := fitted(row, index, header, leaf, manner)) is not None]
            if fits:
                line, header = max(fits, key=lambda pair: pair[0].fit)
                rows.setdefault(header.signature, []).append(line)
                taken.add(index)
    result = [Table(seen.get(signature, header_of(signature, seen)), tuple(lines)) for signature, lines in rows.items()]
    return sorted(result, key=lambda table: -table.worth), used


def header_of(signature: tuple[str, ...], seen: dict[tuple[str, ...], Header]) -> Header:
    """The first header with this signature."""
    return seen[signature]


def chosen(found: list[Table], totals: Iterable[Decimal]) -> Table | None:
    """The table of lines: among the likely ones, the one whose sum is a total named by the document."""
    if not found:
        return None
    wanted = set(totals)
    agreeing = [table for table in found if table.total and table.total in wanted and len(table.header.names) >= 4]
    return max(agreeing or found, key=lambda table: table.worth)
