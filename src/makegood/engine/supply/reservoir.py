"""A weighted sample of bounded size per stratum, from a stream or from columns: priority sampling.

Each request draws w / u once and the highest stay (Duffield, Lund, Thorup, JACM 2007); with equal weights this is
Vitter's Algorithm R. Randomness is passed in; what is in the sample afterwards is `sample`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt

from makegood.engine.supply.sample import Supply, SupplyInvalid, check_weights, from_requests
from makegood.engine.targeting.predicates import Request

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Reservoir:
    """Holds at most `size` + 1 requests of each stratum; the extra one is the threshold that weighs the others."""

    def __init__(self, size: int) -> None:
        if size < 1:
            raise SupplyInvalid(f"a reservoir of {size} rows a stratum holds nothing; give at least 1")
        self.size = size
        self._strata: dict[Hashable, int] = {}
        self._totals: Floats = np.zeros(0)
        self._requests: list[Request] = []
        self._stratum, self._weights, self._priority = np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0)

    def add(
        self, requests: Sequence[Request], strata: Sequence[Hashable], weights: Floats, rng: np.random.Generator
    ) -> None:
        """Offer some more of the stream; `strata[n]` is the stratum of request n. Raises SupplyInvalid."""
        if not len(requests) == len(strata) == len(weights):
            raise SupplyInvalid(f"{len(requests)} requests, {len(strata)} strata, {len(weights)} weights")
        check_weights(weights)
        number = np.array([self._strata.setdefault(one, len(self._strata)) for one in strata], dtype=np.int64)
        before = np.pad(self._totals, (0, len(self._strata) - len(self._totals)))
        self._totals = before + np.bincount(number, weights, minlength=len(self._strata))
        stratum = np.concatenate([self._stratum, number])
        weight = np.concatenate([self._weights, weights])
        priority = np.concatenate([self._priority, priorities(weights, rng)])
        kept = highest(stratum, priority, self.size + 1)
        self._stratum, self._weights, self._priority = stratum[kept], weight[kept], priority[kept]
        held = len(self._requests)
        self._requests = [self._requests[n] if n < held else requests[n - held] for n in kept.tolist()]

    def supply(self) -> Supply:
        """The sample so far; weights of a stratum add up to all that was offered of it."""
        rows, weights = weighed(self._stratum, self._weights, self._priority, self._totals, self.size)
        return from_requests([self._requests[n] for n in rows.tolist()], weights)


def thinned(supply: Supply, stratum: Ints, size: int, rng: np.random.Generator) -> Supply:
    """A draw of at most `size` rows a stratum from a supply; `stratum` numbers the rows' strata from 0.

    Raises SupplyInvalid when there is not one stratum number a row.
    """
    if len(stratum) != supply.rows:
        raise SupplyInvalid(f"{supply.rows} supply rows, {len(stratum)} stratum numbers")
    priority = priorities(supply.weights, rng)
    kept = highest(stratum, priority, size + 1)
    totals = np.asarray(np.bincount(stratum, supply.weights), dtype=np.float64)
    rows, weights = weighed(stratum[kept], supply.weights[kept], priority[kept], totals, size)
    return supply.take(kept[rows], weights)


def priorities(weights: Floats, rng: np.random.Generator) -> Floats:
    """w / u with u uniform in (0, 1]; nothing weighs 0."""
    return np.asarray(weights / (1.0 - rng.random(len(weights))), dtype=np.float64)


def highest(stratum: Ints, priority: Floats, most: int) -> Ints:
    """Positions of the `most` highest priorities above 0 of each stratum, by stratum and falling priority."""
    order = np.lexsort((-priority, stratum))
    order = order[priority[order] > 0]
    return np.asarray(order[_rank(stratum[order]) < most])


def weighed(stratum: Ints, weights: Floats, priority: Floats, totals: Floats, size: int) -> tuple[Ints, Floats]:
    """Rows of the sample and their weights, from up to size + 1 rows a stratum ordered as by `highest`.

    Rows above the threshold t (the priority left out) keep their weight; the others share what remains of the total
    alike, which is about t each. So the sum is exact and any subset's sum is nearly unbiased.
    """
    rank = _rank(stratum)
    threshold = np.zeros(len(totals))
    threshold[stratum[rank == size]] = priority[rank == size]
    rows = np.flatnonzero(rank < size)
    own, heavy = stratum[rows], weights[rows] >= threshold[stratum[rows]]
    rest = totals - np.bincount(own[heavy], weights[rows][heavy], minlength=len(totals))
    light = np.bincount(own[~heavy], minlength=len(totals))
    each = np.divide(rest, light, out=np.zeros_like(rest), where=light > 0)
    return rows, np.where(heavy, weights[rows], each[own])


def _rank(stratum: Ints) -> Ints:
    """0, 1, 2 ... within each run of equal numbers."""
    starts = np.flatnonzero(np.diff(stratum, prepend=-1))
    lengths = np.diff(np.append(starts, len(stratum)))
    return np.arange(len(stratum)) - np.repeat(starts, lengths)
