"""What holidays do to a series: factors learnt where they were seen, shared among siblings.

Marks and ratios in, factors out. Which days are holidays is passed in by the caller.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.engine.forecast.history import Series, Steps, usual
from makegood.engine.forecast.intervals import Groups
from makegood.engine.forecast.seasons import Seasons

PRIOR = 1.0  # holidays seen that 'like the others' counts as: a name like all names, a series like its siblings
FARTHEST = 3.0  # log of the largest factor either way
Marks = npt.NDArray[np.int64]


def factors(history: Series, begin: Steps, marks: Marks, seasons: Seasons, groups: Groups) -> Series:
    """Factors (series, steps + horizon): 1 on ordinary steps.

    `marks` (steps + horizon,) number the holidays' names from 1 on, 0 is none; steps of one name share one factor. It
    is the mean log ratio to the usual step, drawn by one observation to that of the siblings, theirs to that of all
    holidays together, and that to no effect.
    """
    steps = history.shape[1]
    found = np.zeros((len(history), len(marks)))
    if not marks[:steps].any():
        return np.exp(found)
    expected = usual(np.where(marks[:steps] > 0, np.nan, history), begin, seasons)
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = np.clip(np.log(np.where(expected > 0, history / expected, np.nan)), -FARTHEST, FARTHEST)
    for group in np.unique(groups):
        rows = groups == group
        every = _drawn(effect[rows][:, marks[:steps] > 0], np.zeros(1), axis=None)
        for name in np.unique(marks[marks > 0]):
            seen = effect[rows][:, marks[:steps] == name]
            shared = _drawn(seen, every, axis=None)
            found[np.ix_(rows, marks == name)] = _drawn(seen, shared, axis=1)[:, None]
    return np.exp(found)


def _drawn(seen: Series, towards: Series, axis: int | None) -> Series:
    """Means of `seen` without NaN, drawn `towards` as by PRIOR observations."""
    number = (~np.isnan(seen)).sum(axis=axis)
    return np.atleast_1d((np.nansum(seen, axis=axis) + PRIOR * towards) / (number + PRIOR))
