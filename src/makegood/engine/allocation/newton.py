"""Newton's direction for the dual: conjugate gradients on the generalised Hessian of the free alphas.

Semismooth: the dual is piecewise quadratic, and H that of the piece the point lies in. Never formed, only multiplied.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from makegood.engine.allocation import curvature
from makegood.engine.allocation.arrays import Floats, Ints, Numbers
from makegood.engine.allocation.point import Point
from makegood.engine.allocation.problem import Problem

ITERATIONS, ACCURACY = 200, 1e-1
NEAR_V, NEAR_P = 1e-3, 1e-2  # how near its bound an alpha that is pushed there is held to be at it
FLOOR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """The curvature at a point: `free` contracts, their c = θ/V and `diagonal`, and the priced cells they share."""

    free: Ints
    held: Floats
    c: Floats
    diagonal: Floats
    kept_first: Ints
    kept: Numbers
    share: Floats

    def times(self, y: Floats, damped: Floats) -> Floats:
        """(H + damping)·y, with `damped` the diagonal that already holds the damping."""
        out = np.zeros_like(y)
        curvature.times(self.kept_first, self.kept, self.share, self.c * y, out)
        return np.asarray(damped * y - self.c * out)

    def damped(self, damping: float) -> Floats:
        """The diagonal with Levenberg's damping."""
        floor = FLOOR * float(self.diagonal.max(initial=0.0)) or 1.0  # contracts whose every cell is priced out
        return np.asarray(self.diagonal + damping * (self.diagonal + floor))


def bend(of: Problem, point: Point, p: Floats) -> Bend:
    """H at the point, without the alphas that stay at a bound (Bertsekas' two-metric projection, 1982).

    `held` is alpha with those put on their bound.
    """
    near = np.minimum(NEAR_V * of.v, NEAR_P * p)
    low, high = (point.alpha <= near) & (point.missing < 0), (point.alpha >= p - near) & (point.missing > 0)
    free = np.flatnonzero(~(low | high))
    place = np.full(of.contracts, -1, dtype=np.int32)
    place[free] = np.arange(len(free))
    kept, share = np.empty(len(of.who), dtype=np.int32), np.empty(len(of.s))
    kept_first, near = np.empty(len(of.s) + 1, dtype=np.int64), np.zeros(len(free))
    found = curvature.bends(
        of.first_of_cell, of.who, of.s, point.terms, point.beta, place, kept, kept_first, share, near
    )
    held = np.where(low, 0.0, np.where(high, p, point.alpha))
    c = point.terms[free, 1]
    return Bend(free, held, c, c * near, kept_first[: found + 1], kept, share)


def step(bent: Bend, missing: Floats, damping: float) -> Floats:
    """(H + damping)⁻¹ · missing over the free contracts, preconditioned by the diagonal; stops when near enough."""
    damped = bent.damped(damping)
    y, rest = np.zeros_like(missing), missing.copy()
    toward = scaled = rest / damped
    power = enough = float(rest @ scaled)
    for _ in range(min(ITERATIONS, 2 * len(rest))):
        if power <= enough * ACCURACY**2:
            break
        turned = bent.times(toward, damped)
        length = power / float(toward @ turned)
        y, rest = y + length * toward, rest - length * turned
        scaled = rest / damped
        before, power = power, float(rest @ scaled)
        toward = scaled + power / before * toward
    return y
