"""The projected finish of a flight with 80 and 90 per cent intervals, and the revenue at risk.

Recent rates per unit of traffic shape carried over the remaining shape; how alike days are is in `likeness`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from scipy.special import stdtrit  # type: ignore[import-untyped]

from makegood.engine.money import Money
from makegood.engine.pacing import likeness
from makegood.engine.pacing.curve import Shape


@dataclass(frozen=True, slots=True)
class Projection:
    """Units at the end of the flight and the bounds they fall within 80 and 90 times in 100."""

    finish: float
    lo80: float
    hi80: float
    lo90: float
    hi90: float


def project(
    delivered: float, recent: Shape, recent_shape: Shape, remaining_shape: Shape, *, stops_at: float | None = None
) -> Projection:
    """Project from the whole days `recent` (units a day, in order) with their traffic shape over the days left.

    The rates of days are taken to vary about a level of their own and to be alike from day to day, by as much as the
    recent ones are (ordinary kriging over time, Student's t). `stops_at` is the goal at which serving stops, if it does.
    """
    used = recent_shape > 0
    if not used.any() or remaining_shape.sum() <= 0:
        return Projection(*(float(delivered),) * 5)
    found = likeness.ahead(recent[used] / recent_shape[used], remaining_shape)
    middle = delivered + found.units

    def bound(level: float) -> float:
        end = max(float(delivered), middle + float(stdtrit(found.freedom, level)) * found.deviation)
        return end if stops_at is None else min(end, max(stops_at, float(delivered)))

    return Projection(bound(0.5), bound(0.1), bound(0.9), bound(0.05), bound(0.95))


def revenue_at_risk(goal: float, finish: float, value: Money) -> Money:
    """The part of the flight's `value` for the share of its goal not projected to be met; zero when it will be."""
    if goal <= 0:
        return value.times(0).rounded()
    missing = Decimal(max(0, math.ceil(goal - finish)))
    return value.times(missing / Decimal(math.ceil(goal))).rounded()
