"""The time of year: a smooth factor by day of year, where more than a year was counted.

Daily counts in, factors out. Shorter seasons and the level are left to the models.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.engine.forecast.history import Series, Steps
from makegood.engine.forecast.intervals import Groups

LEAST_DAYS, YEAR = 400, 365.25
HARMONICS, RIDGE, SIBLING_WEEKS, FULL_YEARS = 3, 0.5, 26.0, 2.0
QUIET = 0.05  # of the mean, added before logarithms


def factors(history: Series, begin: Steps, days: npt.NDArray[np.int64], groups: Groups) -> Series:
    """Factors (series, steps + horizon) for daily counts; `days` (steps + horizon,) number the days of the calendar.

    Three harmonics of the year fitted with a straight trend to the logarithm of weekly means (harmonic regression),
    drawn to the siblings' by half a year and, with less than two years, to none: a trend and half a cycle look alike.
    All 1 in groups where no series has 400 days.
    """
    waves = _waves(days)
    found = np.ones((len(history), len(days)))
    long = np.flatnonzero(history.shape[1] - begin >= LEAST_DAYS)
    if not len(long):
        return found
    own = np.array([_fitted(history[row, begin[row] :], waves[begin[row] : history.shape[1]]) for row in long])
    length = np.array([history.shape[1] - begin[row] for row in long], dtype=np.float64)
    for group in np.unique(groups[long]):
        members = groups[long] == group
        shared = length[members] @ own[members] / length[members].sum()
        trusted = min(1.0, length[members].max() / YEAR / FULL_YEARS)
        found[groups == group] = np.exp(trusted * waves @ shared)
        weight = length[members][:, None] / 7
        drawn = (own[members] * weight + shared * SIBLING_WEEKS) / (weight + SIBLING_WEEKS)
        found[long[members]] = np.exp(trusted * drawn @ waves.T)
    return found


def _waves(days: npt.NDArray[np.int64]) -> Series:
    """Sine and cosine of the year's harmonics (days, 2 * HARMONICS)."""
    turn = 2 * np.pi * np.outer(days, np.arange(1, HARMONICS + 1)) / YEAR
    return np.hstack([np.sin(turn), np.cos(turn)])


def _fitted(series: Series, waves: Series) -> Series:
    """Ridge coefficients of the harmonics, beside a level and a straight trend, from weekly means."""
    weeks = len(series) // 7
    counts = series[-7 * weeks :].reshape(weeks, 7)
    seen = ~np.isnan(counts).all(axis=1)
    with np.errstate(invalid="ignore"):
        means = np.nansum(counts, axis=1)[seen] / (~np.isnan(counts)).sum(axis=1)[seen]
    target = np.log(means + QUIET * max(float(means.mean()), 1e-9))
    weekly = waves[-7 * weeks :].reshape(weeks, 7, -1).mean(axis=1)[seen]
    terms = np.hstack([np.ones((len(weekly), 1)), np.linspace(-1, 1, weeks)[seen][:, None], weekly])
    penalty = np.concatenate([[0.0, 0.0], RIDGE * np.tile(np.arange(1, HARMONICS + 1) ** 2, 2)])
    return np.asarray(np.linalg.solve(terms.T @ terms + np.diag(penalty), terms.T @ target)[2:], dtype=np.float64)
