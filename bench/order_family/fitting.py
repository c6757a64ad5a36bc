"""A logistic sum fitted by Newton's method with a ridge, and a monotone table by pooling adjacent violators. Numbers in, numbers out."""
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.order_family.labelled import Sample

Array = NDArray[np.float64]
RIDGE, STEPS = 3.0, 25
HEAVY = {"real": 4.0, "layout": 1.5, "made-up": 0.6}  # how much one value counts
POINTS = 40  # of the table


@dataclass(frozen=True, slots=True)
class Given:
    """Samples of one kind as numbers: evidence by column with a column of ones last, which are right, how much each counts."""

    names: tuple[str, ...]
    rows: Array
    right: Array
    heavy: Array

    def part(self, chosen: NDArray[np.bool_]) -> "Given":
        """Some of them."""
        return Given(self.names, self.rows[chosen], self.right[chosen], self.heavy[chosen])


def given(samples: Sequence[Sample]) -> Given:
    """Samples as numbers."""
    names = tuple(sorted({name for sample in samples for name in sample.evidence}))
    at = {name: column for column, name in enumerate(names)}
    rows = np.zeros((len(samples), len(names) + 1))
    for row, sample in enumerate(samples):
        for name, value in sample.evidence.items():
            rows[row, at[name]] = value
    rows[:, -1] = 1.0
    return Given(names, rows, np.array([one.right for one in samples], float), np.array([HEAVY[one.source] for one in samples]))


def fit(data: Given) -> Array:
    """The weights that make the readings most likely, the constant's last; the ridge spares the constant."""
    weights, ridge = np.zeros(data.rows.shape[1]), np.full(data.rows.shape[1], RIDGE)
    ridge[-1] = 0.01
    for _ in range(STEPS):
        said = sums(data.rows, weights)
        slope = data.rows.T @ (data.heavy * (said - data.right)) + ridge * weights
        curve = (data.rows * (data.heavy * said * (1 - said) + 1e-9)[:, None]).T @ data.rows + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-5:
            break
    return weights


def sums(rows: Array, weights: Array) -> Array:
    """The logistic sum of each row."""
    found: Array = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
    return found


def table(given: Array, right: Array, heavy: Array) -> tuple[list[float], list[float]]:
    """Points (sum, share right) of the monotone step function nearest to the readings, thinned and kept off 0 and 1 by one imagined miss and hit."""
    order = np.argsort(given, kind="stable")
    blocks: list[list[float]] = []  # share, weight, first sum, last sum
    for index in order:
        blocks.append([right[index], heavy[index], given[index], given[index]])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            share, weight, _, last = blocks.pop()
            before = blocks[-1]
            blocks[-1] = [(before[0] * before[1] + share * weight) / (before[1] + weight), before[1] + weight, before[2], last]
    points = [((first + last) / 2, (share * weight + 0.5) / (weight + 1.0)) for share, weight, first, last in blocks if weight >= 2]
    points = points[:: max(1, len(points) // POINTS)] + points[-1:]
    found, highest = [], 0.0
    for where, share in points:
        highest = max(highest, share)
        if not found or where > found[-1][0] + 1e-6:
            found.append((round(float(where), 5), round(float(highest), 5)))
    return [where for where, _ in found], [share for _, share in found]
