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
    counted, effect = ~np.isnan(effect), np.nan_to_num(effect)
    family = np.unique(groups, return_inverse=True)[1]
    past = marks[:steps]
    sums, number = effect[:, past > 0].sum(axis=1), counted[:, past > 0].sum(axis=1)
    every = _drawn(_together(sums, family), _together(number, family), np.zeros(len(history)))
    for name in np.unique(marks[marks > 0]):
        sums, number = effect[:, past == name].sum(axis=1), counted[:, past == name].sum(axis=1)
        shared = _drawn(_together(sums, family), _together(number, family), every)
        found[:, marks == name] = _drawn(sums, number, shared)[:, None]
    return np.exp(found)


def _together(each: Series, family: Marks) -> Series:
    """The sum over the series of one family, for each of them."""
    return np.asarray(np.bincount(family, each)[family], dtype=np.float64)


def _drawn(sums: Series, number: Series, towards: Series) -> Series:
    """Means drawn `towards` as by PRIOR observations."""
    return (sums + PRIOR * towards) / (number + PRIOR)
