"""The edges between contracts and cells in both orders, with what is wrong with them.

Counting sort, compiled: edges are many.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from makegood.engine.allocation.arrays import Floats, Ints, Numbers
from makegood.engine.allocation.contracts import ContractInvalid
from makegood.engine.kernels import compiled


def both_orders(cells: Sequence[Ints], count: int, names: Sequence[int]) -> tuple[Ints, Numbers, Ints, Numbers]:
    """(first, cell, first_of_cell, who) of contracts with these cells of `count`; contracts ascend within a cell.

    Raises ContractInvalid by `names` for a cell that does not exist or comes twice.
    """
    lengths = np.array([len(own) for own in cells], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    cell = np.concatenate(cells).astype(np.int64) if len(cells) else np.zeros(0, dtype=np.int64)
    outside = (cell < 0) | (cell >= count)
    if outside.any():
        edge = int(np.argmax(outside))
        owner = int(np.searchsorted(first, edge, side="right")) - 1
        raise ContractInvalid(f"contract {names[owner]}: cell {cell[edge]} is not one of the {count} cells")
    narrow, first_of_cell = cell.astype(np.uint32), np.zeros(count + 1, dtype=np.int64)
    first_of_cell[1:] = np.cumsum(np.bincount(cell, minlength=count))
    who = np.empty(len(cell), dtype=np.uint32)
    twice = _by_cell(first, narrow, first_of_cell, who)
    if twice >= 0:
        raise ContractInvalid(f"contract {names[twice]}: a cell is listed twice")
    return first, narrow, first_of_cell, who


@compiled
def _by_cell(first: Ints, cell: Numbers, first_of_cell: Ints, who: Numbers) -> int:
    """Fill `who`; returns a contract that lists a cell twice, −1 when none does."""
    filled = first_of_cell[:-1].copy()
    for j in range(len(first) - 1):
        for k in range(first[j], first[j + 1]):
            i = cell[k]
            if filled[i] > first_of_cell[i] and who[filled[i] - 1] == j:
                return j
            who[filled[i]] = j
            filled[i] += 1
    return -1


def totals(s: Floats, cell: Numbers, first: Ints) -> Floats:
    """Σ s over each contract's cells; 0 for a contract without cells."""
    owner = np.repeat(np.arange(len(first) - 1), np.diff(first))
    found = np.bincount(owner, weights=s[cell], minlength=len(first) - 1)
    return np.asarray(found, dtype=np.float64)
