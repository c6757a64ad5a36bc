"""The allocation problem as bare arrays: capacities, who may have which cell, and what each contract is owed.

Checked once, here; kernels trust it. Knows nothing of targeting, dates or tiers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from makegood.engine.allocation import crew, edges
from makegood.engine.allocation.arrays import Floats, Ints, Numbers
from makegood.engine.allocation.contracts import ContractInvalid

UNBOUNDED = 1e18  # x never comes near; infinity is not allowed in re-ordered sums


class CapacityInvalid(ValueError):
    """A cell's capacity is not a number at or above zero."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """`s` capacities; `d`, `p`, `v` demand, penalty, weight, `theta` the even share, `most` the largest x of contracts.

    Edges twice: `cell` by contract from `first`, `who` by cell from `first_of_cell`; kernels take either in `parts`.
    """

    s: Floats
    d: Floats
    p: Floats
    v: Floats
    theta: Floats
    most: Floats
    supply: Floats
    first: Ints
    cell: Numbers
    first_of_cell: Ints
    who: Numbers
    parts: tuple[crew.Part, ...]
    parts_of_cells: tuple[crew.Part, ...]

    @property
    def contracts(self) -> int:
        return len(self.d)

    @property
    def widest(self) -> int:
        """The edges of the busiest cell or contract."""
        return int(max(np.diff(self.first).max(initial=1), np.diff(self.first_of_cell).max(initial=1)))


def problem(
    capacity: Floats,
    cells: Sequence[Ints],
    demand: Floats,
    penalty: Floats,
    weight: Floats | None = None,
    most: Floats | None = None,
    *,
    ids: Sequence[int] | None = None,
) -> Problem:
    """Contract j may have `cells[j]`; of any cell at most the part `most[j]` (a frequency cap), default no bound.

    Raises CapacityInvalid, and ContractInvalid naming the contract by `ids` or else by its position: figures that are
    not numbers, nothing owed, no requests, cells that do not exist or are listed twice.
    """
    names = range(len(cells)) if ids is None else ids
    s, d, p = (np.ascontiguousarray(given, dtype=np.float64) for given in (capacity, demand, penalty))
    v = np.ones(len(d)) if weight is None else np.asarray(weight, dtype=np.float64)
    cap = np.ones(len(d)) if most is None else np.asarray(most, dtype=np.float64)
    _check_capacity(s)
    for what, fine in (
        ("demand", np.isfinite(d) & (d > 0)),
        ("penalty", np.isfinite(p) & (p >= 0)),
        ("weight", np.isfinite(v) & (v > 0)),
        ("most of a cell", (cap > 0) & (cap <= 1)),
    ):
        _check(names, what, fine)
    first, cell, first_of_cell, who = edges.both_orders(cells, len(s), names)
    supply = edges.totals(s, cell, first)
    _check(names, "supply: it matches no requests, and so its target", supply > 0)
    theta = np.minimum(d / np.where(supply > 0, supply, 1.0), cap)
    bound = np.where(cap < 1, cap, UNBOUNDED)
    parts = crew.parts(first), crew.parts(first_of_cell)
    return Problem(s, d, p, v, theta, bound, supply, first, cell, first_of_cell, who, *parts)


def _check(names: Sequence[int], what: str, fine: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
    if not fine.all():
        raise ContractInvalid(f"contract {names[int(np.argmin(fine))]}: its {what} is not a number that can be planned")


def _check_capacity(s: Floats) -> None:
    fine = np.isfinite(s) & (s >= 0)
    if not fine.all():
        bad = int(np.argmin(fine))
        raise CapacityInvalid(f"cell {bad}: capacity {s[bad]} must be a number of requests, at least zero")
