"""Who occupies whose cells: units of each line inside every other's cells, kept up to date move by move.

The flow's search runs on this small square table instead of on the cells.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.int64]
FEW = 64


class Overlap:
    """`_units[a, b]` units of line b inside the cells of line a; `_free[a]` free units there. All exact integers."""

    def __init__(self, lines: int, groups: int, epochs: int) -> None:
        self._epochs, self._lines = epochs, 0
        self._group = np.zeros((lines, groups), dtype=np.bool_)
        self._epoch = np.zeros((lines, epochs), dtype=np.bool_)
        self._units = np.zeros((lines, lines), dtype=np.int64)
        self._free = np.zeros(lines, dtype=np.int64)

    def add(self, node: int, cells: Cells, others: Sequence[Cells], placed: Sequence[Cells], free: Cells) -> None:
        """Add a line without units, measuring what the others and nobody have in its cells."""
        self._lines = node + 1
        self._group[node], self._epoch[node] = False, False
        self._group[node][cells // self._epochs] = True
        self._epoch[node][cells % self._epochs] = True
        self._units[node], self._units[:, node] = 0, 0
        self._free[node] = int(free[cells].sum())
        inside = np.zeros(len(free), dtype=np.bool_)
        inside[cells] = True
        near = (self._group[:node] & self._group[node]).any(axis=1) & (self._epoch[:node] & self._epoch[node]).any(
            axis=1
        )
        for other in np.flatnonzero(near).tolist():
            self._units[node, other] = int(placed[other][inside[others[other]]].sum())

    def drop(self, node: int) -> None:
        """Forget the last line."""
        self._lines = node
        self._units[node], self._units[:, node], self._free[node] = 0, 0, 0

    def moved(self, cells: Cells, units: Cells, *, giver: int | None, taker: int | None) -> None:
        """Account for `units` beside one line's `cells` passing from giver to taker; None is nobody, the free cells."""
        seen = self._seen_by(cells, units)
        for node, sign in ((giver, -1), (taker, 1)):
            if node is None:
                self._free[: self._lines] += sign * seen
            else:
                self._units[: self._lines, node] += sign * seen

    def units(self, node: int, other: int) -> int:
        return int(self._units[node, other])

    def inside(self, node: int) -> list[int]:
        """Units of every line inside the cells of `node`."""
        found: list[int] = self._units[node, : self._lines].tolist()
        return found

    def levels(self, node: int) -> list[list[int]]:
        """Lines by distance from `node` through cells they occupy, down to the first with free cells; [] if none."""
        lines = self._lines
        near = np.zeros(lines, dtype=np.bool_)
        near[node] = True
        levels, seen = [[node]], near.copy()
        while True:
            near = (self._units[:lines, :lines][near] > 0).any(axis=0) & ~seen
            if not near.any():
                return []
            seen |= near
            levels.append(np.flatnonzero(near).tolist())
            if self._free[:lines][near].any():
                return levels

    def _seen_by(self, cells: Cells, units: Cells) -> Cells:
        """How many of `units` lie inside each line's cells, shape (lines,)."""
        used = np.flatnonzero(units)
        groups, epochs = cells[used] // self._epochs, cells[used] % self._epochs
        if len(used) <= FEW:
            eligible = self._group[: self._lines][:, groups] & self._epoch[: self._lines][:, epochs]
            return np.asarray(eligible @ units[used], dtype=np.int64)
        group, row = np.unique(groups, return_inverse=True)
        epoch, column = np.unique(epochs, return_inverse=True)
        table = np.zeros((len(group), len(epoch)))
        table[row, column] = units[used]
        per_epoch = self._group[: self._lines][:, group].astype(np.float64) @ table
        return np.asarray(np.rint((per_epoch * self._epoch[: self._lines][:, epoch]).sum(axis=1)), dtype=np.int64)
