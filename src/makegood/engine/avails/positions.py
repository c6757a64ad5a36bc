"""Positions: nodes taken and given back in a network that grows when it is full. Node 0 belongs to whoever asks.

What a node means (a line, one cell of a share) is the book's.
"""

from __future__ import annotations

import numpy as np

from makegood.engine.avails import giving, network
from makegood.engine.avails.network import COUNT, FIRST, LEVEL, LOST, PLACED, TO, Ints, Network

ASKER, NOBODY = 0, -1  # the node of who asks; the order of a node that is not in use


class Positions:
    """Nodes in `net`, each with its place in the book's `order` and the units it `needs`.

    Edges are handed out in turn, and gathered when they run out.
    """

    def __init__(self, capacity: Ints, *, nodes: int = 64, edges: int = 4096) -> None:
        self._capacity = capacity
        self.net = network.empty(capacity, nodes=nodes, edges=edges)
        self.order = np.full(nodes, NOBODY, dtype=np.int64)
        self.needs = np.zeros(nodes, dtype=np.int64)
        self._spare: list[int] = list(range(nodes - 1, ASKER, -1))
        self._edges = self._words = 0

    def add(self, cells: Ints, order: int, units: int) -> int:
        """A node with edges to `cells` (ascending) that needs so many units and has none yet."""
        self._make_room(len(cells))
        node = self._spare.pop()
        self.order[node], self.needs[node] = order, units
        self._words += network.connect(self.net, node, cells, self._edges, self._words)
        self._edges += len(cells)
        return node

    def remove(self, node: int) -> None:
        """Free what the node has and take it back."""
        network.clear(self.net, node, self.net.node[PLACED, node])
        self.net.node[:, node], self.order[node], self.needs[node] = 0, NOBODY, 0
        self._spare.append(node)

    def ask(self, cells: Ints) -> Network:
        """The network with the asker's node at `cells`; only until the next node is added."""
        self._make_room(len(cells))
        network.connect(self.net, ASKER, cells, self._edges, self._words)
        return self.net

    def lost(self, *, keep: bool) -> list[tuple[int, int]]:
        """(node, units) of those displaced since the last time; without `keep` they are forgotten: it is for good."""
        nodes = np.flatnonzero(self.net.node[LOST])
        found = [(int(node), int(self.net.node[LOST, node])) for node in nodes]
        if not keep:
            self.net.node[LOST, nodes] = 0
        return found

    def placed(self, node: int) -> int:
        """Units the node has."""
        return int(self.net.node[PLACED, node])

    def short(self) -> Ints:
        """Nodes that have less than they need, in the order of the book."""
        return self._in_order(np.flatnonzero(self.needs > self.net.node[PLACED]))

    def reached(self) -> Ints:
        """Nodes that the last search met, in the order of the book. All their cells, and all who are there, were met too."""
        return self._in_order(np.flatnonzero(self.net.node[LEVEL] > 0))

    def fill_up(self) -> None:
        """Place what is missing of those that are short, the earlier in the book first."""
        nodes = self.short()
        giving.place_in_turn(self.net, nodes, self.needs[nodes] - self.net.node[PLACED, nodes])
        self.lost(keep=False)

    def put_back(self) -> None:
        """Take everything from the asker, and give the others what they lost to it."""
        giving.restore(self.net, ASKER)

    def _in_order(self, nodes: Ints) -> Ints:
        return nodes[np.argsort(self.order[nodes], kind="stable")]

    def _make_room(self, edges: int) -> None:
        """Gather the edges in use into a larger network when one more node of so many edges would not fit."""
        if self._spare and self._edges + edges <= len(self.net.flow):
            return
        old, used = self.net, np.flatnonzero(self.order != NOBODY)
        nodes = max(old.node.shape[1], 2 * (len(used) + 1))
        room = max(len(old.flow), 2 * (int(old.node[COUNT, used].sum()) + edges))
        self.net = network.empty(self._capacity, nodes=nodes, edges=room)
        self._edges = self._words = 0
        for node in used.tolist():
            first, count = int(old.node[FIRST, node]), int(old.node[COUNT, node])
            cells = old.edge[first : first + count, TO].astype(np.int64)
            self._words += network.connect(self.net, node, cells, self._edges, self._words)
            network.repeat(self.net, node, old.flow[first : first + count])
            self._edges += count
        more = nodes - len(self.order)
        self.order = np.concatenate((self.order, np.full(more, NOBODY, dtype=np.int64)))
        self.needs = np.concatenate((self.needs, np.zeros(more, dtype=np.int64)))
        self._spare = [node for node in range(nodes - 1, ASKER, -1) if self.order[node] == NOBODY]
