"""The maximum flow: integer units of lines placed in cells they are eligible for, re-placed to make room.

Dinic's blocking flows (1970) over lines instead of cells: moving many cells' units from one line to another is one step.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from makegood.engine.avails.overlap import Overlap

Cells = npt.NDArray[np.int64]
Node = int


class Flow:
    """Lines placed in cells. `placed[n]` and `cells[n]` run side by side; `free` is what each cell has left.

    A cell is group × `epochs` + epoch, and each line's cells are some groups on some epochs; `lines` is the most held.
    """

    def __init__(self, capacity: Cells, *, lines: int, epochs: int = 1) -> None:
        self.free = capacity.copy()
        self.cells: list[Cells] = []
        self.placed: list[Cells] = []
        self._whole = int(capacity.sum())
        self._overlap = Overlap(lines, len(capacity) // epochs, epochs)

    def insert(self, cells: Cells, units: int | None) -> tuple[Node, int]:
        """Add a line eligible for `cells` (ascending) and place up to `units` (None: as many as fit), harming nobody.

        Returns its node and the units placed: the most there are, whatever the order of insertions.
        """
        node = len(self.cells)
        self._overlap.add(node, cells, self.cells, self.placed, self.free)
        self.cells.append(cells)
        self.placed.append(np.zeros(len(cells), dtype=np.int64))
        wanted = self._whole if units is None else max(0, units)
        done = self._place(node, wanted, spread=True)
        while done < wanted and (levels := self._overlap.levels(node)):
            done += self._push(node, wanted - done, levels, 1, set())
        return node, done

    def remove(self, node: Node) -> None:
        """Take back the last line inserted; the others keep the places they were moved to."""
        if node != len(self.cells) - 1:
            raise ValueError("only the last line inserted can be taken back")
        self._overlap.moved(node, self.cells[node], self.placed[node], giver=node, taker=None)
        self._overlap.drop(node)
        self.free[self.cells[node]] += self.placed[node]
        del self.cells[node], self.placed[node]

    def units_in(self, node: Node) -> list[int]:
        """Units every other line has placed inside the cells of `node`."""
        return self._overlap.inside(node)

    def _place(self, node: Node, wanted: int, *, spread: bool = False) -> int:
        """Fill free cells of a line, evenly when `spread`, so that no cell is exhausted early; returns units placed."""
        cells = self.cells[node]
        room = self.free[cells]
        total = int(room.sum())
        units = min(wanted, total)
        if units <= 0:
            return 0
        take = (room * (units / total)).astype(np.int64) if spread else np.zeros_like(room)
        take = _topped_up(np.minimum(take, room), room, units)
        self.placed[node] += take
        self.free[cells] -= take
        self._overlap.moved(node, cells, take, giver=None, taker=node)
        return units

    def _push(self, node: Node, wanted: int, levels: Sequence[Sequence[Node]], depth: int, spent: set[Node]) -> int:
        """Give `node` up to `wanted` units from lines one level on, each first re-placed itself; at least one if any.

        A line that cannot be re-placed as far as asked is spent for the rest of the phase.
        """
        done, last = 0, depth == len(levels) - 1
        for other in levels[depth]:
            room = min(wanted - done, self._overlap.units(node, other))
            if room == 0 or other in spent:
                continue
            moved = self._place(other, room) if last else self._push(other, room, levels, depth + 1, spent)
            if moved < room:
                spent.add(other)
            if moved:
                self._hand_over(other, node, moved)
                done += moved
            if done == wanted:
                break
        return done

    def _hand_over(self, giver: Node, taker: Node, units: int) -> None:
        """Move `units` places inside the taker's cells from the giver to the taker."""
        own, cells = self.cells[giver], self.cells[taker]
        found = np.minimum(np.searchsorted(cells, own), len(cells) - 1)
        inside = np.where(cells[found] == own, self.placed[giver], 0)
        take = _topped_up(np.zeros_like(inside), inside, units)
        given = take > 0
        self.placed[giver] -= take
        self.placed[taker][found[given]] += take[given]
        self._overlap.moved(giver, own, take, giver=giver, taker=taker)


def _topped_up(take: Cells, room: Cells, units: int) -> Cells:
    """`take` brought to `units` in all, first come first served where `room` is left."""
    filled = np.minimum(np.cumsum(room - take), units - int(take.sum()))
    take[0] += filled[0]
    take[1:] += filled[1:] - filled[:-1]
    return take
