"""Intervals from the errors of the trials: quantiles that grow with the horizon, pooled over siblings.

Errors in, bounds out. Split conformal prediction (Vovk et al. 2005) over rolling origins, with scaled scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from makegood.engine.forecast.history import Series
from makegood.engine.forecast.trials import Tracks

Groups = npt.NDArray[np.int64]

LEVELS = (0.1, 0.9, 0.025, 0.975)
QUIET, LEAST = 0.2, 0.005  # of the series' mean: what every step may be off by; the least deviation there is
NORMAL_TRIALS, SIBLING_TRIALS = 4.0, 3.0  # trials that the normal shape, and the siblings' scale, count as
CLIP = 5.0  # scores beyond say nothing of how errors grow
MEAN_TO_DEVIATION = 1.2533  # of a normal distribution: deviation over mean absolute deviation
NORMAL = tuple(MEAN_TO_DEVIATION * NormalDist().inv_cdf(level) for level in LEVELS)


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Units a step, shape (series, horizon): the mean and the bounds it falls within 80 and 95 times in 100.

    `missed` (series, trials, steps) is what was counted less what was forecast in the trials; NaN where not counted.
    """

    mean: Series
    lo80: Series
    hi80: Series
    lo95: Series
    hi95: Series
    missed: Tracks
    level: Series


def around(mean: Series, tried: Tracks, counted: Tracks, level: Series, groups: Groups) -> Forecast:
    """The forecast with its intervals. `tried` and `counted` (series, trials, steps), `level` (series,) their usual size.

    A score is the error over the size of the step, over the series' own mean score and over the growth with the
    horizon; the quantiles of the scores are those of all series with the same group.
    """
    missed = counted - tried
    scores = missed / _room(tried, level)
    size, growth = _sizes(scores, groups), np.empty(mean.shape)
    quantiles = np.empty((len(mean), len(LEVELS)))
    scores /= size[:, None, None]
    for rows in _batches(groups):
        pooled = scores[rows].reshape(rows.shape[0], -1, scores.shape[2])
        grown = _growth(pooled, mean.shape[1])
        growth[rows] = grown[:, None]
        quantiles[rows] = _quantiles(pooled / grown[:, None, : scores.shape[2]])[:, None]
    quantiles *= _student(_independent(scores))
    unit = _room(mean, level) * size[:, None] * growth
    low80, high80, low95, high95 = (np.maximum(mean + quantiles[:, [at]] * unit, 0.0) for at in range(len(LEVELS)))
    return Forecast(mean, np.minimum(low80, mean), np.maximum(high80, mean), np.minimum(low95, mean),
                    np.maximum(high95, mean), missed, level)  # fmt: skip


def _batches(groups: Groups) -> list[Groups]:
    """Rows by group (groups, members): in one piece where every series stands alone, else group by group."""
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    return [np.array(members)] if len(members) == len(groups) else [rows[None] for rows in members]


def _room(value: Series, level: Series) -> Series:
    """What an error at a step is measured in: the step's own size and a part of the series'."""
    return np.asarray(value + QUIET * level.reshape((-1,) + (1,) * (value.ndim - 1)), dtype=np.float64)


def _sizes(scores: Tracks, groups: Groups) -> Series:
    """Mean absolute score of each series, drawn towards that of its group as by three trials."""
    own = np.nanmean(np.abs(scores), axis=(1, 2))
    number = (~np.isnan(scores).all(axis=2)).sum(axis=1)
    shared = own.copy()
    for rows in _batches(groups):
        shared[rows] = own[rows].mean(axis=1, keepdims=True)
    drawn = (own * number + shared * SIBLING_TRIALS) / (number + SIBLING_TRIALS)
    return np.asarray(np.maximum(drawn, LEAST), dtype=np.float64)


def _growth(scores: Tracks, horizon: int) -> Series:
    """How much larger errors are at each step ahead (groups, horizon): the root of a line through their mean squares."""
    number = (~np.isnan(scores)).sum(axis=1)
    found = np.nansum(np.square(np.clip(scores, -CLIP, CLIP)), axis=1) / np.maximum(number, 1)
    at, weight = np.arange(1.0, scores.shape[2] + 1), number / number.sum(axis=1, keepdims=True)
    middle, height = weight @ at, (weight * found).sum(axis=1)
    apart = at - middle[:, None]
    spread = np.maximum((weight * apart**2).sum(axis=1), 1e-9)
    slope = np.clip((weight * apart * found).sum(axis=1) / spread, 0.0, height / middle)
    line = height[:, None] + slope[:, None] * (np.arange(1.0, horizon + 1) - middle[:, None])
    return np.asarray(np.where(height[:, None] > 0, np.sqrt(line / np.maximum(height[:, None], 1e-12)), 1.0))


def _independent(scores: Tracks) -> Series:
    """How many independent errors the trials of each series are worth (series,), at least two.

    Errors after one another are alike and trials overlap: n (1 - r) / (1 + r) of the n different steps that were
    scored, r the correlation of one step's error with the next (Bartlett 1946). The last trial has what is new in each.
    """
    both = scores[:, :, 1:] * scores[:, :, :-1]
    square = np.where(np.isnan(both), np.nan, 0.5 * (scores[:, :, 1:] ** 2 + scores[:, :, :-1] ** 2))
    alike = np.clip(np.nansum(both, axis=(1, 2)) / np.maximum(np.nansum(square, axis=(1, 2)), 1e-12), 0.0, 0.99)
    trials = (~np.isnan(scores).all(axis=2)).sum(axis=1)
    steps = trials * (~np.isnan(scores[:, -1])).sum(axis=1)
    return np.asarray(np.maximum(steps * (1 - alike) / (1 + alike), 2.0), dtype=np.float64)


def _student(number: Series) -> Series:
    """How much wider than normal Student's quantiles are (series, levels), by the first terms of their expansion.

    A scale estimated from few errors is as often too small as too large; the interval has to allow for both.
    """
    z, freedom = np.array([NormalDist().inv_cdf(level) for level in LEVELS]), number[:, None]
    return np.asarray(1 + (z**2 + 1) / (4 * freedom) + (5 * z**4 + 16 * z**2 + 3) / (96 * freedom**2))


def _quantiles(scores: Tracks) -> Series:
    """Quantiles at LEVELS (groups, levels), drawn towards the normal ones as by four trials of one series."""
    trials = (~np.isnan(scores).all(axis=2)).sum(axis=1, keepdims=True)
    seen = np.sort(scores.reshape(len(scores), -1), axis=1)
    number = (~np.isnan(seen)).sum(axis=1, keepdims=True)
    place = np.clip(np.array(LEVELS) * (number + 1) - 1, 0, number - 1)
    below = np.floor(place).astype(np.int64)
    low, high = (np.take_along_axis(seen, np.minimum(at, number - 1), axis=1) for at in (below, below + 1))
    own = low + (place - below) * (high - low)
    return np.asarray((own * trials + np.array(NORMAL) * NORMAL_TRIALS) / (trials + NORMAL_TRIALS), dtype=np.float64)
