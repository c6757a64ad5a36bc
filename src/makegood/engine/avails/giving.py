"""Giving way: units for one node at the cost of others, the latest in the book first, and putting everything back.

Feasible books are a polymatroid (Edmonds 1970), so that displacing the latest line reached, again and again, is exact:
each line loses what the same lines booked anew in their order would lose.
"""

from __future__ import annotations

from makegood.engine.avails.network import CLOSED, GIVES, LEVEL, LOST, PLACED, UNSEEN, Ints, Network, clear, fill
from makegood.engine.avails.pushing import push
from makegood.engine.avails.search import levels
from makegood.engine.kernels import compiled


@compiled
def place(net: Network, node: int, wanted: int) -> int:
    """Up to `wanted` units more for the node, harming nobody: the most there are."""
    done = fill(net, node, wanted)
    return done + push(net, node, wanted - done) if done < wanted else done


@compiled
def place_in_turn(net: Network, nodes: Ints, units: Ints) -> None:
    """Each node's units one node after another, the earlier never losing to the later; what is missing is LOST.

    While only more is placed, cells without a way out never get one: each search leaves out what was closed before it.
    """
    for n in range(len(nodes)):
        net.node[LOST, nodes[n]] = units[n] - place(net, nodes[n], units[n])
        if net.node[LOST, nodes[n]] > 0:
            net.bits[CLOSED, :] = ~net.bits[UNSEEN, :]
    net.bits[CLOSED, :] = 0


@compiled
def book_first(net: Network, node: int, others: Ints, units: Ints) -> None:
    """All cells of the node for itself, and then the others booked anew in turn; what they miss is LOST."""
    for other in others:
        clear(net, other, net.node[PLACED, other])
    fill(net, node, net.free.sum())
    place_in_turn(net, others, units)


@compiled
def displace(net: Network, order: Ints, node: int, wanted: int, after: int) -> int:
    """Up to `wanted` units for the node from those later in the `order` than `after`, the latest first.

    Only after `place` has found all there is without harm. What each gave is LOST.
    """
    done = 0
    while done < wanted:
        levels(net, node)
        latest = _latest(net, order, after)
        if latest <= after:
            break
        _give(net, order, latest, True)
        done += push(net, node, wanted - done)
        _give(net, order, latest, False)
    return done


@compiled
def overrule(net: Network, order: Ints, node: int, wanted: int, ranks: int, lowest: int) -> int:
    """Up to `wanted` units for the node from everybody of lower rank than `lowest`; rank is order // ranks % 8."""
    for other in range(len(order)):
        net.node[GIVES, other] = order[other] // ranks % 8 > lowest
    done = push(net, node, wanted)
    net.node[GIVES, :] = 0
    return done


@compiled
def restore(net: Network, node: int) -> None:
    """Take everything from the node, and give everybody back what was LOST; there is room for all of it again."""
    clear(net, node, net.node[PLACED, node])
    for other in range(net.node.shape[1]):
        lost, net.node[LOST, other] = net.node[LOST, other], 0
        if lost > 0 and other != node:
            place(net, other, lost)


@compiled
def _latest(net: Network, order: Ints, after: int) -> int:
    """The greatest order among nodes the last search reached through units they occupy, or `after`."""
    latest = after
    for node in range(len(order)):
        if net.node[LEVEL, node] > 0 and order[node] > latest:
            latest = order[node]
    return latest


@compiled
def _give(net: Network, order: Ints, which: int, gives: bool) -> None:
    for node in range(len(order)):
        if order[node] == which:
            net.node[GIVES, node] = gives
