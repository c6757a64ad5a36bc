"""Autoregression on the last steps and on the same step of yesterday and last week, around the week's profile.

Values in, tracks out. Two fits a series: before the first trial for the trials, on everything for what is to come.
"""

from __future__ import annotations

import numpy as np

from makegood.engine.forecast.history import Series, Steps, middle
from makegood.engine.forecast.seasons import Seasons
from makegood.engine.forecast.trials import Tracks
from makegood.engine.kernels import compiled

RIDGE, ROWS_A_TERM, HALF_LIFE_DAYS, PROFILE_WEEKS = 0.05, 5, 28, 8


def lags(seasons: Seasons) -> Steps:
    """Steps looked back at; the means of the last day and of the last week come on top."""
    day, week = seasons.day, seasons.week
    return np.array(sorted({1, 2, 3, day, day + 1, 2 * day, week, week + 1}), dtype=np.int64)


@compiled
def tracks(
    values: Series, begin: Steps, first: Steps, day: int, week: int, lags: Steps, origins: Steps, tried: int,
    found: Tracks, place: int,
) -> None:  # fmt: skip
    """Fills model `place` of `found` (series, models, origins + 1, horizon); NaN where the history is too short to fit.

    Ridge regression with weights that halve every 28 days, forecasts fed back step by step and kept within the range
    seen. One linear model of lags does well on hourly competition data (Montero-Manso and Hyndman 2021).
    """
    steps, horizon = values.shape[1], found.shape[3]
    apart, sums = np.empty(steps + horizon), np.zeros(steps + horizon + 1)
    profile = np.empty(week)
    for row in range(values.shape[0]):
        for last in range(2):
            until = steps if last else first[row]
            _profile(values[row], begin[row], until, profile)
            for step in range(steps):
                apart[step] = values[row, step] - profile[step % week] if step >= begin[row] else 0.0
                sums[step + 1] = sums[step] + apart[step]
            terms = _fitted(apart, sums, begin[row], until, day, week, lags)
            lowest, highest = _range(values[row], begin[row], until)
            for at in range(origins.shape[1] if last else 0, origins.shape[1] + last):
                origin = steps if last else origins[row, at]
                path = found[row, place, at, : horizon if last else tried]
                _ahead(apart, sums, profile, origin, day, lags, terms, lowest, highest, path)


@compiled
def _range(values: Series, begin: int, until: int) -> tuple[float, float]:
    lowest, highest = values[begin], values[begin]
    for step in range(begin, until):
        lowest, highest = min(lowest, values[step]), max(highest, values[step])
    return lowest, highest


@compiled
def _profile(values: Series, begin: int, until: int, profile: Series) -> None:
    """The median of each step of the week over the last eight weeks before `until`."""
    week, seen = len(profile), np.empty(PROFILE_WEEKS)
    for place in range(week):
        count, step = 0, until - 1 - (until - 1 - place) % week
        while count < PROFILE_WEEKS and step >= begin and step >= 0:
            seen[count] = values[step]
            count += 1
            step -= week
        profile[place] = middle(seen, count) if count else 0.0


@compiled
def _looked(apart: Series, sums: Series, step: int, day: int, week: int, lags: Steps, seen: Series) -> None:
    """The terms of one step: the lags, the mean of the day before and of the week before."""
    for term in range(len(lags)):
        seen[term] = apart[step - lags[term]]
    seen[len(lags)] = (sums[step] - sums[step - day]) / day
    seen[len(lags) + 1] = (sums[step] - sums[step - week]) / week


@compiled
def _fitted(apart: Series, sums: Series, begin: int, until: int, day: int, week: int, lags: Steps) -> Series:
    """Ridge coefficients from the steps between; NaN where there are fewer than five a term."""
    terms, start = len(lags) + 2, begin + lags[-1]
    if until - start < ROWS_A_TERM * terms:
        nothing = np.empty(terms)
        nothing[:] = np.nan
        return nothing
    square, right, seen = np.zeros((terms, terms)), np.zeros(terms), np.empty(terms)
    fading = 0.5 ** (1.0 / (HALF_LIFE_DAYS * day))
    for step in range(start, until):
        _looked(apart, sums, step, day, week, lags, seen)
        for one in range(terms):
            right[one] = fading * right[one] + seen[one] * apart[step]
            for other in range(one + 1):
                square[one, other] = fading * square[one, other] + seen[one] * seen[other]
    ridge = 1e-9
    for one in range(terms):
        ridge += RIDGE * square[one, one] / terms
    for one in range(terms):
        square[one, one] += ridge
    return _solved(square, right)


@compiled
def _solved(square: Series, right: Series) -> Series:
    """Solution by Cholesky; only the lower triangle of `square` is read, and both are overwritten."""
    size = len(right)
    for row in range(size):
        for column in range(row + 1):
            rest = square[row, column]
            for inner in range(column):
                rest -= square[row, inner] * square[column, inner]
            square[row, column] = np.sqrt(max(rest, 1e-12)) if row == column else rest / square[column, column]
        for inner in range(row):
            right[row] -= square[row, inner] * right[inner]
        right[row] /= square[row, row]
    for row in range(size - 1, -1, -1):
        for inner in range(row + 1, size):
            right[row] -= square[inner, row] * right[inner]
        right[row] /= square[row, row]
    return right


@compiled
def _ahead(
    apart: Series, sums: Series, profile: Series, origin: int, day: int, lags: Steps, terms: Series, lowest: float,
    highest: float, found: Series,
) -> None:  # fmt: skip
    """Feeds each forecast back as the next one's past; what the trial wrote over is put back."""
    week, seen = len(profile), np.empty(len(terms))
    kept, kept_sums = np.empty(len(found)), np.empty(len(found))
    for step in range(len(found)):
        kept[step], kept_sums[step] = apart[origin + step], sums[origin + step + 1]
    for step in range(len(found)):
        at = origin + step
        usual = profile[at % week]
        _looked(apart, sums, at, day, week, lags, seen)
        value = usual
        for term in range(len(terms)):
            value += terms[term] * seen[term]
        found[step] = min(max(value, lowest), highest) if value == value else value
        apart[at] = found[step] - usual
        sums[at + 1] = sums[at] + apart[at]
    for step in range(len(found)):
        apart[origin + step], sums[origin + step + 1] = kept[step], kept_sums[step]
