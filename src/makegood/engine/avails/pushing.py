"""Pushing: units for one node along shortest paths, others re-placed on the way, until it has enough or no path is left.

Blocking flows of Dinic (1970), warm: the network keeps the flow of the book and only the new units are sought.
"""

from __future__ import annotations

from makegood.engine.avails.network import (
    AFTER,
    ARC,
    BLOCK,
    FREE,
    GAIN,
    GIVES,
    LEVEL,
    LEVELS,
    LIVE,
    LOSE,
    LOST,
    MASK,
    NEXT,
    NONE,
    OF,
    PLACED,
    SEEN,
    START,
    TO,
    WORD,
    WORDS,
    Network,
    ones,
    put,
    spend,
    take,
    unmark,
)  # fmt: skip
from makegood.engine.avails.search import levels
from makegood.engine.kernels import compiled

DEAD = -2


@compiled
def push(net: Network, source: int, wanted: int) -> int:
    """Up to `wanted` units more for the source; the most there are. Giving nodes lose units (LOST), nobody else does."""
    done = 0
    while done < wanted:
        out = levels(net, source)
        if out == NONE:
            break
        done += _blocking(net, source, out, wanted - done)
    net.node[PLACED, source] += done
    return done


@compiled
def _blocking(net: Network, source: int, out: int, wanted: int) -> int:
    """A blocking flow on the level graph: every path of length `out`, depth first, until each is cut."""
    done = depth = 0
    node = source
    while done < wanted:
        step = _onward(net, node, depth, out)
        if step > 0:
            node = net.edge[net.path[LOSE, depth], OF]
            depth += 1
        elif step == 0:
            done += _augment(net, depth, out, wanted - done)
            depth = _cut(net, depth)
            node = net.edge[net.path[GAIN, depth], OF]
        elif depth == 0:
            break
        else:
            net.node[LEVEL, node] = DEAD
            depth -= 1
            node = net.edge[net.path[GAIN, depth], OF]
    return done


@compiled
def _onward(net: Network, node: int, depth: int, out: int) -> int:
    """The next edges of the path from the node: 1 leads to another node, 0 ends the path, −1 is a dead end."""
    level = net.node[LEVEL, node]
    if level == out:
        return 0 if net.node[GIVES, node] else -1
    row = FREE if level + 1 == out else LIVE + level // 2 % LEVELS
    while net.node[ARC, node] < net.node[WORD, node] + net.node[WORDS, node]:
        word = net.node[ARC, node]
        left = net.word[word, MASK] & net.bits[row, net.word[word, BLOCK]]
        while left != 0:
            edge = net.word[word, START] + ones(net.word[word, MASK] & ((left & -left) - 1))
            if row == FREE or _through(net, net.edge[edge, TO], depth, level):
                net.path[GAIN, depth] = edge
                return 0 if row == FREE else 1
            left &= left - 1
        net.node[ARC, node] += 1
    return -1


@compiled
def _through(net: Network, cell: int, depth: int, level: int) -> bool:
    """Whether an occupant of the cell, one level on, can be asked to move; the cell is dead when there is none left."""
    if net.cell[SEEN, cell] != level + 1:
        return False
    edge: int = net.cell[NEXT, cell]
    while edge != NONE and (net.flow[edge] == 0 or net.node[LEVEL, net.edge[edge, OF]] != level + 2):
        edge = net.edge[edge, AFTER]
    net.cell[NEXT, cell] = edge
    net.path[LOSE, depth] = edge
    if edge == NONE:
        unmark(net, LIVE + level // 2 % LEVELS, cell)
    return edge != NONE


@compiled
def _cut(net: Network, depth: int) -> int:
    """How far along the path one can still come: the first step at which nothing is left to take."""
    for step in range(depth):
        if net.flow[net.path[LOSE, step]] == 0:
            return step
    return depth


@compiled
def _augment(net: Network, depth: int, out: int, wanted: int) -> int:
    """Send what the whole path lets through: each node on it gains in one cell what it loses in the next."""
    units = wanted
    for step in range(depth):
        units = min(units, net.flow[net.path[LOSE, step]])
    if out % 2:
        units = spend(net, net.path[GAIN, depth], units)
    else:
        giver = net.edge[net.path[LOSE, depth - 1], OF]
        net.node[PLACED, giver] -= units
        net.node[LOST, giver] += units
    for step in range(depth):
        take(net, net.path[LOSE, step], units)
        put(net, net.path[GAIN, step], units)
    return units
