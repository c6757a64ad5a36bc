"""Rolling origins: the points of the history from which every model forecasts what was then counted.

Tracks are the models' forecasts (series, models, origins + 1, horizon); the last origin is the end of the history.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from makegood.engine.forecast.history import Series, Steps
from makegood.engine.forecast.seasons import Seasons

MOST, APART_DAYS, LONGEST_DAYS, LEAST_DAYS = 14, 3, 28, 14
Tracks = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """`origins` ascending (series, trials), and what was counted after each (series, trials, steps).

    NaN where nothing may be scored. `first` (series,) is the step up to which may be learnt before all trials;
    `overlap` (series,) how many trials on either side of one look at the same steps.
    """

    origins: Steps
    counted: Series
    first: Steps
    overlap: Steps

    def __getitem__(self, rows: slice) -> Trials:
        return Trials(self.origins[rows], self.counted[rows], self.first[rows], self.overlap[rows])


def trials(history: Series, begin: Steps, seasons: Seasons, horizon: int) -> Trials:
    """Origins a day apart, or several days for daily series, the first with a week behind it.

    `history` is as counted, not cleaned, so that what is damped in learning is still scored. Where a series' trials
    lie depends on its own length alone.
    """
    steps, tried = history.shape[1], min(horizon, LONGEST_DAYS * seasons.day)
    apart = np.full(len(begin), seasons.day) if seasons.day > 1 else _days_apart(steps - begin, tried)
    origins = steps - apart[:, None] * np.arange(MOST, 0, -1)
    usable = origins >= begin[:, None] + seasons.week
    kept = usable.any(axis=0)
    origins, usable = np.maximum(origins[:, kept], 0), usable[:, kept]
    padded = np.pad(history, ((0, 0), (0, tried)), constant_values=np.nan)
    counted = padded[np.arange(len(history))[:, None, None], origins[:, :, None] + np.arange(tried)]
    same = -(-tried // apart) - 1
    overlap = np.minimum(same, np.maximum(usable.sum(axis=1) - 1, 0) // 3)
    first = origins[np.arange(len(origins)), usable.argmax(axis=1)]
    return Trials(origins, np.where(usable[:, :, None], counted, np.nan), first, overlap)


def _days_apart(days: Steps, tried: int) -> Steps:
    """Three days, more where the history allows it and the horizon makes trials overlap; each weekday comes up."""
    apart = np.maximum(np.minimum((days - LEAST_DAYS) // MOST, max(tried // 2, APART_DAYS)), APART_DAYS)
    return np.asarray(apart + (apart % 7 == 0), dtype=np.int64)
