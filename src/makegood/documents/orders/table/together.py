"""Which tables hold the lines: one on a page; on sheets one, or several that together make the total the document names.

Tables that look like lines and are not taken are said to be left out.
"""
import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.messages import Place, Problem, Severity
from makegood.documents.orders.table.find import Table, amount_of

MOST_TOGETHER, FEWEST_NAMES = 6, 4
PRICED = {"amount", "rate"}
SLACK = Decimal("0.05")


def chosen(found: Sequence[Table], totals: Iterable[Decimal], leaves: Sequence[Leaf]) -> tuple[Table, ...]:
    """The tables of lines in reading order: a likely one that makes a total named by the document, else several that do, else the likeliest."""
    if not found:
        return ()
    wanted = set(totals)
    if on_sheets(leaves):
        return summed(found, wanted) or several(found, wanted) or (max(found, key=lambda table: table.worth),)
    found = [with_strays(table, wanted) for table in found]
    agreeing = [table for table in found if table.total and table.total in wanted and len(table.header.names) >= FEWEST_NAMES]
    return (max(agreeing or found, key=lambda table: table.worth),)


def with_strays(table: Table, wanted: set[Decimal]) -> Table:
    """The table with rows that hardly fit it, a fee without units and days say, where only with them it makes a total named."""
    more = [amount for line in table.strays if (amount := amount_of(line, table.header)) is not None]
    if not more or table.total is None or table.total in wanted or table.total + sum(more, Decimal()) not in wanted:
        return table
    return dataclasses.replace(table, lines=tuple(sorted((*table.lines, *table.strays), key=lambda line: (line.leaf, line.row))), strays=())


def summed(found: Sequence[Table], wanted: set[Decimal]) -> tuple[Table, ...]:
    """The tables whose amounts together are the largest total named (of equals the fewest, then the likeliest), () where none are."""
    priced = [table for table in found if table.total and table.header.names & PRICED and len(table.header.names) >= FEWEST_NAMES][:MOST_TOGETHER]
    best: tuple[tuple[Decimal, int, float], tuple[Table, ...]] | None = None
    for many in range(1, len(priced) + 1):
        for some in itertools.combinations(priced, many):
            whole = total(some) or Decimal()
            if any(abs(whole - one) <= SLACK for one in wanted):
                rank = (whole, -many, sum(table.worth for table in some))
                best = (rank, some) if best is None or rank > best[0] else best
    return in_order(best[1]) if best else ()


def several(found: Sequence[Table], wanted: set[Decimal]) -> tuple[Table, ...]:
    """Where no total is named, every table that has lines with days and money of its own."""
    if wanted:
        return ()
    return in_order(table for table in found if table.total and line_like(table))


def line_like(table: Table) -> bool:
    """Days and money in one table: what is bought, not a rate card and not a summary."""
    names = table.header.names
    return bool(names & PRICED) and bool(names & {"start", "dates", "date"}) and len(names) >= FEWEST_NAMES


def total(taken: Sequence[Table]) -> Decimal | None:
    """What all their amounts sum to, None without any."""
    found = [one for table in taken if (one := table.total) is not None]
    return sum(found, Decimal()) if found else None


def in_order(tables: Iterable[Table]) -> tuple[Table, ...]:
    """As a person reads them."""
    return tuple(sorted(tables, key=lambda table: (table.lines[0].leaf, table.lines[0].row)))


def on_sheets(leaves: Sequence[Leaf]) -> bool:
    """Whether the document is a workbook or a text of cells, where each table is set apart on purpose."""
    return all(chunk.place.page is None for leaf in leaves for row in leaf.rows[:1] for chunk in row[:1])


def left_out(found: Sequence[Table], taken: Sequence[Table], leaves: Sequence[Leaf]) -> Iterator[Problem]:
    """A warning for each table of a sheet that looks like lines, has money in it and was not taken."""
    for table in found if on_sheets(leaves) else ():
        if table in taken or not table.total or not line_like(table):
            continue
        place = table.lines[0].cells[0].chunk.place
        yield Problem(Severity.WARNING, "table_left_out", f"a table of {len(table.lines)} lines and {table.total:,f} was not taken",
                      "confirm that it is no part of the order, or name the total of all lines", Place(sheet=place.sheet, cell=place.cell))
