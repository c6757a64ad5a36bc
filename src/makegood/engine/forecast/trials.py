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
    """`origins` ascending, and what was counted after each (series, origins, steps); NaN where nothing may be scored."""

    origins: Steps
    counted: Series


def trials(history: Series, begin: Steps, seasons: Seasons, horizon: int) -> Trials:
    """Origins a day apart, or several days for daily series, the first with a week behind it.

    `history` is as counted, not cleaned, so that what is damped in learning is still scored.
    """
    steps, tried = history.shape[1], min(horizon, LONGEST_DAYS * seasons.day)
    apart = seasons.day if seasons.day > 1 else _days_apart(steps, tried)
    origins = steps - apart * np.arange(MOST, 0, -1)
    origins = origins[origins >= begin.min() + seasons.week]
    padded = np.pad(history, ((0, 0), (0, tried)), constant_values=np.nan)
    counted = padded[:, origins[:, None] + np.arange(tried)]
    early = origins < begin[:, None] + seasons.week
    return Trials(origins.astype(np.int64), np.where(early[:, :, None], np.nan, counted))


def _days_apart(days: int, tried: int) -> int:
    """Three days, more where the history allows it and the horizon makes trials overlap; each weekday comes up."""
    apart = min((days - LEAST_DAYS) // MOST, max(tried // 2, APART_DAYS))
    return APART_DAYS if apart < APART_DAYS else apart + (apart % 7 == 0)


def first(origins: Steps, begin: Steps, seasons: Seasons) -> Steps:
    """The step up to which each series may be learnt from before it is tried (series,)."""
    usable = origins >= begin[:, None] + seasons.week
    return np.asarray(origins[usable.argmax(axis=1)], dtype=np.int64)


def overlap(tests: Trials) -> int:
    """How many trials on either side look at the same steps, but not so many that no trial is left."""
    if len(tests.origins) < 2:
        return 0
    same = -(-tests.counted.shape[2] // int(tests.origins[1] - tests.origins[0])) - 1
    return int(min(same, (len(tests.origins) - 1) // 3))
