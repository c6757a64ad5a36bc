"""Full re-solves of a booked supply graph with one line more: the peers that the living book is measured beside.

Each takes booked lines as (units, ptr, cells) and answers the most that fits of the new line.
"""
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from makegood.engine.avails import giving, network

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Whole requests per cell, and the booked lines on them in the order they are placed."""

    capacity: Ints
    units: Ints
    ptr: Ints
    cells: Ints

    def line(self, number: int) -> Ints:
        """The cells of one line."""
        return self.cells[self.ptr[number] : self.ptr[number + 1]]


class ByScipy:
    """scipy.sparse.csgraph.maximum_flow over source, lines, cells and sink; building the matrix is not counted."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.booked = graph, int(graph.units.sum())

    def matrix(self, cells: Ints, units: int) -> csr_array:
        """Rows: source, booked lines, the new line, cells, sink. 32-bit, as scipy asks for."""
        lines, count = len(self.graph.units) + 1, len(self.graph.capacity)
        sink = 1 + lines + count
        line_edges = np.append(np.diff(self.graph.ptr), len(cells))
        ptr = np.concatenate(([0, lines], lines + np.cumsum(line_edges), lines + line_edges.sum() + np.arange(1, count + 1)))
        ptr = np.append(ptr, ptr[-1])
        joined = np.concatenate((self.graph.cells, cells))
        heads = np.concatenate((np.arange(1, lines + 1), 1 + lines + joined, np.full(count, sink)))
        most = np.concatenate((np.append(self.graph.units, units), self.graph.capacity[joined], self.graph.capacity))
        return csr_array((most.astype(np.int32), heads.astype(np.int32), ptr.astype(np.int32)), shape=(sink + 1, sink + 1))

    def most(self, matrix: csr_array) -> int:
        """What of the new line fits beside all that is booked (which fits by itself)."""
        return int(maximum_flow(matrix, 0, matrix.shape[0] - 1, method="dinic").flow_value) - self.booked


class ByOurs:
    """The book's own kernels from nothing: every line placed again, then the new one. Building the network is not counted."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def emptied(self, cells: Ints) -> network.Network:
        """The network with nothing placed, the new line last."""
        lines = len(self.graph.units)
        net = network.empty(self.graph.capacity, nodes=lines + 1, edges=len(self.graph.cells) + len(cells))
        words = 0
        for number in range(lines):
            words += network.connect(net, number, self.graph.line(number), int(self.graph.ptr[number]), words)
        network.connect(net, lines, cells, len(self.graph.cells), words)
        return net

    def most(self, net: network.Network, units: int) -> int:
        """What of the new line fits beside all that is booked."""
        return int(_place_all(net, self.graph.units, units))


@numba.njit(cache=True, nogil=True)
def _place_all(net: network.Network, units: Ints, wanted: int) -> int:
    for number in range(len(units)):
        giving.place(net, number, units[number])
    return giving.place(net, len(units), wanted)
