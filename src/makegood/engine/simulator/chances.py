"""Kernels: the chance of every flight in every cell by the decision's own arithmetic, lessened by caps.

Fills arrays, checks nothing; what a tier's flights get is `decision.kernel`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.engine.decision import kernel
from makegood.engine.kernels import compiled
from makegood.engine.simulator.terms import Edges, Flights, Floats, Ints

NOBODY = -1


@compiled
def fill(
    offered: Floats, edges: Edges, flights: Flights, throttle: Floats, live: npt.NDArray[np.bool_], chance: Floats
) -> None:
    """Chances per edge of every cell that is offered requests; edges of flights that are not `live` get zero."""
    first, flight, match = edges  # columns out of their tuples once: each look-up inside costs a reference count
    kind, levels, falls, cap, rate = flights
    kind = np.where(live, kind, NOBODY)
    widest = np.max(first[1:] - first[:-1]) if len(offered) else 0
    members, level, fall = np.empty(widest, np.int64), np.empty(widest), np.empty(widest)
    for cell in range(len(offered)):
        left = 1.0 if offered[cell] > 0 else 0.0
        present = _present(first[cell], first[cell + 1], flight, kind, chance) if left > 0 else 0
        for tier in range(4):
            if present >> (tier + 1) & 1 and left > 0:
                count = _gather(
                    first[cell], first[cell + 1], tier, flight, match, kind, levels, falls, members, level, fall
                )
                base = kernel.base_of(tier, 0, count, level, fall)
                left = _tier(tier, count, base, left, members, level, fall, flight, match, throttle, cap, rate, chance)


@compiled
def _present(begin: int, end: int, flight: Ints, kind: Ints, chance: Floats) -> int:
    """Bits of the tiers among a cell's live flights, NOBODY's being the first; their chances are cleared."""
    present = 0
    for edge in range(begin, end):
        chance[edge] = 0.0
        present |= 1 << (kind[flight[edge]] + 1)
    return present


@compiled
def _gather(
    begin: int, end: int, tier: int, flight: Ints, match: Floats, kind: Ints, levels: Floats, falls: Floats,
    members: Ints, level: Floats, fall: Floats,
) -> int:  # fmt: skip
    """Edges of one tier side by side, with what Newton reads of them; returns how many."""
    count = 0
    for edge in range(begin, end):
        owner = flight[edge]
        if kind[owner] == tier and match[edge] > 0:
            members[count], level[count], fall[count] = edge, levels[owner], falls[owner]
            count += 1
    return count


@compiled
def _tier(
    tier: int, count: int, base: float, left: float, members: Ints, level: Floats, fall: Floats,
    flight: Ints, match: Floats, throttle: Floats, cap: Floats, rate: Floats, chance: Floats,
) -> float:  # fmt: skip
    """Chances of a tier's edges; returns what the tier leaves to the next."""
    rest = left
    for n in range(count):
        edge, owner = members[n], flight[members[n]]
        x = left * kernel.share(tier, base, level[n], fall[n], throttle[owner])
        chance[edge] = match[edge] * x * _kept(x, cap[owner], rate[owner])
        rest -= chance[edge]
    return rest if rest > kernel.EXACT else 0.0


@compiled
def _kept(x: float, cap: float, rate: float) -> float:
    """Part of a flight's wins that its cap lets through, when each matching request is won with chance x.

    Requests a person are geometric with mean m = `rate`, so wins, a thinned geometric, exceed k more with probability
    q = (m − 1)x / (1 + (m − 1)x) each: E min(wins, cap) / E wins = 1 − q^cap. With x = 1 the reach curve of avails.
    """
    if cap <= 0 or rate <= 1:
        return 1.0
    more = (rate - 1) * x
    beyond: float = (more / (1 + more)) ** cap
    return 1.0 - beyond
