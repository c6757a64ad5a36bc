"""The error of forecast totals: a standard deviation per group and day, and how errors go together.

Arithmetic on given errors; where they come from is `forecast`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Z80 = 1.2815515655446004
"""Standard deviations from the middle to either end of an 80 % interval of the normal distribution."""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """`sd[g, d]` of `totals[g, d]`. The correlations are those of the errors of two days of a group, and of two groups.

    By default a group's days err together, which is the cautious side for a flight of many days, and groups do not.
    """

    sd: npt.NDArray[np.float64]
    between_days: float = 1.0
    between_groups: float = 0.0

    def __post_init__(self) -> None:
        for name, value in (("days", self.between_days), ("groups", self.between_groups)):
            if not 0 <= value <= 1:
                raise ValueError(f"correlation between {name} is {value}, expected 0 to 1")

    def of(self, part: npt.NDArray[np.float64], days: slice) -> float:
        """Standard deviation of the sum over groups and `days` of part[g, d] × total[g, d]."""
        each = part * self.sd[:, days]
        groups = _together(each, self.between_days)
        return float(_together(groups[None, :], self.between_groups)[0])


def from_bounds(
    lo80: npt.NDArray[np.float64], hi80: npt.NDArray[np.float64], *, between_days: float = 1.0, between_groups: float = 0.0
) -> Spread:
    """The spread of forecasts given with 80 % intervals, taken as normal."""
    return Spread((hi80 - lo80) / (2 * Z80), between_days, between_groups)


def _together(sd: npt.NDArray[np.float64], correlation: float) -> npt.NDArray[np.float64]:
    """Standard deviation of each row's sum when any two of its members have that correlation."""
    return np.asarray(np.sqrt((1 - correlation) * (sd**2).sum(axis=1) + correlation * sd.sum(axis=1) ** 2))
