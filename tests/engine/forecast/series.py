"""Series for the tests of the forecast: random walks with weeks and days in them."""

import datetime as dt

import numpy as np

MONDAY = dt.date(2026, 1, 5)
WEEK = np.array([1.2, 1.1, 1.1, 1.0, 1.0, 0.9, 0.7])
DAY = 1 + 0.8 * np.sin((np.arange(24) - 8) / 24 * 2 * np.pi)


def daily(series=200, days=84, seed=3, drift=0.015):
    """Levels that wander, a week, and noise of five in a hundred (series, days)."""
    rng = np.random.default_rng(seed)
    level = rng.uniform(1e3, 1e5, series)[:, None] * np.exp(np.cumsum(rng.normal(0, drift, (series, days)), axis=1))
    return level * WEEK[np.arange(days) % 7] * np.exp(rng.normal(0, 0.05, (series, days)))


def hourly(series=40, hours=24 * 37, seed=5):
    """Days and weeks on a level that wanders and comes back, with noise (series, hours)."""
    rng = np.random.default_rng(seed)
    away = np.zeros((series, hours))
    for hour in range(1, hours):
        away[:, hour] = 0.95 * away[:, hour - 1] + rng.normal(0, 0.05, series)
    week = np.repeat(WEEK, 24)[np.arange(hours) % 168] * DAY[np.arange(hours) % 24]
    return rng.uniform(10, 1e4, series)[:, None] * week * np.exp(away + rng.normal(0, 0.08, (series, hours)))
