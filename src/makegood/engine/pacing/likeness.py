"""How alike the days of a flight are, and what follows for the days to come. Arithmetic of `projection`; no goals here.

Rates of days r = level + AR(1) with correlation c a day. Level by generalised least squares, days ahead by ordinary
kriging (Cressie, Statistics for Spatial Data, 1993, 3.2); c is not chosen but averaged by its restricted likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from makegood.engine.pacing.curve import Shape

CORRELATIONS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95)
SPREAD, DAYS = 0.12, 1.0  # before any day is seen: a relative standard deviation, and how many days it counts for


@dataclass(frozen=True, slots=True)
class Ahead:
    """Units to come: mean and standard deviation of a Student's t with so many degrees of freedom."""

    units: float
    deviation: float
    freedom: float


def ahead(rates: Shape, shape: Shape) -> Ahead:
    """Units over the days of `shape` from the `rates` (units per unit of shape) of the days before, in order."""
    found = [_given(correlation, rates, shape) for correlation in CORRELATIONS]
    weight = np.exp(np.array([one[2] for one in found]) - max(one[2] for one in found))
    weight /= weight.sum()
    units = np.array([one[0] for one in found])
    mean = float(weight @ units)
    variance = float(weight @ (np.array([one[1] for one in found]) + (units - mean) ** 2))
    return Ahead(mean, float(np.sqrt(variance)), len(rates) - 1 + DAYS)


def _given(correlation: float, rates: Shape, shape: Shape) -> tuple[float, float, float]:
    """(units, their variance, log likelihood) for one correlation."""
    seen, days = len(rates), np.arange(len(rates) + len(shape))
    alike = np.power(correlation, np.abs(days[:, None] - days))
    own, across, coming = alike[:seen, :seen], alike[seen:, :seen].T @ shape, shape @ alike[seen:, seen:] @ shape
    solved = np.linalg.solve(own, np.stack([np.ones(seen), rates, across], axis=1))
    ones, whole = solved[:, 0], float(solved[:, 0].sum())
    level = float(ones @ rates) / whole
    off = rates - level
    error = float(off @ np.linalg.solve(own, off)) + DAYS * (SPREAD * float(rates.mean())) ** 2
    variance = error / (seen - 1 + DAYS)
    units = level * float(shape.sum()) + float(solved[:, 2] @ off)
    beyond = coming - across @ solved[:, 2] + (shape.sum() - ones @ across) ** 2 / whole
    likely = -0.5 * (np.linalg.slogdet(own)[1] + np.log(whole) + (seen - 1 + DAYS) * np.log(error or 1.0))
    return units, variance * float(beyond), float(likely)
