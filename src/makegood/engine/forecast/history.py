"""What was counted, as the models take it: checked, gaps filled, outliers damped.

A history is an array (series, steps); NaN is a missing step, leading NaN means the series began later.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from makegood.engine.forecast.seasons import Seasons
from makegood.engine.kernels import compiled

Series = npt.NDArray[np.float64]
Steps = npt.NDArray[np.int64]

WEEKS_LEAST, WEEKS_EACH_WAY, DAYS_EACH_WAY = 2, 2, 3
FAR, LEAST_LIMIT, QUIET = 6.0, 0.1, 0.1


class HistoryInvalid(ValueError):
    """The history cannot be forecast from: too short, negative, not finite or without any count."""


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """Values (series, steps) without gaps or outliers from `begin` (series,) on; `level` is their mean, above 0."""

    values: Series
    begin: Steps
    level: Series


def check(history: Series, seasons: Seasons) -> Steps:
    """The first counted step of each series. Raises HistoryInvalid, which names the series by its row."""
    if history.ndim != 2:
        raise HistoryInvalid(f"history has shape {history.shape}; give (series, steps)")
    counted = ~np.isnan(history)
    for wrong, said in (
        (np.isinf(history).any(axis=1), "holds an infinite count; leave the step out as NaN"),
        ((history < 0).any(axis=1), "holds a negative count; counts are 0 or more"),
        (~counted.any(axis=1), "has no counts at all; start it from its siblings"),
    ):
        if wrong.any():
            raise HistoryInvalid(f"series {int(wrong.argmax())} {said}")
    begin: Steps = counted.argmax(axis=1).astype(np.int64)
    least = WEEKS_LEAST * seasons.week
    short = history.shape[1] - begin < least
    if short.any():
        row = int(short.argmax())
        raise HistoryInvalid(
            f"series {row} has {history.shape[1] - begin[row]} steps and needs at least {least} steps; "
            "count longer or start it from its siblings"
        )
    return begin


def usual(history: Series, begin: Steps, seasons: Seasons) -> Series:
    """What is usual at each step: the median of the same step in two weeks before and after (series, steps)."""
    found = np.empty_like(history)
    _usual(history, begin, seasons.week, medians(history), found)
    return found


def cleaned(history: Series, begin: Steps, seasons: Seasons) -> Cleaned:
    """Gaps filled with what is usual; steps further off than six deviations from their week brought back to that.

    The deviation is relative, robust (median absolute deviation) and taken from the days around, so that a lasting
    change of level is kept and a single odd day is not. Innovations are bounded as in Gelper, Fried and Croux (2010).
    """
    expected = usual(history, begin, seasons)
    level = np.maximum(np.nanmean(history, axis=1), 1e-9)
    room = expected + QUIET * level[:, None]
    off = np.where(np.isnan(history), 0.0, (history - expected) / room)
    around = _around(off, seasons.day)
    apart = off - around
    counted = np.where(np.arange(history.shape[1]) >= begin[:, None], np.abs(apart), np.nan)
    limit = np.maximum(FAR * 1.4826 * medians(counted), LEAST_LIMIT)[:, None]
    values = np.maximum(expected + room * (around + np.clip(apart, -limit, limit)), 0.0)
    values = np.where(np.isnan(history) | (np.abs(apart) > limit), values, history)
    return Cleaned(np.ascontiguousarray(values), begin, level)


def _around(off: Series, day: int) -> Series:
    """The median over the days around each day of the day's median (series, steps); days end with the last step."""
    series, steps = off.shape
    days = -(-steps // day)
    padded = np.pad(off, ((0, 0), (days * day - steps, 0)), mode="edge").reshape(series, days, day)
    middle = np.pad(np.median(padded, axis=2), ((0, 0), (DAYS_EACH_WAY, DAYS_EACH_WAY)), mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(middle, 2 * DAYS_EACH_WAY + 1, axis=1)
    return np.asarray(np.repeat(np.median(windows, axis=2), day, axis=1)[:, days * day - steps :], dtype=np.float64)


def medians(values: Series) -> Series:
    """Median of each row without its NaN, of which a row may not have only (numpy's is slow on short rows)."""
    ordered, number = np.sort(values, axis=1), (~np.isnan(values)).sum(axis=1)
    rows = np.arange(len(values))
    return np.asarray(0.5 * (ordered[rows, (number - 1) // 2] + ordered[rows, number // 2]), dtype=np.float64)


@compiled
def middle(values: Series, count: int) -> float:
    """Median of the first `count` values, which are sorted in place; NaN for none."""
    if count == 0:
        return float(np.nan)
    for end in range(1, count):
        value, at = values[end], end
        while at > 0 and values[at - 1] > value:
            values[at] = values[at - 1]
            at -= 1
        values[at] = value
    return float(0.5 * (values[(count - 1) // 2] + values[count // 2]))


@compiled
def _usual(history: Series, begin: Steps, week: int, otherwise: Series, found: Series) -> None:
    near = np.empty(2 * WEEKS_EACH_WAY)
    for row in range(history.shape[0]):
        for step in range(history.shape[1]):
            count = 0
            for weeks in range(-WEEKS_EACH_WAY, WEEKS_EACH_WAY + 1):
                other = step + weeks * week
                if weeks != 0 and begin[row] <= other < history.shape[1] and not np.isnan(history[row, other]):
                    near[count] = history[row, other]
                    count += 1
            found[row, step] = middle(near, count) if count else otherwise[row]
