"""What past lines say of the next one: rates shrunk towards the wider average by how much was seen.

Counts in, an Estimate out. Which lines are a client's or a category's is said by those who ask.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from makegood.engine.planner.records import Estimate

LEAST_LINES = 3  # fewer do not say how far lines differ
MOST_LIKE, LEAST_LIKE = 0.5, 1e-7


@dataclass(frozen=True, slots=True)
class Past:
    """Successes of trials in each past line of a level: the house, a category, a client; the widest comes first."""

    level: str
    lines: tuple[tuple[int, int], ...]

    @property
    def trials(self) -> int:
        """All of them."""
        return sum(trials for _, trials in self.lines)


def likeness(lines: Sequence[tuple[int, int]], otherwise: float) -> float:
    """How much alike trials of one line are: the intraclass correlation of a beta-binomial by moments (Kleinman, 1973).

    Also the part of p(1 − p) that is variance between lines. `otherwise` where too few lines were seen.
    """
    seen = np.array([line for line in lines if line[1] > 0], dtype=np.float64).reshape(-1, 2)
    if len(seen) < LEAST_LINES:
        return otherwise
    hits, trials = seen[:, 0], seen[:, 1]
    mean, whole = float(hits.sum() / trials.sum()), float(trials.sum())
    if not 0 < mean < 1:
        return otherwise
    within, free = mean * (1 - mean), len(seen) - 1
    spread = float((trials * (hits / trials - mean) ** 2).sum())
    room = whole - float((trials**2).sum()) / whole - free
    return min(max((spread - within * free) / (within * room), LEAST_LIKE), MOST_LIKE) if room > 0 else otherwise


def estimate(start: Estimate, past: Sequence[Past]) -> Estimate:
    """The rate of a next line after all levels, from the widest to the narrowest; `start` is what is held without any.

    Each level's mean is the prior of the next and counts as one line. A line of n trials counts as n / (1 + (n − 1)ρ): its
    trials are alike, so a line of a million is still one line. The deviation is the mean's own with what lines differ by:
    p(1 − p) · (ρ + 1 / weight). With nothing seen at all the answer is `start`.
    """
    first = next((level.lines for level in past if len(level.lines) >= LEAST_LINES), ())
    room = start.mean * (1 - start.mean)
    rho = likeness(first, min(max((start.spread * start.mean) ** 2 / room, LEAST_LIKE), MOST_LIKE) if room > 0 else MOST_LIKE)
    mean, found = start.mean, start
    for level in past:
        weights = [trials / (1 + (trials - 1) * rho) for _, trials in level.lines if trials]
        rates = [hits / trials for hits, trials in level.lines if trials]
        if not weights:
            continue
        whole = 1 / rho + sum(weights)
        mean = (mean / rho + sum(weight * rate for weight, rate in zip(weights, rates, strict=True))) / whole
        found = Estimate(mean, math.sqrt(mean * (1 - mean) * (rho + 1 / whole)), level.trials, len(weights), level.level)
    return found
