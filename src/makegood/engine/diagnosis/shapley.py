"""Shares of a joint effect among causes: the average over all orders of removing them, so that shares add up.

Exact over all subsets while causes are few, over sampled orders beyond (Shapley, A value for n-person games, 1953).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Worth = Callable[[int], float]
"""Worth of a set of players, given as bits."""

EXACT = 8  # players whose every subset is valued: 256 replays
PAIRS = 24  # sampled orders, each with its reverse


def shares(worth: Worth, players: int, rng: np.random.Generator | None = None, *, exact: int = EXACT) -> Floats:
    """Shares of worth(all) − worth(none); their sum is exact up to rounding of floats.

    Beyond `exact` players orders are drawn from `rng`, each with its reverse, so that what two causes share is split
    without sampling error; raises ValueError when no rng is given.
    """
    if players <= exact:
        return of_table(np.array([worth(mask) for mask in range(1 << players)], dtype=np.float64))
    if rng is None:
        raise ValueError(f"{players} causes: more than {exact} are averaged over drawn orders, so give an rng")
    return _sampled(worth, players, rng)


def of_table(table: Floats) -> Floats:
    """Exact shares from the worth of every subset, indexed by bits."""
    players = len(table).bit_length() - 1
    masks = np.arange(len(table))
    size = np.array([int(mask).bit_count() for mask in masks])
    weight = np.array([_weight(count, players) for count in range(players)] + [0.0])
    found = np.zeros(players)
    for player in range(players):
        without = masks[masks >> player & 1 == 0]
        found[player] = (weight[size[without]] * (table[without | 1 << player] - table[without])).sum()
    return found


def _weight(size: int, players: int) -> float:
    return math.factorial(size) * math.factorial(players - size - 1) / math.factorial(players)


def _sampled(worth: Worth, players: int, rng: np.random.Generator) -> Floats:
    known: dict[int, float] = {}

    def value(mask: int) -> float:
        if mask not in known:
            known[mask] = worth(mask)
        return known[mask]

    found = np.zeros(players)
    for _ in range(PAIRS):
        order = rng.permutation(players).tolist()
        for way in (order, order[::-1]):
            mask = 0
            for player in way:
                found[player] += value(mask | 1 << player) - value(mask)
                mask |= 1 << player
    return found / (2 * PAIRS)
