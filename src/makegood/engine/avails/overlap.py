"""Who occupies whose cells: units of each line inside every other's cells, kept up to date move by move.

The flow's search runs on this small square table instead of on the cells.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.int64]


class Overlap:
    """`_units[a, b]` units of line b inside the cells of line a; `_free[a]` free units there. All exact integers."""

    def __init__(self, lines: int, groups: int, epochs: int) -> None:
        self._epochs, self._lines = epochs, 0
        self._group = np.zeros((lines, groups), dtype=np.bool_)
        self._epoch = np.zeros((lines, epochs), dtype=np.bool_)
        self._near: list[Cells] = []
        self._units = np.zeros((lines, lines), dtype=np.int64)
        self._free = np.zeros(lines, dtype=np.int64)

    def add(self, node: int, cells: Cells, others: Sequence[Cells], placed: Sequence[Cells], free: Cells) -> None:
        """Add a line without units, measuring what the others and nobody have in its cells."""
        self._lines = node + 1
        self._group[node], self._epoch[node] = False, False
        self._group[node][cells // self._epochs] = True
        self._epoch[node][cells % self._epochs] = True
        self._free[node] = int(free[cells].sum())
        inside = np.zeros(len(free), dtype=np.bool_)
        inside[cells] = True
        shared = np.flatnonzero(
            self._epoch[: node + 1, self._epoch[node]].any(axis=1)
            & self._group[: node + 1, self._group[node]].any(axis=1)
        )
        self._near.append(shared)
        for other in shared[shared < node].tolist():
            self._near[other] = np.append(self._near[other], node)
            self._units[node, other] = int(placed[other][inside[others[other]]].sum())

    def drop(self, node: int) -> None:
        """Forget the last line."""
        self._lines = node
        for other in self._near.pop().tolist():
            if other != node:
                self._near[other] = self._near[other][:-1]
        self._units[node], self._units[:, node], self._free[node] = 0, 0, 0

    def moved(self, owner: int, cells: Cells, units: Cells, *, giver: int | None, taker: int | None) -> None:
        """Account for `units` beside the owner's `cells` passing from giver to taker; None is nobody, the free cells."""
        near = self._near[owner]
        seen = self._seen_by(near, cells, units)
        for node, sign in ((giver, -1), (taker, 1)):
            if node is None:
                self._free[near] += sign * seen
            else:
                self._units[near, node] += sign * seen

    def units(self, node: int, other: int) -> int:
        """Units of `other` inside the cells of `node`."""
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

    def _seen_by(self, lines: Cells, cells: Cells, units: Cells) -> Cells:
        """How many of `units`, beside `cells`, lie inside the cells of each of `lines`."""
        used = np.flatnonzero(units)
        epoch = cells[used] % self._epochs
        group = cells[used] // self._epochs
        eligible = self._group[lines[:, None], group] & self._epoch[lines[:, None], epoch]
        return np.asarray(eligible @ units[used], dtype=np.int64)
