"""Traffic for the pacing benches: days of requests minute by minute with their forecast, from a CSV or a seeded generator.

No flights and no controllers here.
"""
import pathlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench import traffic_file

Floats = npt.NDArray[np.float64]
MINUTES, WEEKS = 1440, 4
SITES, DAYS, HALF_HOURS = 12, 70, 48


class TrafficInvalid(ValueError):
    """The traffic cannot be made into days with a forecast; the message says what is missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Traffic:
    """`actual[n, m]` requests in minute m of day n, `forecast` what was expected of it; any scale."""

    actual: Floats
    forecast: Floats
    source: str


def of(path: pathlib.Path | None, seed: int) -> Traffic:
    """The file's days, or the generator's when there is no file. Raises TrafficInvalid."""
    if path is None:
        sites = generate(np.random.default_rng(seed))
        return join([paired(site) for site in sites], "generated")
    return join([paired(traffic_file.minutes(path))], path.name)


def join(parts: list[tuple[Floats, Floats]], source: str) -> Traffic:
    actual, forecast = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    if not len(actual):
        raise TrafficInvalid(f"{source}: no whole day with a day a week before it; pacing needs at least 8 days of traffic")
    return Traffic(actual, forecast, source)


def paired(minutes: Floats) -> tuple[Floats, Floats]:
    """Days and their forecast, the mean of up to four same weekdays before; minutes of shape (days, 1440), NaN unknown."""
    first = 7 * WEEKS if len(minutes) > 7 * (WEEKS + 1) else 7
    days = [n for n in range(first, len(minutes)) if np.isfinite(minutes[n]).all() and minutes[n].sum() > 0]
    before = {n: known_weeks(minutes, n) for n in days}
    days = [n for n in days if len(before[n]) and minutes[before[n]].sum() > 0]
    if not days:
        return np.zeros((0, MINUTES)), np.zeros((0, MINUTES))
    return minutes[days], np.stack([minutes[before[n]].mean(axis=0) for n in days])


def known_weeks(minutes: Floats, day: int) -> list[int]:
    earlier = [day - 7 * k for k in range(1, WEEKS + 1) if day >= 7 * k]
    return [n for n in earlier if np.isfinite(minutes[n]).all()]


def generate(chance: np.random.Generator) -> list[Floats]:
    """Sites of different daily and weekly shapes, each DAYS days: humps, weekends, drift, noise, surges, quiet days."""
    return [site(chance) for _ in range(SITES)]


def site(chance: np.random.Generator) -> Floats:
    hours = np.arange(HALF_HOURS) / 2
    shape = np.full(HALF_HOURS, chance.uniform(0.05, 0.6))
    for _ in range(int(chance.integers(1, 4))):
        peak, width = chance.uniform(7, 23), chance.uniform(1, 5)
        away = np.abs(hours - peak)
        shape += chance.uniform(0.3, 1.0) * np.exp(-0.5 * (np.minimum(away, 24 - away) / width) ** 2)
    week = np.where(np.arange(DAYS) % 7 >= 5, chance.uniform(0.5, 1.4), 1.0)
    level = np.exp(np.cumsum(chance.normal(0, 0.03, DAYS))) * np.where(chance.random(DAYS) < 0.04, chance.uniform(0.5, 0.8), 1)
    steps = (week * level)[:, None] * shape * disturbance(chance)
    return smooth(steps.ravel()).reshape(DAYS, MINUTES)


def disturbance(chance: np.random.Generator) -> Floats:
    """Autocorrelated noise of about 8 % and, one day in eight, a surge that decays over hours."""
    noise, log = np.zeros(DAYS * HALF_HOURS), 0.0
    for n, shock in enumerate(chance.normal(0, 0.04, len(noise))):
        noise[n] = log = 0.88 * log + shock
    for start in np.flatnonzero(chance.random(len(noise)) < 1 / (8 * HALF_HOURS)):
        length = int(chance.integers(3, 14))
        part = noise[start : start + 3 * length]
        part += chance.uniform(0.3, 1.1) * np.exp(-np.arange(len(part)) / length)
    return np.exp(noise).reshape(DAYS, HALF_HOURS)


def smooth(steps: Floats) -> Floats:
    """Requests a minute, linear between the middles of half hours."""
    middles = 15.0 + 30.0 * np.arange(len(steps))
    return np.interp(np.arange(30 * len(steps)) + 0.5, middles, steps) / 30
