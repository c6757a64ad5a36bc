"""How a world ends: the finishes of many drawn runs, each with traffic of its own, as means and intervals.

What is uncertain of traffic is passed in; the state to start from is the world's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from makegood.engine.simulator.faults import Fault
from makegood.engine.simulator.scenario import Controller, simulate
from makegood.engine.simulator.terms import Floats, SimulationInvalid
from makegood.engine.simulator.world import World

LEAST_RUNS = 20


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Relative errors of the traffic forecast: one `level` for the whole run, one for each `step`, one for each `cell`.

    Each is the standard deviation of a lognormal factor with mean 1.
    """

    level: float = 0.0
    step: float = 0.0
    cell: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Finishes:
    """Per flight: mean finish, its standard deviation, bounds of 80 and 90 %, the share of runs that met the goal."""

    mean: Floats
    sd: Floats
    lo80: Floats
    hi80: Floats
    lo90: Floats
    hi90: Floats
    met: Floats


def project(
    world: World,
    faults: Sequence[Fault] = (),
    *,
    rng: np.random.Generator,
    runs: int = 200,
    uncertainty: Uncertainty = Uncertainty(),
    controller: Controller | None = None,
) -> Finishes:
    """Finishes of `runs` drawn runs, each with traffic of its own. Raises SimulationInvalid for fewer than 20 runs.

    Bounds are empirical quantiles widened for the number of runs as prediction intervals are: rank p(n + 1).
    """
    if runs < LEAST_RUNS:
        raise SimulationInvalid(f"{runs} runs say too little of an interval: give at least {LEAST_RUNS}")
    ends = np.array(
        [
            simulate(_perturbed(world, uncertainty, rng), faults, rng=rng, controller=controller).finish
            for _ in range(runs)
        ]
    )
    lo80, hi80, lo90, hi90 = (np.quantile(ends, q, axis=0, method="weibull") for q in (0.1, 0.9, 0.05, 0.95))
    met = (ends >= world.goal).mean(axis=0)
    return Finishes(ends.mean(axis=0), ends.std(axis=0, ddof=1), lo80, hi80, lo90, hi90, met)


def _perturbed(world: World, uncertainty: Uncertainty, rng: np.random.Generator) -> World:
    steps, cells = world.requests.shape
    factor = (
        _factor(uncertainty.level, (1, 1), rng)
        * _factor(uncertainty.step, (steps, 1), rng)
        * _factor(uncertainty.cell, (1, cells), rng)
    )
    return dataclasses.replace(world, requests=world.requests * factor, recorded=False)


def _factor(spread: float, shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    if spread == 0:
        return np.ones(shape)
    variance = np.log1p(spread**2)
    factor: Floats = np.exp(rng.normal(-variance / 2, np.sqrt(variance), shape))
    return factor
