"""Newton's direction for the dual: conjugate gradients on the generalised Hessian of the free alphas.

Semismooth: the dual is piecewise quadratic, and H that of the piece the point lies in. Never formed, only multiplied.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from makegood.engine.allocation import curvature
from makegood.engine.allocation.arrays import Flags, Floats, Ints, Numbers, dot
from makegood.engine.allocation.crew import Crew, Part
from makegood.engine.allocation.point import Point
from makegood.engine.allocation.problem import Problem

ITERATIONS, ACCURACY = 200, 1e-1
NEAR_V, NEAR_P = 1e-3, 1e-2  # how near its bound an alpha that is pushed there is held to be at it
WHOLE = 0.1  # damping is of a contract's curvature and of this part of what it is where every cell is active


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """The curvature at a point: `free` contracts, c = θ/V of these and 0 of others, and the priced cells they share.

    `h` as in `curvature`, `diagonal` that of H, both 1 for contracts that are not free.
    """

    free: Flags
    held: Floats
    c: Floats
    h: Floats
    diagonal: Floats
    whole: Floats
    parts: tuple[Part, ...]
    kept: tuple[Ints, Ints, Numbers, Floats]

    def times(self, y: Floats, crew: Crew) -> Floats:
        """H·y."""
        return np.asarray(self.h * y - self.c * added(crew.each(curvature.times, self.parts, *self.kept, self.c * y)))

    def damping(self, factor: float) -> Floats:
        """The diagonal of Levenberg's damping."""
        return np.asarray(factor * (self.h + WHOLE * self.whole))


def bend(of: Problem, point: Point, p: Floats, crew: Crew) -> Bend:
    """H at the point, without the alphas that stay at a bound (Bertsekas' two-metric projection, 1982).

    `held` is alpha with those put on their bound.
    """
    near = np.minimum(NEAR_V * of.v, NEAR_P * p)
    low, high = (point.alpha <= near) & (point.missing < 0), (point.alpha >= p - near) & (point.missing > 0)
    free, fall = ~(low | high), point.terms[:, 1]
    begins, ends = np.empty(len(of.s), dtype=np.int64), np.empty(len(of.s), dtype=np.int64)
    kept = (begins, ends, np.empty(len(of.who), dtype=np.uint32), np.empty(len(of.s)))
    arrays = (of.first_of_cell, of.who, of.s, point.terms, point.beta, kept[2], begins, ends, kept[3])
    found = crew.each(curvature.bends, of.parts_of_cells, *arrays)
    parts = tuple((begin, int(last)) for (begin, _), (last, _) in zip(of.parts_of_cells, found, strict=True))
    held = np.where(low, 0.0, np.where(high, p, point.alpha))
    c, h = np.where(free, fall, 0.0), np.where(free, fall * point.near, 1.0)
    diagonal = np.maximum(h - c * c * added([sums for _, sums in found]), 0.0)
    return Bend(free, held, c, h, diagonal, fall * of.supply, parts, kept)


def added(sums: Sequence[Floats]) -> Floats:
    """The sum of what the parts of a kernel found, in their order."""
    return functools.reduce(np.add, sums)


def step(bent: Bend, missing: Floats, factor: float, crew: Crew) -> Floats:
    """(H + damping)⁻¹ · missing over the free contracts, preconditioned by its diagonal; stops when near enough."""
    damping, rest = bent.damping(factor), np.where(bent.free, missing, 0.0)
    y, diagonal = np.zeros_like(rest), bent.diagonal + damping
    toward = scaled = rest / diagonal
    power = enough = dot(rest, scaled)
    for _ in range(min(ITERATIONS, 2 * len(rest))):
        if power <= enough * ACCURACY**2:
            break
        turned = bent.times(toward, crew) + damping * toward
        length = power / dot(toward, turned)
        y, rest = y + length * toward, rest - length * turned
        scaled = rest / diagonal
        before, power = power, dot(rest, scaled)
        toward = scaled + power / before * toward
    return y
