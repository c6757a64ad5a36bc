"""Running a world step by step: drawn with a generator, or as mean flows for fast projections and replays.

The clock is the loop; control is a function of the step and of what is counted so far.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from makegood.engine.simulator.core import serve_step
from makegood.engine.simulator.faults import Fault
from makegood.engine.simulator.terms import Edges, Floats
from makegood.engine.simulator.world import World

Controller = Callable[[int, Floats], Floats]
"""Step and impressions counted so far per flight -> throttle per flight, multiplied with the world's own."""

LEAST_LEFT = 1e-6  # what rounding leaves of a goal is no longer served


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Per step and flight what was served and what of it counted; per step the requests nobody took; `edges` in all."""

    served: Floats
    counted: Floats
    unfilled: Floats
    edges: Floats
    finish: Floats


def simulate(
    world: World,
    faults: Sequence[Fault] = (),
    *,
    rng: np.random.Generator | None = None,
    controller: Controller | None = None,
) -> Run:
    """Run `world` with `faults`; drawn with `rng`, else the mean flow. Raises SimulationInvalid.

    The mean flow of a nonlinear world (a goal, a controller) is that of mean traffic, not the mean over draws.
    """
    for fault in faults:
        world = fault.on(world)
    steps, count = world.live.shape
    served, counted = np.zeros((steps, count)), np.zeros((steps, count))
    unfilled, by_edge, total = np.zeros(steps), np.zeros(len(world.edges.flight)), world.delivered.astype(np.float64)
    for step in range(steps):
        throttle = world.throttle[step] * (1.0 if controller is None else controller(step, total))
        requests, edges = _requests(world, step, rng), _live(world, step)
        got = serve_step(requests, edges, world.flights, throttle, _left(world, step, total, rng), rng)
        served[step], unfilled[step] = got.served, got.unfilled.sum()
        counted[step] = _counted(got.served, world.counted, rng)
        by_edge += got.edges
        total += counted[step]
    return Run(served, counted, unfilled, by_edge, total)


def _requests(world: World, step: int, rng: np.random.Generator | None) -> Floats:
    mean: Floats = world.requests[step]
    return mean if rng is None or world.recorded else rng.poisson(mean).astype(np.float64)


def _live(world: World, step: int) -> Edges:
    """Edges with the part of the step in which their flight is live; whole steps cost nothing."""
    live = world.live[step]
    if ((live == 0) | (live == 1)).all():
        return world.edges
    return world.edges._replace(match=world.edges.match * live[world.edges.flight])


def _left(world: World, step: int, total: Floats, rng: np.random.Generator | None) -> Floats:
    """Impressions each flight may still serve, so many more than its missing units as are not going to count."""
    missing = np.where(world.live[step] > 0, np.maximum(0.0, world.goal - total), 0.0)
    missing[missing < LEAST_LEFT] = 0.0
    served: Floats = np.divide(missing, world.counted, out=np.full(len(missing), np.inf), where=world.counted > 0)
    served[missing == 0] = 0.0
    return served if rng is None else np.ceil(served)


def _counted(served: Floats, share: Floats, rng: np.random.Generator | None) -> Floats:
    if rng is None:
        return served * share
    drawn: Floats = rng.binomial(served.astype(np.int64), share).astype(np.float64)
    return drawn


def changed(world: World, *faults: Fault) -> Floats:
    """What-if: units each flight gains (negative: loses) in the mean flow when `faults` come to `world`."""
    difference: Floats = simulate(world, faults).finish - simulate(world).finish
    return difference
