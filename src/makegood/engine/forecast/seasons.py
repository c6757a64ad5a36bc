"""How many steps a day and a week have, told by the distance of two steps or heard in the series itself.

What the seasons look like in a series is learnt by the models, not here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Series = npt.NDArray[np.float64]
DAY = dt.timedelta(days=1)
CLEARLY = 0.1  # by so much another season has to be louder than the assumed one


class SeasonsUnknown(ValueError):
    """No day and week can be counted in steps of this length."""


@dataclass(frozen=True, slots=True)
class Seasons:
    """Steps in a day and in a week. A day of one step has no season within it."""

    day: int
    week: int


HOURLY, HALF_HOURLY, DAILY = Seasons(24, 168), Seasons(48, 336), Seasons(1, 7)


def every(step: dt.timedelta) -> Seasons:
    """The seasons of series counted once every `step`, which divides a day. Raises SeasonsUnknown."""
    if step <= dt.timedelta(0) or DAY % step:
        raise SeasonsUnknown(f"steps of {step} do not divide a day; count by day, hour or a part of an hour")
    return Seasons(DAY // step, 7 * (DAY // step))


def heard(series: Series) -> Seasons:
    """Hourly unless the series (steps,) repeats itself clearly more after 48 steps (half-hourly) or 7 (daily)."""
    echo = {seasons: echoed(series, lag) for seasons, lag in ((HOURLY, 24), (HALF_HOURLY, 48), (DAILY, 7))}
    loudest = max(echo, key=lambda seasons: echo[seasons])
    return loudest if echo[loudest] > echo[HOURLY] + CLEARLY else HOURLY


def echoed(series: Series, lag: int) -> float:
    """Autocorrelation at `lag`; NaN is left out, 0 where nothing can be compared."""
    if len(series) < 2 * lag:
        return 0.0
    one, other = series[lag:], series[:-lag]
    both = ~(np.isnan(one) | np.isnan(other))
    if both.sum() < 2 or one[both].std() == 0 or other[both].std() == 0:
        return 0.0
    return float(np.corrcoef(one[both], other[both])[0, 1])
