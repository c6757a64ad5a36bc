"""High Water Mark (Chen et al., KDD 2012) as a peer of availability: the plan, and a search for the most it takes of one line more.

Lines are served by scarcity, each the same part of every cell, as far as the cell goes.
"""
import numba
import numpy as np

from bench.full_flow import Graph, Ints

STEPS = 24  # halvings of the search


def most(graph: Graph, cells: Ints) -> int:
    """The most of the new line with which the plan falls short nowhere more than without it."""
    supply = np.append(np.add.reduceat(graph.capacity[graph.cells], graph.ptr[:-1]), graph.capacity[cells].sum())
    ptr, joined = np.append(graph.ptr, graph.ptr[-1] + len(cells)), np.concatenate((graph.cells, cells))
    order = np.argsort(supply, kind="stable")
    low, high = 0, int(supply[-1])
    short = _short(graph.capacity, np.append(graph.units, 0), ptr, joined, order)
    for _ in range(STEPS):
        middle = (low + high + 1) // 2
        if _short(graph.capacity, np.append(graph.units, middle), ptr, joined, order) <= short + 1:
            low = middle
        else:
            high = middle - 1
    return low


@numba.njit(cache=True)
def _short(capacity: Ints, units: Ints, ptr: Ints, cells: Ints, order: Ints) -> float:
    """Units the plan leaves without a place."""
    left = capacity.astype(np.float64)
    short = 0.0
    for line in order:
        own = cells[ptr[line] : ptr[line + 1]]
        part = _mark(capacity, left, own, units[line])
        for cell in own:
            left[cell] -= min(left[cell], part * capacity[cell])
        if part >= 1.0:
            short += max(0.0, units[line] - _served(capacity, left, own, 1.0))
    return short


@numba.njit(cache=True)
def _mark(capacity: Ints, left: Ints, own: Ints, units: float) -> float:
    """The part of every cell that gives the line its units; 1 when all of it is too little."""
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        if _served(capacity, left, own, middle) < units:
            low = middle
        else:
            high = middle
    return high


@numba.njit(cache=True)
def _served(capacity: Ints, left: Ints, own: Ints, part: float) -> float:
    total = 0.0
    for cell in own:
        total += min(left[cell], part * capacity[cell])
    return total
