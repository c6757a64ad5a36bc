"""The search: how far cells and nodes are from one node through units that could move, up to the nearest way out.

The level graph of Dinic (1970) on the residual network; pushing along it lives in `pushing`.
"""

from __future__ import annotations

from makegood.engine.avails.network import (
    AFTER,
    ARC,
    BLOCK,
    CLOSED,
    FREE,
    GIVES,
    HEAD,
    LEVEL,
    LEVELS,
    LIVE,
    MASK,
    NEXT,
    NONE,
    OF,
    QUEUE,
    SEEN,
    START,
    TO,
    UNSEEN,
    WORD,
    WORDS,
    Network,
    ones,
)  # fmt: skip
from makegood.engine.kernels import compiled

NEVER = 1 << 30


@compiled
def levels(net: Network, source: int) -> int:
    """Level cells (SEEN, odd) and nodes (LEVEL, even) from the source; the level of the nearest way out, NONE if none.

    A way out is a free cell or a giving node. The free cells of that level are not marked: the push looks for them.
    """
    net.cell[SEEN, :] = NONE
    net.node[LEVEL, :] = NONE
    net.bits[UNSEEN, :] = ~net.bits[CLOSED, :]
    net.bits[LIVE:, :] = 0
    net.node[LEVEL, source], net.node[ARC, source] = 0, net.node[WORD, source]
    net.path[QUEUE, 0] = source
    out, begin, end = NEVER, 0, 1
    while begin < end and net.node[LEVEL, net.path[QUEUE, begin]] + 1 < out:
        node = net.path[QUEUE, begin]
        if _beside_free(net, node):
            out = net.node[LEVEL, node] + 1
            break
        out, end = _look(net, node, out, end)
        begin += 1
    return out if out < NEVER else NONE


@compiled
def _beside_free(net: Network, node: int) -> bool:
    """Whether a cell of the node has free units."""
    for word in range(net.node[WORD, node], net.node[WORD, node] + net.node[WORDS, node]):
        if net.word[word, MASK] & net.bits[FREE, net.word[word, BLOCK]]:
            return True
    return False


@compiled
def _look(net: Network, node: int, out: int, end: int) -> tuple[int, int]:
    """Level the cells of the node that were not seen before, and line up who occupies them."""
    level = net.node[LEVEL, node] + 1
    for word in range(net.node[WORD, node], net.node[WORD, node] + net.node[WORDS, node]):
        block = net.word[word, BLOCK]
        unseen = net.word[word, MASK] & net.bits[UNSEEN, block]
        net.bits[UNSEEN, block] &= ~unseen
        net.bits[LIVE + level // 2 % LEVELS, block] |= unseen
        while unseen != 0:
            cell = net.edge[net.word[word, START] + ones(net.word[word, MASK] & ((unseen & -unseen) - 1)), TO]
            net.cell[SEEN, cell], net.cell[NEXT, cell] = level, net.cell[HEAD, cell]
            out, end = _occupants(net, cell, out, end)
            unseen &= unseen - 1
    return out, end


@compiled
def _occupants(net: Network, cell: int, out: int, end: int) -> tuple[int, int]:
    """Level the occupants of a cell; those that give are a way out, the others wait to be looked at."""
    level = net.cell[SEEN, cell] + 1
    edge = net.cell[HEAD, cell]
    while edge != NONE:
        other = net.edge[edge, OF]
        if net.node[LEVEL, other] == NONE:
            net.node[LEVEL, other], net.node[ARC, other] = level, net.node[WORD, other]
            if net.node[GIVES, other]:
                out = level
            else:
                net.path[QUEUE, end] = other
                end += 1
        edge = net.edge[edge, AFTER]
    return out, end
