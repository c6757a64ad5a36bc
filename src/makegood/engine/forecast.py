"""The daily forecast: weekly seasonality, damped trend, holidays and an 80 per cent interval, many series at once.

Arrays in and out. What a forecast is shared out over lives in `outlook`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Series = npt.NDArray[np.float64]

ALPHAS, BETAS, PHI = (0.15, 0.3, 0.6), (0.0, 0.05), 0.9
CLIP, Z80, LEAST_SD = 3.0, 1.2816, 0.02
PRIOR_WEEKS, PRIOR_HOLIDAYS = 0.5, 2.0


class HistoryInvalid(ValueError):
    """The history cannot be forecast from: too short, negative or not finite."""


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Units a day, shape (series, horizon): the mean and the bounds it falls within 80 times in 100."""

    mean: Series
    lo80: Series
    hi80: Series


def daily(
    history: Series, horizon: int, *, first_day: dt.date, holidays: Collection[dt.date] = (), minimum_days: int = 14
) -> Forecast:
    """Forecast `horizon` days after `history` (series, days), whose first column is `first_day`; NaN is a missing day.

    Multiplicative day-of-week and holiday factors, then damped-trend exponential smoothing (Gardner and McKenzie 1985)
    with innovations clipped at three deviations (Gelper et al. 2010); smoothing constants per series from a small grid
    by absolute error. The interval is the class-1 formula on the one-step errors. Raises HistoryInvalid.
    """
    _check(history, minimum_days)
    days = history.shape[1]
    weekdays = (first_day.weekday() + np.arange(days + horizon)) % 7
    feast = np.array([first_day + dt.timedelta(days=n) in holidays for n in range(days + horizon)], dtype=np.bool_)
    weekly = _weekly(history, weekdays[:days])
    factor = weekly[:, weekdays]
    factor = factor * np.where(feast, _holiday(history / factor[:, :days], feast[:days])[:, None], 1.0)
    level, trend, alpha, beta, sd = _smooth(history / np.maximum(factor[:, :days], 1e-9))
    steps = np.arange(1, horizon + 1)
    damped = PHI * (1 - PHI**steps) / (1 - PHI)
    flat = np.maximum(level[:, None] + trend[:, None] * damped, 0.0)
    weights = alpha[:, None] + (alpha * beta)[:, None] * damped
    passed = np.cumsum(np.hstack([np.zeros((len(history), 1)), weights[:, :-1] ** 2]), axis=1)
    spread = Z80 * np.maximum(sd[:, None], LEAST_SD * flat) * np.sqrt(1 + passed)
    ahead = factor[:, days:]
    return Forecast(flat * ahead, np.maximum(flat - spread, 0) * ahead, (flat + spread) * ahead)


def _check(history: Series, minimum_days: int) -> None:
    if history.ndim != 2 or history.shape[1] < minimum_days:
        raise HistoryInvalid(
            f"history has shape {history.shape}; give (series, days) with at least {minimum_days} days"
        )
    if np.isinf(history).any() or (history < 0).any():
        row = int(np.argwhere(np.isinf(history) | (history < 0))[0][0])
        raise HistoryInvalid(f"series {row} holds a negative or infinite count")
    if empty := np.flatnonzero(np.isnan(history).all(axis=1)).tolist():
        raise HistoryInvalid(f"series {empty[0]} has no counts at all")


def _weekly(history: Series, weekdays: npt.NDArray[np.int64]) -> Series:
    """Day-of-week factors (series, 7), mean 1, shrunk towards 1 as by half a week of flat traffic."""
    padded = np.pad(history, ((0, 0), (3, 3)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 7, axis=1)
    present = ~np.isnan(windows)
    level = np.where(present, windows, 0.0).sum(axis=2) / np.maximum(present.sum(axis=2), 1)
    ratio = np.where(level > 0, history / np.maximum(level, 1e-9), np.nan)
    found = np.ones((len(history), 7))
    for day in range(7):
        seen = ratio[:, weekdays == day]
        number = (~np.isnan(seen)).sum(axis=1)
        middle = np.nanmedian(_or_one(seen), axis=1)
        found[:, day] = (middle * number + PRIOR_WEEKS) / (number + PRIOR_WEEKS)
    return np.asarray(found / found.mean(axis=1, keepdims=True), dtype=np.float64)


def _or_one(seen: Series) -> Series:
    """Rows without any value read as 1, so that a median exists."""
    return np.where(np.isnan(seen).all(axis=1, keepdims=True), 1.0, seen)


def _holiday(deseasoned: Series, feast: npt.NDArray[np.bool_]) -> Series:
    """One factor a series for holidays, shrunk towards 1 as by two ordinary ones."""
    if not feast.any():
        return np.ones(len(deseasoned))
    usual = np.nanmedian(deseasoned, axis=1)
    ratio = deseasoned[:, feast] / np.maximum(usual, 1e-9)[:, None]
    number = (~np.isnan(ratio)).sum(axis=1)
    return np.asarray((np.nansum(ratio, axis=1) + PRIOR_HOLIDAYS) / (number + PRIOR_HOLIDAYS), dtype=np.float64)


def _smooth(series: Series) -> tuple[Series, Series, Series, Series, Series]:
    """Damped Holt over every series and grid point at once; the best point's level, trend, alpha, beta, error sd."""
    grid = np.array([(a, b) for a in ALPHAS for b in BETAS])
    alpha, beta = grid[:, 0], grid[:, 1]
    level = np.repeat(np.nanmedian(series[:, :14], axis=1)[:, None], len(grid), axis=1)
    trend = np.zeros_like(level)
    scale = np.nanstd(series, axis=1, keepdims=True) + 1e-9
    absolute, squares, number = np.zeros_like(level), np.zeros_like(level), np.zeros((len(series), 1))
    for day in range(series.shape[1]):
        value, guess = series[:, day : day + 1], level + PHI * trend
        missing = np.isnan(value)
        error = np.where(missing, 0.0, np.clip(value - guess, -CLIP * scale, CLIP * scale))
        level, trend = guess + alpha * error, PHI * trend + alpha * beta * error
        scale = np.where(missing, scale, 0.97 * scale + 0.03 * 1.25 * np.abs(error).mean(axis=1, keepdims=True))
        if day >= 7:
            absolute, squares, number = absolute + np.abs(error), squares + error**2, number + ~missing
    best = absolute.argmin(axis=1)
    rows = np.arange(len(series))
    sd = np.sqrt(squares[rows, best] / np.maximum(number[:, 0] - 1, 1))
    return level[rows, best], trend[rows, best], alpha[best], beta[best], sd
