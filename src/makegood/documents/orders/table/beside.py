"""Tables set beside each other on one sheet, parted into leaves of their own, so that each row is read under its own header.

Decided by headers alone: a column left empty from the header down, behind which a column comes a second time.
"""
import dataclasses
import itertools
from collections.abc import Sequence

from makegood.documents.orders.leaf import Chunk, Leaf, Row
from makegood.documents.orders.table import header

REPEATING = {"other", "unknown", "weekday", "comment", "copy"}  # columns that one table may well have twice
FEWEST = 2  # known columns of a table beside another


def parted(leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """Sheets with the tables beside others set behind them; pages and sheets without any as they are, numbered anew."""
    if any(chunk.place.page is not None for leaf in leaves for row in leaf.rows[:1] for chunk in row[:1]):
        return tuple(leaves)
    found = [part for leaf in leaves for part in parts(leaf)]
    return tuple(leaves) if len(found) == len(leaves) else tuple(dataclasses.replace(part, number=number) for number, part in enumerate(found, 1))


def parts(leaf: Leaf) -> list[Leaf]:
    """The sheet without the tables beside its first, then each of those."""
    for index, row in enumerate(leaf.rows):
        if (edge := edge_of(leaf, index, row)) is not None:
            last = last_row(leaf, index, edge)
            first = index - 1 if index and header.close(leaf, index) and all(chunk.native is None for chunk in leaf.rows[index - 1]) else index
            left = [kept if not first <= at <= last else tuple(chunk for chunk in kept if chunk.x0 < edge) for at, kept in enumerate(leaf.rows)]
            right = [tuple(chunk for chunk in kept if chunk.x0 >= edge) for kept in leaf.rows[first:last + 1]]
            return [part for rows in (left, right) for part in parts(dataclasses.replace(leaf, rows=tuple(kept for kept in rows if kept)))]
    return [leaf]


def edge_of(leaf: Leaf, index: int, row: Row) -> float | None:
    """Where a second table begins in a header row, None where none does."""
    columns = header.columns_of((row,))
    if not header.header_like(columns):
        return None
    for left, right in itertools.pairwise(columns):
        before = {column.name for column in columns if column.x1 <= left.x1} - REPEATING
        behind = [column.name for column in columns if column.x0 >= right.x0 and column.name != "unknown"]
        if right.x0 - left.x1 > 1.1 * gap_of(row) and len(behind) >= FEWEST and before & set(behind) and empty(leaf, index, left.x1, right.x0):
            return right.x0
    return None


def gap_of(row: Row) -> float:
    """The room between two neighbouring cells: the least there is in the row."""
    return min((right.x0 - left.x1 for left, right in itertools.pairwise(row)), default=0.0)


def empty(leaf: Leaf, index: int, x0: float, x1: float) -> bool:
    """Whether nothing stands between the two edges in the rows of the table."""
    return not any(inside(chunk, x0, x1) for row in leaf.rows[index:last_row(leaf, index, x1) + 1] for chunk in row)


def inside(chunk: Chunk, x0: float, x1: float) -> bool:
    return chunk.x0 < x1 and chunk.x1 > x0


def last_row(leaf: Leaf, index: int, edge: float) -> int:
    """The last row of the table that begins at `edge` under the header: the one before the first that has nothing there."""
    last = index
    for at in range(index + 1, len(leaf.rows)):
        if leaf.rows[at][0].top - leaf.rows[last][0].top > 1 or not any(chunk.x1 > edge for chunk in leaf.rows[at]):
            break
        last = at
    return last
