"""One forecast from many: weights per series by the error of each model in the trials.

Tracks in, one track out; what is off after that is what the intervals are made from.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.engine.forecast.history import Series, Steps
from makegood.engine.forecast.trials import Tracks
from makegood.engine.kernels import compiled

WITHIN, AMONG = 16.0, 5.0  # powers of the relative error: within a family of models, among families
FAMILIES = 4
FADING_TRIALS = 5.0  # trials after which an error counts e times less
Families = npt.NDArray[np.int64]


@compiled
def mixed(tracks: Tracks, counted: Tracks, families: Families, overlap: Steps, ahead: Series, tried: Tracks) -> None:
    """Fills `ahead` (series, horizon) and `tried` (series, origins, steps) with weighted means over the models.

    Weights are inverse powers of the mean absolute error over the trials, later trials counting more (a mean of
    forecasts weighted by past error: Bates and Granger 1969). What a trial is forecast with is weighted without it and
    without the `overlap` trials on either side, so that its error is not made smaller by having been looked at.
    """
    series, models, origins = tracks.shape[0], tracks.shape[1], counted.shape[1]
    error, number, weights = np.empty((models, origins)), np.empty(origins), np.empty(models)
    for row in range(series):
        _errors(tracks[row], counted[row], error, number)
        for trial in range(origins):
            _weights(error, number, families, trial - overlap[row], trial + overlap[row], weights)
            _mean(tracks[row], trial, weights, tried[row, trial])
        _weights(error, number, families, -1, -1, weights)
        _mean(tracks[row], origins, weights, ahead[row])


@compiled
def _errors(tracks: Tracks, counted: Series, error: Series, number: Series) -> None:
    """Sum of absolute errors (models, origins) and the steps they are of, both fading with age."""
    origins, steps = counted.shape
    for trial in range(origins):
        fading = np.exp((trial - origins) / FADING_TRIALS)
        number[trial] = 0.0
        for step in range(steps):
            if not np.isnan(counted[trial, step]):
                number[trial] += fading
        for model in range(tracks.shape[0]):
            total = 0.0
            for step in range(steps):
                if not np.isnan(counted[trial, step]):
                    total += abs(tracks[model, trial, step] - counted[trial, step])
            error[model, trial] = fading * total if number[trial] else 0.0


@compiled
def _weights(error: Series, number: Series, families: Families, since: int, until: int, weights: Series) -> None:
    """Weights that sum to 1, from all trials but those from `since` to `until`; a model that failed anywhere (NaN) has none."""
    best, sums, least, total = np.empty(FAMILIES), np.zeros(FAMILIES), np.inf, 0.0
    best[:] = np.inf
    for model in range(len(weights)):
        weights[model] = _without(error[model], number, since, until)
        best[families[model]] = min(best[families[model]], weights[model])
        least = min(least, weights[model])
    for model in range(len(weights)):
        weights[model] = _power(best[families[model]], weights[model], WITHIN)
        sums[families[model]] += weights[model]
    for model in range(len(weights)):
        if weights[model] > 0:
            weights[model] *= _power(least, best[families[model]], AMONG) / sums[families[model]]
            total += weights[model]
    for model in range(len(weights)):
        weights[model] /= total


@compiled
def _without(error: Series, number: Series, since: int, until: int) -> float:
    """Mean error over all trials but those between; infinite where the model failed."""
    total, steps = 1e-9, 1e-12
    for trial in range(len(error)):
        if trial < since or trial > until:
            total += error[trial]
            steps += number[trial]
    return total / steps if total == total else np.inf


@compiled
def _power(least: float, value: float, power: float) -> float:
    return float((least / value) ** power) if value < np.inf else 0.0


@compiled
def _mean(tracks: Tracks, origin: int, weights: Series, found: Series) -> None:
    for step in range(len(found)):
        found[step] = 0.0
    for model in range(len(weights)):
        if weights[model] > 0:
            for step in range(len(found)):
                found[step] += weights[model] * tracks[model, origin, step]
