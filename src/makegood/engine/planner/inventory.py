"""What candidates find free, alone and together, over the supply and the book that avails are answered from.

Bridges planner and avails: cells of each candidate in one graph, the book placed once.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence

import numpy as np

from makegood.engine import eligibility, outlook, reach
from makegood.engine.avails import Book, Booked
from makegood.engine.eligibility import Scope
from makegood.engine.outlook import Outlook
from makegood.engine.outlook.spread import Z80
from makegood.engine.supply import Supply


class Stock:
    """Contacts free for sets of candidates, each known by a key with the stretches of days it runs in.

    `free` of a set is the most a flow gives them without harming what is booked or held: exact, and a polymatroid's rank.
    """

    def __init__(self, supply: Supply, expected: Outlook, booked: Sequence[Booked], scopes: Mapping[str, Sequence[Scope]]) -> None:
        self._supply, self._expected, self._scopes = supply, expected, scopes
        wanted = list(dict.fromkeys(scope for some in scopes.values() for scope in some))
        everybody = list(dict.fromkeys([*(line.scope for line in booked), *wanted]))
        graph = eligibility.graph(supply, expected, everybody)
        cells = dict(zip(everybody, graph.cells, strict=True))
        capacity = np.floor(graph.capacity + reach.ROUNDING).astype(np.int64)
        self._book = Book(capacity, [(line, cells[line.scope]) for line in booked])
        self._cells = {key: _union([cells[scope] for scope in some]) for key, some in scopes.items()}
        self.free = functools.cache(self._free)

    def matched(self, key: str) -> int:
        """Requests that a candidate's targeting matches, whoever has them."""
        return self._book.matched(self._cells[key])

    def spread(self, key: str) -> float:
        """Standard deviation of them, from the forecast's and the sample's error; stretches err together."""
        bounds = [outlook.count(self._supply, self._expected, scope.targeting, scope.period) for scope in self._scopes[key]]
        return sum((one.hi80 - one.lo80) / (2 * Z80) for one in bounds)

    def overlap(self, one: str, other: str) -> bool:
        """Whether two candidates can take from one another."""
        return bool(np.intersect1d(self._cells[one], self._cells[other], assume_unique=True).size)

    def _free(self, keys: tuple[str, ...]) -> float:
        if len(keys) > 1:
            parts = self._apart(keys)
            if len(parts) > 1:
                return math.fsum(self.free(part) for part in parts)
        return float(self._book.available(_union([self._cells[key] for key in keys])))

    def _apart(self, keys: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The candidates in groups that have no cell in common."""
        groups: list[tuple[str, ...]] = []
        for key in keys:
            near = [group for group in groups if any(self.overlap(key, one) for one in group)]
            groups = [group for group in groups if group not in near] + [(*(one for group in near for one in group), key)]
        return groups


def _union(cells: Sequence[np.ndarray]) -> np.ndarray:
    return np.unique(np.concatenate(cells)) if len(cells) != 1 else np.asarray(cells[0])
