"""Rotation: which of a flight's creatives shows next.

Even, weighted, sequential, and optimised by Thompson sampling; randomness is passed in. Which flight lives in `decision`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from makegood.engine.plan import PlanRotation, Rotation

BY_WEIGHT = ("weighted", "optimised")


class RotationInvalid(ValueError):
    """Counts of a rotation make no sense; the message names the creative."""


def choose(rotation: Rotation, weights: Sequence[float], u: float, seen: int) -> int:
    """Index of the creative for `u` in [0, 1); `seen` impressions of the flight by this person drive the sequence."""
    if rotation == "sequential":
        return seen % len(weights)
    if rotation not in BY_WEIGHT or not any(weights):
        return min(int(u * len(weights)), len(weights) - 1)
    bounds = list(accumulate(weights))
    return min(bisect_right(bounds, u * bounds[-1]), len(weights) - 1)


def optimised(
    creatives: Sequence[int],
    successes: npt.NDArray[np.int64],
    trials: npt.NDArray[np.int64],
    rng: np.random.Generator,
) -> tuple[PlanRotation, ...]:
    """The creatives with the weights a plan carries until the next batch of counts is in. Raises RotationInvalid."""
    if len(creatives) != len(trials):
        raise RotationInvalid(f"{len(creatives)} creatives, {len(trials)} counts of trials")
    weights = thompson(successes, trials, rng).tolist()
    return tuple(PlanRotation(one, weight) for one, weight in zip(creatives, weights, strict=True))


def thompson(
    successes: npt.NDArray[np.int64],
    trials: npt.NDArray[np.int64],
    rng: np.random.Generator,
    *,
    draws: int = 1_000,
    floor: float = 0.05,
) -> npt.NDArray[np.float64]:
    """Weights for the next batch: the chance of each creative to be best under Beta(1 + s, 1 + n - s) posteriors.

    `floor` of the traffic is spread evenly so that none starves (Chapelle and Li, NIPS 2011, with batched updates).
    Raises RotationInvalid when there is no creative or successes exceed trials.
    """
    if not len(trials) or len(trials) != len(successes):
        raise RotationInvalid(f"{len(successes)} counts of successes, {len(trials)} of trials: give one of each a creative")
    wrong = np.flatnonzero(~((successes >= 0) & (successes <= trials)))
    if len(wrong):
        at = int(wrong[0])
        raise RotationInvalid(
            f"creative number {at}: {successes[at]} successes of {trials[at]}; they must lie between 0 and trials"
        )
    samples = rng.beta(1 + successes, 1 + trials - successes, size=(draws, len(trials)))
    best = np.bincount(samples.argmax(axis=1), minlength=len(trials)) / draws
    return np.asarray((1 - floor) * best + floor / len(trials), dtype=np.float64)
