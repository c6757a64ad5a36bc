"""The projected finish of a flight with 80 and 90 per cent intervals, and the revenue at risk.

Recent rate per unit of traffic shape carried over the remaining shape; errors from the spread of recent days.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from makegood.engine.money import Money
from makegood.engine.pacing.curve import Shape

Z80, Z90 = 1.2816, 1.6449
LEAST_SPREAD = 0.03
UNKNOWN_SPREAD = 0.25


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
    """Project from the whole days `recent` (units a day) with their traffic shape over the days left.

    Variance: day-to-day noise on each day left plus the uncertainty of the rate itself, normal; with fewer than three
    days the spread is taken as 25 %. `stops_at` is the goal at which serving stops, if it does.
    """
    seen, ahead = float(recent_shape.sum()), float(remaining_shape.sum())
    if seen <= 0 or ahead <= 0:
        return Projection(*(float(delivered),) * 5)
    rate = float(recent.sum()) / seen
    used = recent_shape > 0
    spread = _spread(recent[used] / recent_shape[used], rate)
    sd = rate * spread * math.sqrt(float((remaining_shape**2).sum()) + ahead**2 / max(1, int(used.sum())))
    middle = delivered + rate * ahead

    def bound(z: float) -> float:
        end = max(float(delivered), middle + z * sd)
        return end if stops_at is None else min(end, max(stops_at, float(delivered)))

    return Projection(bound(0), bound(-Z80), bound(Z80), bound(-Z90), bound(Z90))


def _spread(rates: Shape, rate: float) -> float:
    """Relative day-to-day standard deviation, never below 3 %."""
    if len(rates) < 3 or rate <= 0:
        return UNKNOWN_SPREAD
    return max(LEAST_SPREAD, float(np.std(rates, ddof=1)) / rate)


def revenue_at_risk(goal: float, finish: float, value: Money) -> Money:
    """The part of the flight's `value` for the share of its goal not projected to be met; zero when it will be."""
    if goal <= 0:
        return value.times(0).rounded()
    missing = Decimal(max(0, math.ceil(goal - finish)))
    return value.times(missing / Decimal(math.ceil(goal))).rounded()
