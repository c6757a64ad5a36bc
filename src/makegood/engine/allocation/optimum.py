"""The bare solver: a problem in, the best plan found and its certificate out, at any time.

`clock` is a monotonic stop-watch handed in, never the time of day.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from makegood.engine.allocation import ascent, certificate
from makegood.engine.allocation.arrays import Floats, dot
from makegood.engine.allocation.crew import crew
from makegood.engine.allocation.point import Point
from makegood.engine.allocation.problem import Problem

GAP = 1e-4
NOISE = 1e-12  # of the penalties of everything owed: below it primal and dual are both rounding


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """`alpha` per contract, with it `beta` per cell and `delivered`; dual ≤ optimum ≤ primal; `steps` points tried."""

    alpha: Floats
    beta: Floats
    delivered: Floats
    primal: float
    dual: float
    steps: int

    @property
    def gap(self) -> float:
        """(primal − dual) / primal: how far from the best, at most, this plan is. 0 is optimal, 1 says nothing."""
        return certificate.gap(self.primal, self.dual)


def optimum(
    of: Problem,
    *,
    gap: float = GAP,
    deadline_s: float | None = None,
    alpha: Floats | None = None,
    clock: Callable[[], float] = time.monotonic,
    threads: int | None = None,
) -> Solution:
    """The plan with the least cost found, and the highest bound. `alpha` is where to start, an earlier plan's.

    `threads` None takes all cores where there is much to do; the answer does not depend on it.
    Ends at `gap`, at `deadline_s` (looked at between kernels; the first point is always made) or where floating point
    ends. Without a deadline the same problem gives the same answer.
    """
    begun, noise = clock(), NOISE * dot(of.p, of.d)
    best: Point | None = None
    least, bound, steps = np.inf, 0.0, 0
    with crew(len(of.parts), threads) as own:
        for point in ascent.path(of, alpha, own):
            steps += 1
            bound = max(bound, point.dual)
            primal = point.primal(of.p)
            if best is None or primal <= least:
                best, least = point, primal
            if least - bound <= gap * least + noise or (deadline_s is not None and clock() - begun >= deadline_s):
                break
    assert best is not None  # a path has at least its first point
    value, below = (least, bound) if least > noise else (0.0, 0.0)
    return Solution(best.alpha, best.beta, of.d - best.missing, value, below, steps)
