"""What a change did: the shift between two samples with its interval, and a share with its interval. No randomness anywhere."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5  # cases a side; below, the normal approximation of the rank sum says nothing


@dataclass(frozen=True, slots=True)
class Shift:
    """How much the second sample lies above the first, in its unit, with an interval of `confidence`."""

    estimate: float
    low: float
    high: float
    confidence: float
    before: int
    after: int

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out no change at all."""
        return self.low > 0 or self.high < 0


def shift(before: Sequence[float], after: Sequence[float], confidence: float = 0.9) -> Shift | None:
    """Hodges-Lehmann estimate with the interval of the Wilcoxon rank sum; None with fewer than five on a side.

    Source: Hodges and Lehmann, Annals of Mathematical Statistics 34 (1963); interval after Hollander, Wolfe and Chicken,
    Nonparametric Statistical Methods (2014), 4.3, large-sample rank ½mn − z √(mn(m+n+1)/12).
    """
    m, n = len(before), len(after)
    if min(m, n) < LEAST:
        return None
    differences = sorted(late - early for early in before for late in after)
    z = statistics.NormalDist().inv_cdf(0.5 + confidence / 2)
    rank = math.floor(m * n / 2 - z * math.sqrt(m * n * (m + n + 1) / 12))
    rank = max(1, rank)
    return Shift(statistics.median(differences), differences[rank - 1], differences[m * n - rank], confidence, m, n)


def wilson(hits: int, of: int, confidence: float = 0.9) -> tuple[float, float]:
    """Interval of a share (Wilson, Journal of the American Statistical Association 22, 1927); the whole range for no cases."""
    if of == 0:
        return 0.0, 1.0
    z = statistics.NormalDist().inv_cdf(0.5 + confidence / 2)
    share, square = hits / of, z * z / of
    middle = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)
