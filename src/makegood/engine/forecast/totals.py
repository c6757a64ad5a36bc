"""The forecast of a sum of series: what a contract's targeting takes together.

Forecasts in, one forecast out. Errors of siblings move together, so bounds are not added up but tried anew.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from makegood.engine.forecast.intervals import Forecast, around


def of(found: Forecast, members: Sequence[int]) -> Forecast:
    """The sum of the series `members` (rows of `found`), one series, with intervals from the errors of the sum."""
    rows = list(members)
    missed = found.missed[rows].sum(axis=0, keepdims=True)
    mean, level = found.mean[rows].sum(axis=0, keepdims=True), found.level[rows].sum(keepdims=True)
    size = np.broadcast_to(mean[:, None, : missed.shape[2]], missed.shape)
    return around(mean, size, size + missed, level, np.zeros(1, dtype=np.int64))
