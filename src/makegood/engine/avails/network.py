"""The network of a book: nodes (lines), their edges to cells, the units on each edge, and who occupies a cell.

Arrays and the small moves on them only; searching and pushing live beside it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from makegood.engine.kernels import compiled

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
NONE, WIDTH = -1, 64  # cells a block
TO, OF, AFTER, BEFORE = range(4)  # columns of `edge`: its cell, its node, its neighbours among the occupants of the cell
BLOCK, START, MASK = range(3)  # columns of `word`: a block of cells, the first edge into it, the cells of it as bits
FREE, CLOSED, UNSEEN, LIVE, LEVELS = 0, 1, 2, 3, 4  # rows of `bits`: free units; no way out; not seen; to go through
HEAD, SEEN, NEXT = range(3)  # rows of `cell`: first occupant; level and arc of the search of the moment
FIRST, COUNT, WORD, WORDS, PLACED, LOST, GIVES, LEVEL, ARC = range(9)  # rows of `node`
QUEUE, GAIN, LOSE = range(3)  # rows of `path`: nodes to look at; edges that gain and lose along a path


class Network(NamedTuple):
    """`free[c]` units are left in cell c; `flow[e]` units are on edge e, which joins a node to a cell.

    A node owns the edges from FIRST on, ascending by cell, and over them the words from WORD on: one for each block of
    64 cells it reaches, so that a search skips a block at a time. Edges with units form a doubly linked list per cell,
    so that it meets occupants only. A node that GIVES may be displaced, which is counted as LOST.
    """

    free: Ints
    flow: Ints
    edge: Small
    word: Ints
    bits: Ints
    cell: Small
    node: Ints
    path: Ints


def empty(capacity: Ints, *, nodes: int, edges: int) -> Network:
    """A network of free cells with room for so many nodes and edges."""
    net = Network(
        capacity.copy(),
        np.zeros(edges, dtype=np.int64),
        np.zeros((edges, 4), dtype=np.int32),
        np.zeros((edges + nodes, 3), dtype=np.int64),
        np.zeros((LIVE + LEVELS, -(-len(capacity) // WIDTH)), dtype=np.int64),
        np.full((3, len(capacity)), NONE, dtype=np.int32),
        np.zeros((9, nodes), dtype=np.int64),
        np.zeros((3, nodes), dtype=np.int64),
    )
    for cell in np.flatnonzero(capacity).tolist():
        mark(net, FREE, cell)
    return net


@compiled
def connect(net: Network, node: int, cells: Ints, first: int, word: int) -> int:
    """Give the node its edges from `first` on and its words from `word` on; the words used, the closing one with them."""
    net.node[FIRST, node], net.node[COUNT, node], net.node[WORD, node] = first, len(cells), word
    at = word - 1
    for n in range(len(cells)):
        net.edge[first + n, TO], net.edge[first + n, OF], net.flow[first + n] = cells[n], node, 0
        if at < word or net.word[at, BLOCK] != cells[n] // WIDTH:
            at += 1
            net.word[at, BLOCK], net.word[at, START], net.word[at, MASK] = cells[n] // WIDTH, first + n, 0
        net.word[at, MASK] |= 1 << (cells[n] % WIDTH)
    net.word[at + 1, START] = first + len(cells)
    net.node[WORDS, node] = at + 1 - word
    return at + 2 - word


@compiled
def mark(net: Network, row: int, cell: int) -> None:
    """Set the cell's bit in that row of `bits`."""
    net.bits[row, cell // WIDTH] |= 1 << (cell % WIDTH)


@compiled
def unmark(net: Network, row: int, cell: int) -> None:
    """Clear the cell's bit in that row of `bits`."""
    net.bits[row, cell // WIDTH] &= ~(1 << (cell % WIDTH))


@compiled
def ones(bits: int) -> int:
    """How many bits are set (Warren, Hacker's Delight, 5-1; compiled to one instruction where there is one)."""
    pairs = bits - ((bits >> 1) & 0x5555555555555555)
    fours = (pairs & 0x3333333333333333) + ((pairs >> 2) & 0x3333333333333333)
    return (((fours + (fours >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101) >> 56


@compiled
def put(net: Network, edge: int, units: int) -> None:
    """`units` more on the edge; its node becomes an occupant of the cell with the first of them."""
    if net.flow[edge] == 0:
        cell = net.edge[edge, TO]
        second = net.cell[HEAD, cell]
        net.cell[HEAD, cell], net.edge[edge, AFTER], net.edge[edge, BEFORE] = edge, second, NONE
        if second != NONE:
            net.edge[second, BEFORE] = edge
    net.flow[edge] += units


@compiled
def take(net: Network, edge: int, units: int) -> None:
    """`units` less on the edge; without any it leaves the list of occupants but still knows who came after it."""
    net.flow[edge] -= units
    if net.flow[edge] > 0:
        return
    behind, ahead = net.edge[edge, AFTER], net.edge[edge, BEFORE]
    if ahead == NONE:
        net.cell[HEAD, net.edge[edge, TO]] = behind
    else:
        net.edge[ahead, AFTER] = behind
    if behind != NONE:
        net.edge[behind, BEFORE] = ahead


@compiled
def spend(net: Network, edge: int, most: int) -> int:
    """Put up to `most` free units of the edge's cell on it; the units put."""
    cell = net.edge[edge, TO]
    units: int = min(net.free[cell], most)
    if units > 0:
        net.free[cell] -= units
        put(net, edge, units)
        if net.free[cell] == 0:
            unmark(net, FREE, cell)
    return units


@compiled
def fill(net: Network, node: int, wanted: int) -> int:
    """Up to `wanted` units of the node into free cells of its own, nobody moved; the units placed."""
    left = wanted
    for word in range(net.node[WORD, node], net.node[WORD, node] + net.node[WORDS, node]):
        if net.word[word, MASK] & net.bits[FREE, net.word[word, BLOCK]]:
            for edge in range(net.word[word, START], net.word[word + 1, START]):
                left -= spend(net, edge, left)
            if left == 0:
                break
    net.node[PLACED, node] += wanted - left
    return wanted - left


@compiled
def repeat(net: Network, node: int, flow: Ints) -> None:
    """Place the node as `flow` says, edge by edge; the cells have room for it."""
    for n in range(len(flow)):
        if flow[n] > 0:
            net.node[PLACED, node] += spend(net, net.node[FIRST, node] + n, flow[n])


@compiled
def clear(net: Network, node: int, units: int) -> None:
    """Take `units` of the node out of its cells, last cells first; they are free again."""
    left = units
    edge = net.node[FIRST, node] + net.node[COUNT, node] - 1
    while left > 0 and edge >= net.node[FIRST, node]:
        gone = min(net.flow[edge], left)
        if gone > 0:
            take(net, edge, gone)
            net.free[net.edge[edge, TO]] += gone
            mark(net, FREE, net.edge[edge, TO])
            left -= gone
        edge -= 1
    net.node[PLACED, node] -= units - left
