"""The fitted model: a logistic sum of the evidence, then a monotone table from that to the share found right (isotonic regression).

Platt (1999) for the sum, Zadrozny and Elkan (2002) for the table; weights.json says what they were fitted on.
"""
import bisect
import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

LEAST, MOST = 0.02, 0.999


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of each kind of field by piece of evidence, the tables (sums, shares) that calibrate them, and the default threshold."""

    kinds: dict[str, dict[str, float]]
    tables: dict[str, tuple[list[float], list[float]]]
    threshold: float


@functools.cache
def weights() -> Weights:
    """What was fitted last."""
    raw = json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(raw["kinds"], {kind: (table["sums"], table["shares"]) for kind, table in raw["tables"].items()}, raw["threshold"])


def probability(kind: str, found: Mapping[str, float]) -> float:
    """How likely a value of this kind is right, given the evidence; to three decimals."""
    known = weights()
    return share(weighed(known.kinds[kind], found), *known.tables[kind])


def weighed(by: Mapping[str, float], found: Mapping[str, float]) -> float:
    """The logistic sum before calibration, 0 to 1."""
    total = by["constant"] + sum(by.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def share(sum_: float, sums: list[float], shares: list[float]) -> float:
    """The share right at a sum: straight between the table's points, its ends beyond them."""
    at = bisect.bisect_left(sums, sum_)
    if at == 0 or at == len(sums):
        found = shares[0] if at == 0 else shares[-1]
    else:
        along = (sum_ - sums[at - 1]) / (sums[at] - sums[at - 1])
        found = shares[at - 1] + along * (shares[at] - shares[at - 1])
    return round(max(LEAST, min(MOST, found)), 3)
