"""Serving in a fixed order: in each cell every contract takes its share of the requests, or what those before it left."""
from collections.abc import Callable

import numpy as np

from bench.fidelity_world import Book, Floats, Hour, Ints, Serve, Server
from makegood.engine import simulator
from makegood.engine.kernels import compiled
from makegood.engine.simulator import draws

HALVINGS = 50


def marks(of: Book, order: Ints) -> Floats:
    """HWM's share of each contract: sum of min(left, share × capacity) over its cells is its demand, in this order."""
    left, found = of.capacity.copy(), np.zeros(len(of.demand))
    for contract in order:
        own = of.own(contract)
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            share = (low + high) / 2
            enough = np.minimum(left[own], share * of.capacity[own]).sum() >= of.demand[contract]
            low, high = (low, share) if enough else (share, high)
        found[contract] = high
        left[own] -= np.minimum(left[own], high * of.capacity[own])
    return found


def server(of: Book, order: Ints, share: Callable[[Hour], Floats]) -> Server:
    """Contracts that have reached their goal leave their share to those after them from the next hour on."""
    edges = simulator.edges([of.own(contract) for contract in order], len(of.capacity))
    chance, drawn = np.zeros(len(edges.flight)), np.zeros(len(edges.flight))

    def at(hour: Hour) -> Serve:
        wanted = share(hour)[order]

        def serve(requests: Floats, room: Floats, luck: np.random.Generator) -> Floats:
            served, given = np.zeros(len(order)), np.zeros(len(order))
            fill(edges, np.where(room[order] > 0, wanted, 0.0), chance)
            draws.draw(requests, edges, chance, luck, drawn, served)
            given[order] = served
            return np.minimum(given, room)

        return serve

    return at


@compiled
def fill(edges: simulator.Edges, wanted: Floats, chance: Floats) -> None:
    """Chances of every edge, the flights of a cell in their order."""
    for cell in range(len(edges.first) - 1):
        left = 1.0
        for edge in range(edges.first[cell], edges.first[cell + 1]):
            chance[edge] = min(left, wanted[edges.flight[edge]])
            left -= chance[edge]
