"""Servers for the fidelity bench: the compact plan with and without feedback, and the peers HWM and priority waterfall."""
import numpy as np

from bench.controllers import ordered
from bench.fidelity_world import Book, Floats, Hour, Serve, Server
from makegood.engine import pacing, simulator
from makegood.engine.allocation import sweep
from makegood.engine.allocation.problem import Problem

GAP, SWEEPS, AGAIN = 1e-3, 300, 12
LEAST_DEMAND = 1e-3


def graph(of: Book, capacity: Floats, demand: Floats) -> Problem:
    used, cell = np.unique(of.cells, return_inverse=True)
    contract = np.repeat(np.arange(len(demand)), np.diff(of.ptr))
    supply = np.maximum(np.add.reduceat(capacity[of.cells], of.ptr[:-1]), 1e-9)
    by_cell = np.argsort(cell, kind="stable")
    first_of_cell = np.searchsorted(cell[by_cell], np.arange(len(used)))
    return Problem(capacity[used], demand, supply, demand / supply, np.ones(len(demand)), of.penalty, cell, contract,
                   of.ptr[:-1], by_cell, first_of_cell, np.arange(len(demand)))


def solve(of: Problem, start: Floats, sweeps: int) -> tuple[Floats, Floats]:
    """(alpha, delivered): accelerated SHALE sweeps from `start` until the certified gap."""
    alpha, beta = np.clip(start, 0, of.p), np.zeros(len(of.s))
    best, bound, momentum, last, before = (np.inf, alpha, alpha), -np.inf, 0, alpha, -np.inf
    for _ in range(sweeps):
        beta = sweep.betas(of, alpha, beta)
        primal, dual, delivered = sweep.value(of, alpha, beta)
        bound = max(bound, dual)
        if primal <= best[0]:
            best = (primal, alpha, delivered)
        if best[0] - bound <= GAP * best[0]:
            break
        stepped = sweep.alphas(of, beta, alpha)
        momentum = momentum + 1 if dual >= before else 0
        alpha = np.clip(stepped + momentum / (momentum + 3) * (stepped - last), 0, of.p)
        last, before = stepped, dual
    return best[1], best[2]


def plan(of: Book, capacity: Floats) -> tuple[Floats, Floats]:
    """(alpha, delivered) of the plan for the whole horizon."""
    return solve(graph(of, capacity, of.demand), np.zeros(len(of.demand)), SWEEPS)


def compact(of: Book, alpha: Floats, every: int) -> Server:
    """Theta and alpha a contract; every `every` hours the plan is made again of what is left (0: never)."""
    edges = simulator.edges([of.own(j) for j in range(len(of.demand))], len(of.capacity))
    none = np.ones(len(of.demand))
    now = {"flights": simulator.guaranteed(graph(of, of.capacity, of.demand).theta, alpha, none), "alpha": alpha}
    levels = pacing.levels(int(of.group.max()) + 1)

    def server(hour: Hour) -> Serve:
        nonlocal levels
        if hour.number:
            expected = np.bincount(of.group, of.capacity * of.shape[hour.number - 1])
            levels = pacing.corrected(levels, np.bincount(of.group, hour.requests), expected)
        if every and hour.number and hour.number % every == 0:
            left = of.capacity * of.left(hour.number) * levels.value[of.group]
            again = graph(of, left, np.maximum(pacing.owed(of.demand, hour.delivered), LEAST_DEMAND))
            now["alpha"], _ = solve(again, now["alpha"], AGAIN)
            now["flights"] = simulator.guaranteed(again.theta, now["alpha"], none)
        return lambda requests, room, luck: simulator.serve_step(requests, edges, now["flights"], none, room, luck).served

    return server


def high_water_mark(of: Book) -> Server:
    """HWM (Chen et al., EC 2012): scarce contracts first, each takes the share that gives its demand; never made again."""
    supply = graph(of, of.capacity, of.demand).supply
    order = np.argsort(-of.demand / supply, kind="stable")
    share = ordered.marks(of, order)
    return ordered.server(of, order, lambda hour: share)


def waterfall(of: Book) -> Server:
    """Strict priority by penalty; each line paced to what it still needs of the requests forecast for it."""
    supply = graph(of, of.capacity, of.demand).supply
    order = np.argsort(-of.penalty, kind="stable")

    def share(hour: Hour) -> Floats:
        return np.minimum(1, np.maximum(of.demand - hour.delivered, 0) / (supply * of.left(hour.number)))

    return ordered.server(of, order, share)
