"""The way up the dual: sweeps, then Newton steps in boxes [0, t·p] that grow to [0, p].

A generator of points: whoever walks it decides when to stop. Every point certifies itself for the full penalties.
"""

from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise

import numpy as np

from makegood.engine.allocation import newton
from makegood.engine.allocation import point as points
from makegood.engine.allocation.arrays import Floats
from makegood.engine.allocation.point import Point
from makegood.engine.allocation.problem import Problem

Walk = Generator[Point, None, Point]

OPENING = 10  # sweeps before the first step of Newton
GENTLE, GROWTH, ROUGH = 20.0, 2.5, 0.1  # the first box's largest p/V, how boxes grow, the gap that is enough in one
TRIES, STEPS, STILL = 8, 200, 1e-14
FIRST, LEAST, EASIER, HARDER = 1e-3, 1e-6, 0.3, 3.0  # Levenberg's damping


def path(of: Problem, alpha: Floats | None, lines: Floats) -> Walk:
    """From nothing through growing boxes, or straight on from the `alpha` of an earlier plan."""
    scales = (1.0,) if alpha is not None else boxes(of)
    start = np.zeros(of.contracts) if alpha is None else np.clip(alpha, 0.0, of.p)
    point = points.at(of, start, np.zeros(len(of.s)), lines)
    yield point
    for _ in range(OPENING if alpha is None else 1):
        point = points.swept(of, point, of.p * scales[0], lines)
        yield point
    damping = FIRST
    for before, scale in pairwise((scales[0], *scales)):
        if scale > before:
            point = _raised(of, point, before, scale, lines)
            yield point
        damping, point = yield from _climb(of, of.p * scale, point, damping, 0.0 if scale == 1.0 else ROUGH, lines)
    return point


def boxes(of: Problem) -> tuple[float, ...]:
    """Parts of the penalties, ascending to 1, from the one at which the largest p/V is GENTLE."""
    scale, found = min(1.0, GENTLE / max(float((of.p / of.v).max(initial=0.0)), GENTLE)), []
    while scale < 1.0:
        found.append(scale)
        scale *= GROWTH
    return (*found, 1.0)


def _raised(of: Problem, point: Point, before: float, scale: float, lines: Floats) -> Point:
    """Into the next box: alphas at their bound go to the new one, the others grow in proportion."""
    full = point.alpha >= of.p * before * (1 - 1e-9)
    alpha = np.where(full, of.p * scale, np.minimum(point.alpha * (scale / before), of.p * scale))
    return points.at(of, alpha, point.beta * (scale / before), lines)


def _climb(
    of: Problem, p: Floats, point: Point, damping: float, enough: float, lines: Floats
) -> Generator[Point, None, tuple[float, Point]]:
    """Newton steps in one box, each followed by a sweep, until the gap there is `enough` or nothing rises any more."""
    for _ in range(STEPS):
        primal = point.primal(p)
        if primal - point.dual <= enough * primal:
            break
        risen, damping = yield from _risen(of, p, point, damping, lines)
        swept = points.swept(of, risen or point, p, lines)
        yield swept
        if risen is None and swept.dual <= point.dual + STILL * abs(point.dual):
            break
        point = swept
    return damping, point


def _risen(
    of: Problem, p: Floats, point: Point, damping: float, lines: Floats
) -> Generator[Point, None, tuple[Point | None, float]]:
    """The first point with a higher dual on the way to Newton's, None when there is none, and the next step's damping."""
    bent = newton.bend(of, point, p)
    alpha = bent.held.copy()
    alpha[bent.free] += newton.step(bent, point.missing[bent.free], damping)
    way = np.clip(alpha, 0.0, p) - point.alpha
    part, begun = 1.0, float(point.missing @ way)
    for _ in range(TRIES):
        tried = points.at(of, np.clip(point.alpha + part * way, 0.0, p), point.beta, lines)  # sums may round past p
        yield tried
        if tried.dual > point.dual:
            return tried, max(damping * (EASIER if part == 1.0 else HARDER), LEAST)
        part *= _shorter(begun, float(tried.missing @ way))
    return None, damping * HARDER


def _shorter(begun: float, ended: float) -> float:
    """The part of a step at whose end the dual falls, by the slopes at its ends, that a parabola would have taken."""
    return min(max(begun / (begun - ended), 0.1), 0.7) if ended < begun else 0.1
