"""What a drifting rate is, from counts: a Gamma posterior that forgets. No pacing decision here.

The dynamic Poisson model of West and Harrison (Bayesian Forecasting and Dynamic Models, ch. 15), with the discount
set by the drift, so that a large flight forgets sooner than a small one whose every count is news.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Rate:
    """Per flight: `counted` over `exposed`; the relative variance of the rate is 1 / counted."""

    counted: Floats
    exposed: Floats

    @property
    def value(self) -> Floats:
        return self.counted / self.exposed

    @property
    def doubt(self) -> Floats:
        """Relative variance."""
        return 1 / self.counted


def prior(flights: int, spread: float) -> Rate:
    """Rates believed to be 1, as forecast, within the relative standard deviation `spread`."""
    return Rate(np.full(flights, spread**-2), np.full(flights, spread**-2))


def observe(rate: Rate, counted: Floats, exposed: Floats, *, drift: float) -> Rate:
    """The rate after `counted` in `exposed` more, having moved since by the relative variance `drift`."""
    kept = 1 / (1 + drift * rate.counted)
    return Rate(rate.counted * kept + counted, rate.exposed * kept + exposed)
