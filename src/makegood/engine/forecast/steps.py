"""The forecast of many series at once, step by step: seasons, level and intervals, the calendar as given factors.

Arrays in and out. Which dates are what lives in `days`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.engine.forecast import mixing, regression, repeating, smoothing
from makegood.engine.forecast.history import Cleaned, HistoryInvalid, Series, check, cleaned
from makegood.engine.forecast.intervals import Forecast, Groups, around
from makegood.engine.forecast.seasons import HOURLY, Seasons
from makegood.engine.forecast.trials import Tracks, Trials, trials

TOGETHER = 32  # series whose tracks are kept in memory at a time
OFFSET, CEILING = 0.05, 3.0  # of the mean: added before logarithms; how far above the highest count they may lead


def ahead(
    history: Series, horizon: int, *, seasons: Seasons = HOURLY, factors: Series | None = None, groups: Groups | None = None
) -> Forecast:
    """Forecast `horizon` steps after `history` (series, steps); NaN is a missing step, leading NaN a later beginning.

    `factors` (series, steps + horizon) are what holidays, events and the time of year multiply each step by. Series
    with the same number in `groups` (series,) share the shape of their errors; without groups each stands alone and
    its forecast does not depend on the others. A series is forecast by four families - smoothing of counts and of
    their logarithms, seasons repeated, autoregression - mixed by their errors in trials. Raises HistoryInvalid.
    """
    history = np.ascontiguousarray(history, dtype=np.float64)
    begin = check(history, seasons)
    if horizon < 1:
        raise HistoryInvalid(f"a horizon of {horizon} steps holds nothing to forecast; ask for 1 or more")
    plain = history if factors is None else history / factors[:, : history.shape[1]]
    clean = cleaned(plain, begin, seasons)
    tests = trials(plain, begin, seasons, horizon)
    mean, tried = np.empty((len(history), horizon)), np.empty(tests.counted.shape)
    for start in range(0, len(history), TOGETHER):
        rows = slice(start, start + TOGETHER)
        part = Cleaned(clean.values[rows], begin[rows], clean.level[rows])
        mean[rows], tried[rows] = _mixed(part, tests[rows], seasons, horizon)
    shared = np.arange(len(history)) if groups is None else groups
    found = around(mean, tried, tests.counted, clean.level, shared)
    return found if factors is None else _times(found, factors[:, history.shape[1] :])


def _mixed(clean: Cleaned, tests: Trials, seasons: Seasons, horizon: int) -> tuple[Series, Tracks]:
    """The mean (series, horizon) and what the trials were forecast with (series, trials, steps)."""
    tracks, families = _tracks(clean, tests, seasons, horizon)
    scaled = tests.counted / clean.level[:, None, None]
    mean, tried = np.empty((len(tracks), horizon)), np.empty(tests.counted.shape)
    mixing.mixed(tracks, scaled, families, tests.overlap, mean, tried)
    level = clean.level[:, None]
    return mean * level, tried * level[:, None]


def _tracks(clean: Cleaned, tests: Trials, seasons: Seasons, horizon: int) -> tuple[Tracks, npt.NDArray[np.int64]]:
    """Every model's forecasts in units of the series' mean (series, models, origins + 1, horizon), and their families.

    Behind what is tried, tracks from origins before the end hold nothing.
    """
    grid, lags = smoothing.grid(seasons), regression.lags(seasons)
    size, last = len(grid), 2 * len(grid) + len(repeating.WEEKS)
    found = np.empty((len(clean.values), last + 2, tests.origins.shape[1] + 1, horizon))
    day, week = seasons.day, seasons.week
    damped, tried = smoothing.DAMPED ** (1 / day), tests.counted.shape[2]
    values = clean.values / clean.level[:, None]
    logs = np.log(values + OFFSET)
    for number, scaled in enumerate((values, logs)):
        usual = smoothing.deviations(scaled, clean.begin, week)
        smoothing.tracks(scaled, clean.begin, tests.first, usual, day, week, damped, grid, tests.origins, tried, found, number * size)
        regression.tracks(scaled, clean.begin, tests.first, day, week, lags, tests.origins, tried, found, last + number)
    repeating.tracks(values, clean.begin, day, week, tests.origins, tried, found, 2 * size)
    highest = np.log(CEILING * values.max(axis=1) + OFFSET)[:, None, None, None]
    for models in (slice(size, 2 * size), slice(last + 1, last + 2)):
        for filled in (found[:, models, :-1, :tried], found[:, models, -1:]):
            filled[:] = np.exp(np.minimum(filled, highest)) - OFFSET
    families = np.repeat([0, 1, 2, 3], [size, size, last - 2 * size, 2])
    return np.maximum(found, 0.0, out=found), families.astype(np.int64)


def _times(found: Forecast, factors: Series) -> Forecast:
    """The forecast and its bounds, each step times its factor."""
    return Forecast(
        found.mean * factors, found.lo80 * factors, found.hi80 * factors, found.lo95 * factors, found.hi95 * factors,
        found.missed, found.level,
    )  # fmt: skip
