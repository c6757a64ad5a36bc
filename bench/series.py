"""Hourly traffic made up from a seed: days, weeks, weather, breaks, holidays, odd days and counting noise.

Nothing here knows how anything is forecast; levels, shapes and noise are drawn anew for each series.
"""
from dataclasses import dataclass

import numpy as np

from makegood.engine.forecast.seasons import HOURLY, Seasons

SHORTEST, LONGEST = 700, 960


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """One series: what is known and the steps held back, which follow it."""

    name: str
    known: np.ndarray
    held: np.ndarray
    seasons: Seasons


def generated(seed: int, count: int, horizon: int) -> list[Held]:
    """`count` series of 700 to 960 hours, each followed by `horizon` that are held back; all end with the same hour and share some weather."""
    rng = np.random.default_rng(seed)
    hours = LONGEST + horizon
    weather = _weather(rng, hours, 60.0)
    found = []
    for number in range(count):
        values = _series(rng, hours, weather)
        length = int(rng.integers(SHORTEST, LONGEST + 1))
        found.append(Held(f"generated {number}", values[-length - horizon : -horizon], values[-horizon:], HOURLY))
    return found


def _series(rng: np.random.Generator, hours: int, weather: np.ndarray) -> np.ndarray:
    hour = np.arange(hours)
    shape = _day(rng)[hour % 24] * _week(rng)[hour // 24 % 7]
    weekend = _day(rng)
    if rng.random() < 0.5:  # another day's shape at weekends
        shape = np.where(hour // 24 % 7 >= 5, weekend[hour % 24] * _week(rng)[hour // 24 % 7], shape)
    effect = np.ones(hours)
    for day in rng.integers(0, hours // 24, rng.poisson(2)):  # holidays of its own place
        effect[day * 24 : day * 24 + 24] *= rng.uniform(0.4, 1.1)
    moved = _weather(rng, hours, rng.uniform(5, 80)) * rng.uniform(0.02, 0.2) + weather * rng.uniform(-0.1, 0.1)
    mean = np.exp(rng.normal(5, 2)) * shape * effect * _level(rng, hours) * np.exp(moved)
    return _odd(rng, _counted(rng, mean))


def _day(rng: np.random.Generator) -> np.ndarray:
    """One to three humps over a night's floor."""
    hour, floor = np.arange(24), rng.uniform(0.02, 0.8)
    humps = sum(
        rng.uniform(0.3, 1.0) * np.exp(rng.uniform(1, 8) * (np.cos((hour - rng.uniform(6, 23)) / 24 * 2 * np.pi) - 1))
        for _ in range(rng.integers(1, 4))
    )
    return floor + (1 - floor) * humps / humps.max()


def _week(rng: np.random.Generator) -> np.ndarray:
    return np.concatenate([rng.normal(1, 0.05, 5), rng.normal(rng.uniform(0.5, 1.3), 0.05, 2)]).clip(0.2)


def _weather(rng: np.random.Generator, hours: int, lasting: float) -> np.ndarray:
    """A disturbance of variance 1 that lasts so many hours: a smoothed autoregression."""
    keep, shocks, found = np.exp(-1 / lasting), rng.normal(size=hours), np.zeros(hours)
    for hour in range(1, hours):
        found[hour] = keep * found[hour - 1] + shocks[hour]
    found = np.convolve(found, np.ones(3) / 3, mode="same")
    return found / max(found.std(), 1e-9)


def _level(rng: np.random.Generator, hours: int) -> np.ndarray:
    """Growth with up to two bends, and now and then a step."""
    bends = np.sort(rng.integers(0, hours, 2))
    slopes = rng.normal(0, 0.1, 3) / 720
    logs = np.cumsum(slopes[np.searchsorted(bends, np.arange(hours), side="right")])
    if rng.random() < 0.15:
        logs[rng.integers(100, hours) :] += rng.normal(0, 0.4)
    return np.exp(logs)


def _counted(rng: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    """Counts that vary more than Poisson's (gamma-Poisson), or a measure with relative noise."""
    if rng.random() < 0.6:
        return rng.poisson(mean * rng.gamma(k := rng.uniform(20, 400), 1 / k, len(mean))).astype(np.float64)
    return np.round(mean * np.exp(rng.standard_t(4, len(mean)) * rng.uniform(0.01, 0.1)), 2)


def _odd(rng: np.random.Generator, values: np.ndarray) -> np.ndarray:
    """Spikes, an outage of some hours, and hours that were not counted."""
    for hour in rng.integers(0, len(values), rng.poisson(2)):
        values[hour] *= rng.uniform(2, 6)
    if rng.random() < 0.2:
        start = rng.integers(0, len(values) - 400)
        values[start : start + rng.integers(3, 30)] = 0
    if rng.random() < 0.2:
        values[rng.integers(0, len(values) - 400, 5)] = np.nan
    return values
