"""Serving a horizon of hours on a supply graph, drawn request by request by the simulator; whoever decides is handed in."""
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench import supply_graph

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
DAYS, HOURS = 14, 24


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """Contract j wants `demand[j]` of cells[ptr[j]:ptr[j + 1]]; `capacity` requests are forecast over the horizon.

    `group[c]` is the cell's forecast group: what is forecast as one, and may be wrong as one.
    """

    capacity: Floats
    demand: Floats
    penalty: Floats
    ptr: Ints
    cells: Ints
    group: Ints
    shape: Floats

    def own(self, contract: int) -> Ints:
        return self.cells[self.ptr[contract] : self.ptr[contract + 1]]

    def left(self, hour: int) -> float:
        """Part of the horizon's requests from `hour` on."""
        return float(self.shape[hour:].sum())

    def missed(self, delivered: Floats) -> float:
        """Under-delivery weighted by penalty, as part of everything promised."""
        short = np.maximum(self.demand - delivered, 0)
        return float((self.penalty * short).sum() / (self.penalty * self.demand).sum())


@dataclass(slots=True, eq=False)
class Hour:
    """What a server knows at the start of an hour."""

    number: int
    delivered: Floats
    requests: Floats  # of the hour before, per cell


Serve = Callable[[Floats, Floats, np.random.Generator], Floats]
Server = Callable[[Hour], Serve]


def book(seed: int, contracts: int, cells: int, edges: int, sold: float, requests: float, groups: int) -> Book:
    """A generated graph scaled to so many requests in all; forecast groups are runs of neighbouring cells."""
    graph = supply_graph.contended(seed, contracts, cells, edges, sold)
    scale = requests / graph.capacity.sum()
    ptr = np.concatenate([[0], np.cumsum([len(one) for one in graph.cells])]).astype(np.int64)
    day = 1 + 0.6 * np.sin((np.arange(DAYS * HOURS) % HOURS - 9) / HOURS * 2 * np.pi)
    week = np.where(np.arange(DAYS * HOURS) // HOURS % 7 >= 5, 0.8, 1.0)
    group = np.arange(cells) * groups // cells
    return Book(
        graph.capacity * scale, graph.demand * scale, graph.penalty, ptr, np.concatenate(graph.cells), group,
        day * week / (day * week).sum(),
    )


def errors(of: Book, seed: int, size: float, *, by_group: bool) -> Floats:
    """A factor per cell, uniform within ± size: each cell's own, or one for each forecast group."""
    chance = np.random.default_rng([seed, 20])
    drawn = chance.uniform(1 - size, 1 + size, len(of.capacity))
    return drawn[of.group] if by_group else drawn


def serve(of: Book, true: Floats, server: Server, seed: int) -> Floats:
    """Impressions per contract at the end, `true` requests expected per cell; the same arrivals for every server."""
    arrivals, luck = np.random.default_rng([seed, 1]), np.random.default_rng([seed, 2])
    delivered, requests = np.zeros(len(of.demand)), np.zeros(len(true))
    for hour in range(len(of.shape)):
        decide = server(Hour(hour, delivered, requests))
        requests = arrivals.poisson(true * of.shape[hour]).astype(np.float64)
        delivered = delivered + decide(requests, np.ceil(np.maximum(of.demand - delivered, 0)), luck)
    return delivered
