"""The value of a dimension that moved traffic: mobile, one region, one placement.

Adtributor (Bhagwan et al., NSDI 2014): values that explain the change and whose share surprises. Counts in, names out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = Mapping[str, tuple[tuple[str, ...], npt.NDArray[np.int64]]]
"""For each dimension its values and the code of every cell."""

LEAST_EACH = 0.1  # T_EEP of the paper: what a value must explain of the change to be named
LEAST_TOGETHER = 0.67  # T_EP: what the named values must explain together
BEYOND_SHARE = 0.2  # and so much more than their share of the forecast, else the change is of everything alike


class DiagnosisInvalid(ValueError):
    """Facts that cannot be diagnosed; the message names the flight or dimension and the fact."""


@dataclass(frozen=True, slots=True, eq=False)
class Dimension:
    """Forecast and actual counts of each value of a dimension; every dimension of a cube has the same totals."""

    name: str
    values: tuple[str, ...]
    forecast: Floats
    actual: Floats


@dataclass(frozen=True, slots=True)
class Mover:
    """`values` of `dimension` explain the part `explained` of the change, largest first."""

    dimension: str
    values: tuple[str, ...]
    explained: float
    surprise: float


def movers(dimensions: list[Dimension], *, beyond_share: float = BEYOND_SHARE) -> list[Mover]:
    """Dimensions with a set of values that explains the change, most surprising first; empty when all moved alike.

    Differs from the paper in `beyond_share`: a set must explain more than its share of the forecast by so much, or a
    change of everything alike would be blamed on the largest values. Raises DiagnosisInvalid.
    """
    found = [mover for one in dimensions if (mover := _mover(one, beyond_share))]
    return sorted(found, key=lambda mover: (-mover.surprise, mover.dimension))


def _mover(one: Dimension, beyond_share: float) -> Mover | None:
    _check(one)
    forecast, actual = one.forecast.sum(), one.actual.sum()
    if forecast <= 0 or actual <= 0 or forecast == actual:
        return None
    explained = (one.actual - one.forecast) / (actual - forecast)
    surprise = surprises(one.forecast / forecast, one.actual / actual)
    named = _named(explained, surprise)
    together, share = float(explained[named].sum()), float(one.forecast[named].sum() / forecast)
    if together < LEAST_TOGETHER or together - share < beyond_share:
        return None
    largest = sorted(named, key=lambda n: -explained[n])
    return Mover(one.name, tuple(one.values[n] for n in largest), together, float(surprise[named].sum()))


def _named(explained: Floats, surprise: Floats) -> list[int]:
    """Most surprising first, those that explain enough each, until together they explain enough."""
    named: list[int] = []
    for n in np.argsort(-surprise, kind="stable").tolist():
        if explained[n] > LEAST_EACH:
            named.append(n)
            if explained[named].sum() > LEAST_TOGETHER:
                break
    return named


def surprises(before: Floats, after: Floats) -> Floats:
    """Each value's part of the Jensen-Shannon divergence between the shares before and after."""
    middle = (before + after) / 2
    terms = np.zeros(len(before))
    for share in (before, after):
        terms += 0.5 * share * np.log(np.divide(share, middle, out=np.ones(len(share)), where=share > 0))
    return terms


def of_cube(codes: Codes, forecast: Floats, actual: Floats) -> list[Dimension]:
    """Dimensions of a cube, from counts by cell."""

    def by_value(counts: Floats, code: npt.NDArray[np.int64], values: int) -> Floats:
        return np.bincount(code, counts, values).astype(np.float64)

    return [
        Dimension(name, values, by_value(forecast, code, len(values)), by_value(actual, code, len(values)))
        for name, (values, code) in codes.items()
    ]


def _check(one: Dimension) -> None:
    for name, counts in (("forecast", one.forecast), ("actual", one.actual)):
        if len(counts) != len(one.values) or not np.isfinite(counts).all() or (counts < 0).any():
            raise DiagnosisInvalid(f"dimension {one.name}: {name} needs a count at or above zero for each value")
