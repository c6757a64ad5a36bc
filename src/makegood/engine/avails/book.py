"""The book, alive: lines and holds placed in cells, booked, cancelled and edited in place, and looked up without harm.

Booked lines before holds, shares of voice before units, then by priority and id: a line never loses to a later one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from makegood.engine import reach
from makegood.engine.avails import giving
from makegood.engine.avails.network import PLACED, Ints
from makegood.engine.avails.positions import ASKER, Positions
from makegood.engine.avails.records import RANK, Booked, Contender, LineInvalid

MOST = 1 << 60
IDS, RANKS, COUNTED, HELD = 1 << 57, 1 << 58, 1 << 61, 1 << 62  # the order of a line as one number


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """A line in the book and its nodes: one, or for a share of voice one a cell, which cannot move."""

    line: Booked
    cells: Ints
    nodes: list[int]


class Book:
    """Capacity in cells and who has it. The answers depend on the lines in it, not on the order they came in.

    `capacity` are whole requests per cell; the cells of a line are numbers into it, ascending. Raises LineInvalid.
    """

    def __init__(self, capacity: Ints, lines: Iterable[tuple[Booked, Ints]] = ()) -> None:
        if not np.issubdtype(capacity.dtype, np.integer) or (capacity < 0).any():
            raise LineInvalid("the capacity of a cell is not a whole number of requests; round it down first")
        self.capacity = capacity.astype(np.int64)
        self._at = Positions(self.capacity)
        self._entries: dict[int, _Entry] = {}
        for line, cells in lines:
            self._enter(line, cells)
        self._at.fill_up()

    def book(self, line: Booked, cells: Ints) -> int:
        """Add a line and place it, displacing what comes after it in the book if need be; the units it got."""
        for node in self._enter(line, cells).nodes:
            self._claim(node)
        return self.placed(line.line_id)

    def cancel(self, line_id: int) -> None:
        """Take a line out; what it had goes to those that are short, in the order of the book."""
        for node in self._entry(line_id).nodes:
            self._at.remove(node)
        del self._entries[line_id]
        self._at.fill_up()

    def edit(self, line: Booked, cells: Ints) -> int:
        """Replace the line of that id, the same as cancelling and booking it; the units it got."""
        self.cancel(line.line_id)
        return self.book(line, cells)

    def placed(self, line_id: int) -> int:
        """Units that the line has a place for."""
        return sum(self._at.placed(node) for node in self._entry(line_id).nodes)

    @property
    def oversold(self) -> dict[int, int]:
        """{line id: units without a place} of the lines that do not fit, be it for others or for their own cap."""
        found = {line_id: self._wanted(entry) - self.placed(line_id) for line_id, entry in self._entries.items()}
        return {line_id: short for line_id, short in found.items() if short}

    def matched(self, cells: Ints) -> int:
        """Requests in the cells, whoever has them."""
        return int(self.capacity[cells].sum())

    def untouched(self, cells: Ints) -> int:
        """Units free in the cells as everybody happens to be placed; `available` moves others and finds more."""
        return int(self._at.net.free[cells].sum())

    def available(self, cells: Ints, units: int | None = None) -> int:
        """The most units (up to `units`) free in the cells without harming anybody."""
        found = giving.place(self._at.ask(cells), ASKER, MOST if units is None else units)
        self._at.put_back()
        return found

    def possible(self, cells: Ints, priority: str) -> int:
        """The most units in the cells when lines of a lower priority may lose theirs."""
        net = self._at.ask(cells)
        found = giving.place(net, ASKER, MOST)
        found += giving.overrule(net, self._at.order, ASKER, MOST, RANKS, RANK[priority])
        self._at.put_back()
        return found

    def contenders(self, cells: Ints) -> tuple[int, list[Contender]]:
        """(available, who has the rest), most first. A contender's units are what would be there without it and those
        after it in the book, less what would be there without those after it: they add up, whatever the placing.
        """
        net = self._at.ask(cells)
        free = giving.place(net, ASKER, MOST)
        others = self._at.reached()
        giving.book_first(net, ASKER, others, net.node[PLACED, others])
        return free, self._put_back()

    def displaced(self, line: Booked, cells: Ints) -> list[Contender]:
        """Whom booking that line would leave short, and by how much."""
        line.check()
        net = self._at.ask(cells)
        free = giving.place(net, ASKER, line.units)
        giving.displace(net, self._at.order, ASKER, line.units - free, _order(line))
        return self._put_back()

    def contending(self, line_id: int) -> list[Contender]:
        """Who has what a booked line could have instead: the contenders for its cells with the line taken out."""
        entry = self._entry(line_id)
        had = [self._at.placed(node) for node in entry.nodes]
        for node in entry.nodes:
            giving.restore(self._at.net, node)
        found = self.contenders(entry.cells)[1]
        for node, units in zip(entry.nodes, had, strict=True):
            giving.place(self._at.net, node, units)
        return found

    def _put_back(self) -> list[Contender]:
        """Who lost what to the asker, most first; everybody has it back afterwards."""
        gone: dict[int, int] = {}
        for node, units in self._at.lost(keep=True):
            gone[int(self._at.order[node])] = gone.get(int(self._at.order[node]), 0) + units
        self._at.put_back()
        found = [Contender(order % RANKS - IDS, units, order >= HELD) for order, units in gone.items()]
        return sorted(found, key=lambda one: (-one.units, one.line_id))

    def _enter(self, line: Booked, cells: Ints) -> _Entry:
        """Write the line down, nothing placed yet."""
        line.check()
        if line.line_id in self._entries:
            raise LineInvalid(f"line {line.line_id}: booked already; edit or cancel it instead")
        order = _order(line)
        nodes = [self._at.add(own, order, units) for own, units in self._parts(line, cells)]
        entry = self._entries[line.line_id] = _Entry(line, cells, nodes)
        return entry

    def _parts(self, line: Booked, cells: Ints) -> list[tuple[Ints, int]]:
        """Cells and units of each node of a line: one for its units; for a share of voice one a cell, which cannot move."""
        if line.share is None:
            capped = reach.within_cap(self.matched(cells), line.frequency_cap, line.requests_per_person_day)
            return [(cells, line.units if line.frequency_cap is None else min(line.units, capped))]
        return [(cells[n : n + 1], round(int(self.capacity[cells[n]]) * line.share)) for n in range(len(cells))]

    def _wanted(self, entry: _Entry) -> int:
        return entry.line.units if entry.line.share is None else int(self._at.needs[entry.nodes].sum())

    def _claim(self, node: int) -> None:
        """Place what a node needs, at the cost of later lines where there is not enough."""
        units, order = int(self._at.needs[node]), int(self._at.order[node])
        got = giving.place(self._at.net, node, units)
        if got < units:
            giving.displace(self._at.net, self._at.order, node, units - got, order)
            self._at.lost(keep=False)

    def _entry(self, line_id: int) -> _Entry:
        if line_id not in self._entries:
            raise LineInvalid(f"line {line_id}: not in the book; book it first")
        return self._entries[line_id]


def _order(line: Booked) -> int:
    """The place of a line in the book as one number: held last, shares first, then priority, then id."""
    if not -IDS <= line.line_id < IDS:
        raise LineInvalid(f"line {line.line_id}: its id is out of range; ids are below 2^57")
    return line.held * HELD + (line.share is None) * COUNTED + RANK[line.priority] * RANKS + line.line_id + IDS
