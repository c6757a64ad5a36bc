"""Cold start: a placement counted for less than two weeks, forecast by its siblings.

Counts and the siblings' forecast in, a forecast out. With two weeks of its own it is forecast like any other.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from makegood.engine.forecast.history import HistoryInvalid, Series
from makegood.engine.forecast.intervals import Forecast

LEAST_SPREAD, LEAST_NOISE = 0.5, 0.05  # logarithms: how far levels of siblings differ, how far a step is off
STEPS_ALIKE = 3.0  # steps after one another err together: so many count as one
Z80, Z95 = NormalDist().inv_cdf(0.9), NormalDist().inv_cdf(0.975)


def started(seen: Series, history: Series, siblings: Forecast) -> Forecast:
    """Forecasts (new series, horizon) of series of which little is `seen` (new series, steps); NaN is not counted.

    `history` (siblings, steps) ends with the same step, and `siblings` is its forecast. The shape is the siblings'
    mean shape; the level is the seen steps' ratio to it, drawn to the siblings' mean level by its precision (normal
    prior and likelihood of logarithms). With nothing seen the interval is as wide as the siblings' levels differ.
    Raises HistoryInvalid.
    """
    if not len(history):
        raise HistoryInvalid("there are no siblings; count two weeks before asking for a forecast")
    level = np.maximum(siblings.level, 1e-9)
    shape = (siblings.mean / level[:, None]).mean(axis=0)
    steps = seen.shape[1]
    with np.errstate(invalid="ignore"):
        past = np.nanmean(np.where(np.isnan(history), np.nan, history / level[:, None])[:, -steps:], axis=0) if steps else shape[:0]
    usual, spread = float(np.log(level).mean()), max(float(np.log(level).std()), LEAST_SPREAD)
    noise = _noise(siblings)
    logs, error = _levels(seen, past, usual, spread, noise)
    mean = np.exp(logs)[:, None] * shape
    wide = np.sqrt(error[:, None] ** 2 + noise**2)
    low80, high80, low95, high95 = (mean * np.exp(z * wide) for z in (-Z80, Z80, -Z95, Z95))
    return Forecast(mean, low80, high80, low95, high95, np.full((len(seen), *siblings.missed.shape[1:]), np.nan), np.exp(logs))


def _noise(siblings: Forecast) -> float:
    """How far a sibling's step is usually off, as a deviation of logarithms."""
    width = (siblings.hi80 - siblings.lo80).mean() / max(float(siblings.mean.mean()), 1e-9) / 2 / Z80
    return max(float(width), LEAST_NOISE)


def _levels(
    seen: Series, past: Series, usual: float, spread: float, noise: float
) -> tuple[Series, npt.NDArray[np.float64]]:
    """Logarithm of each level and its deviation (new series,)."""
    counted = ~np.isnan(seen) & ~np.isnan(past) & (past > 0)
    sums = np.where(counted, seen, 0.0).sum(axis=1)
    expected = np.where(counted, past, 0.0).sum(axis=1)
    number = counted.sum(axis=1) / STEPS_ALIKE
    ratio = np.log(np.maximum(sums, 0.5) / np.maximum(expected, 1e-9))
    precision = number / noise**2
    error = 1 / np.sqrt(precision + 1 / spread**2)
    return np.where(number > 0, (ratio * precision + usual / spread**2) * error**2, usual), error
