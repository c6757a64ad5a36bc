"""How a group's day is shared out over the rows of the sample: by weight, on the weekdays a row occurs.

As Tencent's RAP does (KDD 2020): groups are forecast, rows take shares. Totals live in `totals`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.engine.supply import Supply

Floats = npt.NDArray[np.float64]


def present(supply: Supply) -> Floats:
    """Weight of each row on each weekday, shape (rows, 7): a row of one hour occurs on one day, so seven times as much."""
    column = supply.column("hour_of_week")
    days = np.array([-1 if value is None else value // 24 for value in column.values], dtype=np.int64)
    on = np.where(days[:, None] < 0, 1.0, np.where(days[:, None] == np.arange(7), 7.0, 0.0)).reshape(-1, 7)
    return np.asarray(on[column.codes] * supply.weights[:, None], dtype=np.float64)


def shares(supply: Supply, group: npt.NDArray[np.int64], groups: int) -> Floats:
    """Part of its group's requests that each row is on each weekday, shape (rows, 7)."""
    weights = present(supply)
    whole = per_group(weights, group, groups)[group]
    return np.divide(weights, whole, out=np.zeros_like(weights), where=whole > 0)


def per_group(values: Floats, group: npt.NDArray[np.int64], groups: int) -> Floats:
    """Sums of the rows of each group, shape (groups, columns)."""
    return np.column_stack([np.bincount(group, column, minlength=groups) for column in values.T])
