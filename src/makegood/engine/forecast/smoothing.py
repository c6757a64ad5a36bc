"""Exponential smoothing with a daily and a weekly season, over a grid of constants at once.

Values in, tracks out; which constants serve a series is decided by `mixing`.
"""

from __future__ import annotations

import itertools

import numpy as np

from makegood.engine.forecast.history import Series, Steps
from makegood.engine.forecast.seasons import Seasons
from makegood.engine.forecast.trials import Tracks
from makegood.engine.kernels import compiled

ALPHAS = (0.05, 0.2, 0.6)  # of the level, by day
SEASONAL = ((0.0, 0.0), (0.1, 0.15), (0.05, 0.25))  # of the season in the day and in the week, by observation of it
MEMORIES, DAILY_MEMORIES = (0.5, 0.95), (0.0, 0.5)  # of the last error, by step
BETA, DAMPED = 0.1, 0.9  # of the trend, by day; only series of days have one
START_WEEKS, CLIP, ONE_WEEK = 3, 3.0, 0.5


def grid(seasons: Seasons) -> Series:
    """Constants by step (models, 5): alpha, beta, gamma of the day, gamma of the week, memory of the last error."""
    alphas = [1 - (1 - alpha) ** (1 / seasons.day) for alpha in ALPHAS]
    memories = MEMORIES if seasons.day > 1 else DAILY_MEMORIES
    level = [(a, 0.0, d, w, m) for a, (d, w), m in itertools.product(alphas, SEASONAL, memories)]
    trend = [(a, BETA, *SEASONAL[1], 0.0) for a in alphas] if seasons.day == 1 else []
    return np.array(level + trend)


def deviations(values: Series, begin: Steps, week: int) -> Series:
    """What a step is usually off from a week before (series,): a mean without the largest tenth."""
    changes = np.abs(values[:, week:] - values[:, :-week])
    changes[np.arange(changes.shape[1]) < begin[:, None]] = np.nan
    kept = np.maximum(0.9 * (changes.shape[1] - begin), 1.0).astype(np.int64)[:, None]
    sums = np.nancumsum(np.sort(changes, axis=1), axis=1)
    return np.asarray(1.2 * np.take_along_axis(sums, kept - 1, axis=1) / kept + 1e-6, dtype=np.float64)[:, 0]


@compiled
def tracks(
    values: Series, begin: Steps, first: Steps, deviations: Series, day: int, week: int, damped: float, grid: Series,
    origins: Steps, tried: int, found: Tracks, place: int,
) -> None:  # fmt: skip
    """Fills `found` (series, models, origins + 1, horizon) from model `place` on, with each row of `grid`.

    From origins before the end only `tried` steps are filled.
    Taylor's double seasonal Holt-Winters with a first-order memory of the error (Taylor 2003, 2010); innovations are
    clipped at three deviations (Gelper, Fried and Croux 2010). The start is learnt before `first` only.
    """
    start, season, state = np.zeros(day + week), np.empty(day + week), np.empty(3)
    for row in range(values.shape[0]):
        until = min(first[row], begin[row] + START_WEEKS * week)
        level = _start(values[row], begin[row], until, day, start)
        for model in range(grid.shape[0]):
            state[0], state[1], state[2] = level, 0.0, 0.0
            for one in range(day + week):
                season[one] = start[one]
            _follow(
                values[row], begin[row], day, season, state, grid[model], damped, CLIP * deviations[row],
                origins[row], tried, found[row, place + model],
            )  # fmt: skip


@compiled
def _start(values: Series, begin: int, until: int, day: int, start: Series) -> float:
    """The level of the first weeks; fills `start` with the season of the day, then that of the week."""
    level = 0.0
    for step in range(begin, until):
        level += values[step] / (until - begin)
    for place in range(day):
        start[place] = _apart(values, begin, until, place, day, level, 0.0)
    for place in range(len(start) - day):
        known = level + start[place % day]
        start[day + place] = _apart(values, begin, until, place, len(start) - day, known, ONE_WEEK)
    return level


@compiled
def _apart(values: Series, begin: int, until: int, place: int, season: int, known: float, prior: float) -> float:
    """Mean distance from what is `known` at a place of the season, drawn to 0 as by `prior` steps without any."""
    total, number = 0.0, prior
    for step in range(begin + (place - begin) % season, until, season):
        total += values[step] - known
        number += 1.0
    return total / max(number, 1.0)


@compiled
def _follow(
    values: Series, begin: int, day: int, season: Series, state: Series, constants: Series, damped: float, clip: float,
    origins: Steps, tried: int, found: Series,
) -> None:  # fmt: skip
    """Walks through the history and forecasts at each origin and at the end; `state` is level, trend, last error."""
    alpha, beta, by_day, by_week, memory = constants[0], constants[1], constants[2], constants[3], constants[4]
    week, at = len(season) - day, 0
    in_day, in_week = begin % day, day + begin % week
    for step in range(begin, len(values)):
        while at < len(origins) and origins[at] <= step:
            _ahead(day, season, state, damped, memory, in_day, in_week, found[at, :tried])
            at += 1
        base = state[0] + damped * state[1]
        error = values[step] - base - season[in_day] - season[in_week]
        news = min(max(error - memory * state[2], -clip), clip)
        state[0], state[1], state[2] = base + alpha * news, damped * state[1] + alpha * beta * news, memory * state[2] + news
        season[in_day] += by_day * news
        season[in_week] += by_week * news
        in_day = in_day + 1 if in_day + 1 < day else 0
        in_week = in_week + 1 if in_week + 1 < day + week else day
    _ahead(day, season, state, damped, memory, in_day, in_week, found[len(origins)])


@compiled
def _ahead(
    day: int, season: Series, state: Series, damped: float, memory: float, in_day: int, in_week: int, found: Series
) -> None:
    level, trend, error = state[0], state[1], state[2]
    for step in range(len(found)):
        trend *= damped
        level += trend
        error *= memory
        found[step] = level + season[in_day] + season[in_week] + error
        in_day = in_day + 1 if in_day + 1 < day else 0
        in_week = in_week + 1 if in_week + 1 < len(season) else day
