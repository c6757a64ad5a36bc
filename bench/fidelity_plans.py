"""Servers for the fidelity bench: the compact plan with and without feedback, and the peers HWM and priority waterfall."""
import numpy as np

from bench.controllers import ordered
from bench.fidelity_world import Book, Floats, Hour, Ints, Serve, Server
from makegood.engine import allocation, pacing, simulator

GAP = 1e-3


def plan(of: Book, capacity: Floats) -> allocation.Solution:
    """The plan for the whole horizon."""
    return allocation.optimum(graph(of, capacity, of.demand, np.arange(len(of.demand))), gap=GAP)


def graph(of: Book, capacity: Floats, demand: Floats, who: Ints) -> allocation.Problem:
    """The problem of the contracts `who`, that is, of those still owed something."""
    return allocation.problem(capacity, [of.own(j) for j in who], demand[who], of.penalty[who], ids=who.tolist())


def supply(of: Book) -> Floats:
    return np.add.reduceat(of.capacity[of.cells], of.ptr[:-1])


def compact(of: Book, alpha: Floats, every: int) -> Server:
    """Theta and alpha a contract; every `every` hours the plan is made again of what is left (0: never)."""
    edges = simulator.edges([of.own(j) for j in range(len(of.demand))], len(of.capacity))
    even = np.ones(len(of.demand))
    duals, flights = alpha.copy(), simulator.guaranteed(of.demand / supply(of), alpha, even)
    levels = pacing.levels(int(of.group.max()) + 1)

    def server(hour: Hour) -> Serve:
        nonlocal levels, flights
        if hour.number:
            expected = np.bincount(of.group, of.capacity * of.shape[hour.number - 1])
            levels = pacing.corrected(levels, np.bincount(of.group, hour.requests), expected)
        if every and hour.number and hour.number % every == 0:
            flights = again(of, of.capacity * of.left(hour.number) * levels.value[of.group], hour.delivered, duals)
        return lambda requests, room, luck: simulator.serve_step(requests, edges, flights, even, room, luck).served

    return server


def again(of: Book, left: Floats, delivered: Floats, duals: Floats) -> simulator.Flights:
    """A new plan of what is owed over the requests `left`, from the last plan's `duals`, which it replaces."""
    owed = pacing.owed(of.demand, delivered)
    who = np.flatnonzero(owed)
    theta = np.zeros(len(owed))
    if len(who):
        problem = graph(of, left, owed, who)
        duals[who] = allocation.optimum(problem, gap=GAP, alpha=duals[who]).alpha
        theta[who] = problem.theta
    return simulator.guaranteed(theta, duals, np.ones(len(owed)))


def high_water_mark(of: Book) -> Server:
    """HWM (Chen et al., EC 2012): scarce contracts first, each takes the share that gives its demand; never made again."""
    order = np.argsort(-of.demand / supply(of), kind="stable")
    share = ordered.marks(of, order)
    return ordered.server(of, order, lambda hour: share)


def waterfall(of: Book) -> Server:
    """Strict priority by penalty; each line paced to what it still needs of the requests forecast for it."""
    requests = supply(of)
    order = np.argsort(-of.penalty, kind="stable")

    def share(hour: Hour) -> Floats:
        return np.minimum(1, np.maximum(of.demand - hour.delivered, 0) / (requests * of.left(hour.number)))

    return ordered.server(of, order, share)
