"""The way up the dual: sweeps, then Newton steps in boxes [0, t·p] that grow to [0, p].

A generator of points: whoever walks it decides when to stop. Every point certifies itself for the full penalties.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from makegood.engine.allocation import newton
from makegood.engine.allocation import point as points
from makegood.engine.allocation.arrays import Floats, dot
from makegood.engine.allocation.crew import Crew
from makegood.engine.allocation.point import Point
from makegood.engine.allocation.problem import Problem

Walk = Generator[Point, None, Point]

OPENING = 10  # sweeps before the first step of Newton
GENTLE, GROWTH, ROUGH = 20.0, 2.5, 0.1  # the first box's largest p/V, how boxes grow, the gap that is enough in one
TRIES, STEPS, STILL = 8, 200, 1e-14
FIRST, LEAST, EASIER, HARDER = 1e-2, 1e-6, 0.3, 3.0  # Levenberg's damping
TRUE, FALSE = 0.6, 0.25  # parts of the foreseen rise: from the one on damping eases, below the other it hardens


def path(of: Problem, alpha: Floats | None, crew: Crew) -> Walk:
    """From nothing through growing boxes, or straight on from the `alpha` of an earlier plan."""
    scales = (1.0,) if alpha is not None else boxes(of)
    start = np.zeros(of.contracts) if alpha is None else np.clip(alpha, 0.0, of.p)
    point = points.at(of, start, np.zeros(len(of.s)), crew)
    yield point
    for _ in range(OPENING if alpha is None else 1):
        point = points.swept(of, point, of.p * scales[0], crew)
        yield point
    damping, ends = FIRST, list[tuple[float, Floats]]()
    for scale in scales:
        if ends:
            point = points.at(of, _raised(of, ends, scale), point.beta * (scale / ends[-1][0]), crew)
            yield point
        damping, point = yield from _climb(of, of.p * scale, point, damping, 0.0 if scale == 1.0 else ROUGH, crew)
        ends = [*ends[-1:], (scale, point.alpha)]
    return point


def boxes(of: Problem) -> tuple[float, ...]:
    """Parts of the penalties, ascending to 1, from the one at which the largest p/V is GENTLE."""
    scale, found = min(1.0, GENTLE / max(float((of.p / of.v).max(initial=0.0)), GENTLE)), []
    while scale < 1.0:
        found.append(scale)
        scale *= GROWTH
    return (*found, 1.0)


def _raised(of: Problem, ends: list[tuple[float, Floats]], scale: float) -> Floats:
    """Alphas to start the next box from; those at their bound go to the new one.

    Others go on in proportion, or where two boxes are behind, `alpha / scale` goes on in the line through both ends, which
    is nearly straight in 1 / scale: growing p by t is shrinking V by t, and alpha / t is then the alpha of that V.
    """
    before, last = ends[-1]
    full, part = last >= of.p * before * (1 - 1e-9), last / before
    if len(ends) > 1:
        earlier, older = ends[0]
        part = part + (1 / before - 1 / scale) / (1 / earlier - 1 / before) * (part - older / earlier)
    return np.where(full, of.p * scale, np.clip(part * scale, 0.0, of.p * scale))


def _climb(
    of: Problem, p: Floats, point: Point, damping: float, enough: float, crew: Crew
) -> Generator[Point, None, tuple[float, Point]]:
    """Newton steps in one box until the gap there is `enough` or nothing rises any more.

    A sweep follows each step but those that rose as the quadratic foresaw: what was bent on the way it puts right.
    """
    for _ in range(STEPS):
        primal = point.primal(p)
        if primal - point.dual <= enough * primal:
            break
        risen, harder = yield from _risen(of, p, point, damping, crew)
        damping = max(damping * harder, LEAST)
        if risen is not None and harder == EASIER:
            point = risen
            continue
        swept = points.swept(of, risen or point, p, crew)
        yield swept
        if risen is None and swept.dual <= point.dual + STILL * abs(point.dual):
            break
        point = swept
    return damping, point


def _risen(
    of: Problem, p: Floats, point: Point, damping: float, crew: Crew
) -> Generator[Point, None, tuple[Point | None, float]]:
    """The first point with a higher dual on the way to Newton's, None when there is none, and the damping's factor."""
    bent = newton.bend(of, point, p, crew)
    way = np.clip(bent.held + newton.step(bent, point.missing, damping, crew), 0.0, p) - point.alpha
    part, begun = 1.0, dot(point.missing, way)
    foreseen = begun - 0.5 * dot(way, bent.times(way, crew))
    for _ in range(TRIES):
        tried = points.at(of, np.clip(point.alpha + part * way, 0.0, p), point.beta, crew)  # sums may round past p
        yield tried
        if tried.dual > point.dual:
            return tried, _harder(tried.dual - point.dual, foreseen, part)
        part *= _shorter(begun, dot(tried.missing, way))
    return None, HARDER


def _harder(rise: float, foreseen: float, part: float) -> float:
    """What damping is multiplied by, from how true the quadratic was (Marquardt's ratio); shortened steps harden it."""
    if part < 1.0 or rise < FALSE * foreseen:
        return HARDER
    return EASIER if rise > TRUE * foreseen else 1.0


def _shorter(begun: float, ended: float) -> float:
    """The part of a step at whose end the dual falls, by the slopes at its ends, that a parabola would have taken."""
    return min(max(begun / (begun - ended), 0.1), 0.7) if ended < begun else 0.1
