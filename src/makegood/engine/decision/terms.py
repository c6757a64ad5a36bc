"""What the decision reads of flights, as columns: their tier, their chance as a line over the dual, their throttle.

Built once per plan; the arithmetic on them is `kernel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from makegood.engine.plan import PlanFlight

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TIERS = ("sponsorship", "guaranteed", "non_guaranteed", "house")


class Terms(NamedTuple):
    """Columns by flight; `tier` counts along TIERS. See `line` for level and fall."""

    tier: Ints
    level: Floats
    fall: Floats
    throttle: Floats

    def rows(self, numbers: Ints) -> Terms:
        """The terms of the flights with these numbers, side by side."""
        return Terms(self.tier[numbers], self.level[numbers], self.fall[numbers], self.throttle[numbers])


def of(flights: Sequence[PlanFlight]) -> Terms:
    """Columns of the flights in their order."""
    lines = [line(flight) for flight in flights]
    return Terms(
        np.array([TIERS.index(flight.priority) for flight in flights], dtype=np.int64),
        np.array([level for level, _ in lines], dtype=np.float64),
        np.array([fall for _, fall in lines], dtype=np.float64),
        np.array([flight.throttle for flight in flights], dtype=np.float64),
    )


def line(flight: PlanFlight) -> tuple[float, float]:
    """Level and fall of a flight's chance, level - fall * beta, before pacing.

    Guaranteed: theta * (1 + (alpha - beta) / V). Sponsorship: the share of voice, exclusive when none is named. Others:
    the weight.
    """
    if flight.priority == "guaranteed":
        fall = flight.theta / flight.weight if flight.theta > 0 else 0.0
        return flight.theta + flight.alpha * fall, fall
    if flight.priority == "sponsorship":
        return 1.0 if flight.share is None else flight.share, 0.0
    return flight.weight, 0.0


def order(flights: Sequence[PlanFlight]) -> list[int]:
    """Their places tier after tier; guaranteed ones by the dual at which their chance is zero, the highest first."""
    return sorted(range(len(flights)), key=lambda n: (TIERS.index(flights[n].priority), -_zero(flights[n])))


def _zero(flight: PlanFlight) -> float:
    level, fall = line(flight)
    return level / fall if fall > 0 else 0.0
