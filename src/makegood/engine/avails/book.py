"""The book as placed: shares of voice taken off the top, then lines by priority, then holds.

One per priority asked for, so that 'possible' sees only what may not be displaced.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from makegood.engine.avails.flow import Cells, Flow
from makegood.engine.avails.records import RANK, Booked, Contender


class Book:
    """Booked lines and holds placed in cells; `look_up` answers for one more without keeping it."""

    def __init__(self, capacity: Cells, lines: Sequence[tuple[Booked, Cells]], *, epochs: int) -> None:
        self._shares: list[tuple[Booked, Cells, Cells]] = []
        left = capacity.copy()
        for booked, cells in lines:
            if booked.share is not None:
                taken = np.minimum(np.rint(capacity[cells] * booked.share).astype(np.int64), left[cells])
                left[cells] -= taken
                self._shares.append((booked, cells, taken))
        placed = sorted(
            ((booked, cells) for booked, cells in lines if booked.share is None),
            key=lambda line: (line[0].held, RANK[line[0].priority], line[0].line_id),
        )
        self._lines = [booked for booked, _ in placed]
        self._flow = Flow(left, lines=len(placed) + 1, epochs=epochs)
        self.oversold = tuple(
            (booked.line_id, short)
            for booked, cells in placed
            if (short := booked.units - self._flow.insert(cells, booked.units)[1]) > 0
        )

    def look_up(self, cells: Cells) -> tuple[int, list[Contender]]:
        """The most units free in `cells` without harming anybody, and who holds the rest of them."""
        node, found = self._flow.insert(cells, None)
        stuck = self._flow.units_in(node)[:node]
        self._flow.remove(node)
        contenders = [
            Contender(one.line_id, units, one.held) for one, units in zip(self._lines, stuck, strict=True) if units
        ]
        for booked, own, taken in self._shares:
            if units := int(taken[np.isin(own, cells)].sum()):
                contenders.append(Contender(booked.line_id, units, booked.held))
        return found, sorted(contenders, key=lambda one: (-one.units, one.line_id))
