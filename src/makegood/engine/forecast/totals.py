"""The forecast of a sum of series: what a contract's targeting takes together.

Forecasts in, one forecast out. Errors of siblings move together, so bounds are not added up but tried anew.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from makegood.engine.forecast.intervals import Forecast, around


def of(found: Forecast, members: Sequence[int], shares: Sequence[float] | None = None) -> Forecast:
    """The sum of the series `members` (rows of `found`), one series, with intervals from the errors of the sum.

    `shares` (members,) is the part of each that is taken, 1 where not given: a targeting seldom matches all.
    """
    rows, parts = list(members), np.ones(len(members)) if shares is None else np.asarray(shares, dtype=np.float64)
    missed = np.tensordot(parts, found.missed[rows], axes=1)[None]
    mean, level = (parts @ found.mean[rows])[None], (parts @ found.level[rows])[None]
    size = np.broadcast_to(mean[:, None, : missed.shape[2]], missed.shape)
    return around(mean, size, size + missed, level, np.zeros(1, dtype=np.int64))
