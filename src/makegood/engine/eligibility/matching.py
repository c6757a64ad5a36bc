"""Many targetings against many supply rows at once, without a table of one by the other.

Answers what `targeting.matches` answers for every pair. Dates and forecasts are added in `graph`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from makegood.engine.eligibility import kernels, refining
from makegood.engine.eligibility.groups import carried, grouped, postings
from makegood.engine.eligibility.vocabulary import vocabulary
from makegood.engine.supply import Supply
from makegood.engine.targeting import Targeting

GROWTH = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Row n is in cell `cell[n]`; targeting t accepts the cells found[first[t] : first[t + 1]], ascending.

    Rows are in one cell exactly when all targetings answer them alike; there are `cells`, at least one.
    """

    cell: npt.NDArray[np.int32]
    first: npt.NDArray[np.int64]
    found: npt.NDArray[np.int32]
    cells: int

    def of(self, targeting: int) -> npt.NDArray[np.int32]:
        """Cells of the targeting with that number."""
        return self.found[self.first[targeting] : self.first[targeting + 1]]

    def rows(self, targeting: int) -> npt.NDArray[np.bool_]:
        """Which rows it accepts, bool, shape (rows,)."""
        accepted = np.zeros(self.cells, dtype=np.bool_)
        accepted[self.of(targeting)] = True
        return np.asarray(accepted[self.cell])


def match(supply: Supply, targetings: Sequence[Targeting]) -> Matches:
    """The cells of every targeting. Memory: the rows' words, then the edges between groups and targetings (4 bytes).

    Time: per targeting the words of its predicates, each at most groups / 64 steps, and its edges twice.
    """
    words = vocabulary(targetings)
    columns = carried(supply, words)
    group, sample = grouped(columns, supply.rows)
    lists = postings(columns, sample, words.size)
    first = np.zeros(len(targetings) + 1, dtype=np.int64)
    found = np.zeros(4 * len(sample), dtype=np.int32)
    done = 0
    while (done := kernels.match(words.program, lists, done, len(sample), first, found)) < len(targetings):
        found.resize(int(GROWTH * len(found)) + len(sample), refcheck=False)
    part = refining.refine(first, found, len(sample))
    cells = refining.number(part)
    refining.merge(first, found, part, cells)
    found.resize(int(first[-1]), refcheck=False)
    return Matches(part[group], first, found, max(1, cells))
