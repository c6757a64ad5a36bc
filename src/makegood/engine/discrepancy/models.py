"""What another counter would have counted of our delivery, day by day, if one thing were the cause.

Each model predicts from our counts alone, with one value to fit; arrays in units, one entry a day.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.float64]
SHIFTS = tuple(hours for hours in range(-14, 15) if hours)
TIMES = (2.0, 3.0, 0.5, 1 / 3)  # one tag in two or three placements; one of two or three placements tagged
LEAST_LOST, MOST_BY_WEIGHT = 0.5, 0.7
STEPS = 24


def shifted(hourly: Days, hours: int) -> Days:
    """Daily sums of `hourly`, shape (days, 24), when days begin `hours` later; hours beyond either end are nobody's."""
    flat = hourly.ravel()
    moved = np.zeros_like(flat)
    if hours >= 0:
        moved[: len(flat) - hours] = flat[hours:]
    else:
        moved[-hours:] = flat[:hours]
    sums: Days = moved.reshape(-1, 24).sum(axis=1)
    return sums


def filtering(net: Days, filtered: Days) -> Iterator[tuple[Days, float]]:
    """They count what we filter (1), or throw out more wherever we throw out some (below zero)."""
    for part in (1.0, *(-np.geomspace(0.5, 8.0, STEPS))):
        yield np.maximum(0.0, net + part * filtered), float(part)


def wrapped(net: Days, creatives: Days) -> Iterator[tuple[Days, tuple[int, float]]]:
    """Their tag is lost in most showings of one creative; `creatives` has shape (creatives, days)."""
    for number, shown in enumerate(creatives):
        for lost in np.linspace(LEAST_LOST, 1.0, STEPS):
            yield net - lost * shown, (number, float(lost))


def weighing(net: Days, creatives: Days, kilobytes: Days) -> Iterator[tuple[Days, float]]:
    """Each creative loses in proportion to its weight: people leave before it, and their pixel, are loaded."""
    if len(kilobytes) < 2 or not np.isfinite(kilobytes).all() or kilobytes.max() <= 0:
        return
    heavy = (kilobytes / kilobytes.max()) @ creatives
    for lost in np.linspace(0.08, MOST_BY_WEIGHT, STEPS):
        yield net - lost * heavy, float(lost)
