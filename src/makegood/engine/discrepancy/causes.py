"""Which cause fits the days best: each model's misfit against both counters' noise, with a price for its fitted values.

Misfit is a chi-square of daily counts (Poisson plus a share of every day for ordinary differences between counters);
models are compared as by the Bayesian information criterion (Schwarz 1978): misfit + values × ln(days).
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from makegood.engine.discrepancy import models
from makegood.engine.discrepancy.models import Days

NOISE = 0.012  # two honest counters differ by about so much from day to day
BASE = (-0.03, 0.06)  # and by a steady few per cent in all: latency, blockers
FIRST_DAYS = 2


class Cause(enum.StrEnum):
    """Why two counts differ."""

    TIME_ZONE = "time_zone"
    WRAPPED_TAG = "wrapped_tag"
    FILTERING = "filtering"
    CREATIVE_WEIGHT = "creative_weight"
    DUPLICATE_PLACEMENT = "duplicate_placement"
    MISSING_DAYS = "missing_days"
    UNEXPLAINED = "unexplained"


CAUSES = tuple(Cause)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """One line's days. `hourly` shape (days, 24) net of ours in our zone; `theirs` and `filtered` (days,);
    `creatives` (creatives, days) net, `kilobytes` (creatives,), NaN where a weight is not known."""

    hourly: Days
    theirs: Days
    filtered: Days
    creatives: Days
    kilobytes: Days

    @property
    def net(self) -> Days:
        """Ours by day."""
        sums: Days = self.hourly.sum(axis=1)
        return sums


@dataclass(frozen=True, slots=True)
class Finding:
    """A cause with how much of the misfit it explains (0 to 1), the units it stands for (ours − theirs), and its evidence.

    `value` is the hours of a shift, the share lost, the times counted or the number of missing days; `creative` its number.
    """

    cause: Cause
    explained: float
    units: int
    value: float = 0.0
    creative: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    cause: Cause
    misfit: float
    cost: float
    predicted: Days
    value: float = 0.0
    creative: int | None = None


def explain(counts: Counts) -> tuple[Finding, ...]:
    """Causes that fit better than none, the likeliest first; UNEXPLAINED alone when none does. Needs FIRST_DAYS days."""
    net, price = counts.net, float(np.log(max(2, len(counts.theirs))))
    if len(net) < FIRST_DAYS or not net.sum():
        return ()
    plain = _misfit(net, counts)
    best = [min(fits, key=lambda one: one.misfit) for _, fits in itertools.groupby(_fits(counts), key=lambda one: one.cause)]
    ranked = sorted(best, key=lambda one: one.misfit + one.cost * price)
    better = [one for one in ranked if one.misfit + one.cost * price < plain]
    if not better:
        return (Finding(Cause.UNEXPLAINED, 0.0, round(float((net - counts.theirs).sum()))),)
    return tuple(
        Finding(one.cause, float(1 - one.misfit / plain), round(float((net - one.predicted).sum())), one.value, one.creative) for one in better
    )


def _fits(counts: Counts) -> Iterator[_Fit]:
    """Every model with every value, grouped by cause."""
    net = counts.net

    def fit(cause: Cause, predicted: Days, cost: float, value: float = 0.0, creative: int | None = None) -> _Fit:
        return _Fit(cause, _misfit(predicted, counts), cost, predicted, value, creative)

    gone = (counts.theirs == 0) & (net > 0)
    if gone.any() and not gone.all():
        yield fit(Cause.MISSING_DAYS, np.where(gone, 0.0, net), 1.0, float(gone.sum()))
    for times in models.TIMES:
        yield fit(Cause.DUPLICATE_PLACEMENT, times * net, 1.0, times)
    for hours in models.SHIFTS:
        yield fit(Cause.TIME_ZONE, models.shifted(counts.hourly, hours), 1.0, float(hours))
    if counts.filtered.any():
        for predicted, part in models.filtering(net, counts.filtered):
            yield fit(Cause.FILTERING, predicted, 1.0 if part == 1.0 else 1.5, part)
    for predicted, (number, lost) in models.wrapped(net, counts.creatives):
        yield fit(Cause.WRAPPED_TAG, predicted, 2.0, lost, number)
    for predicted, lost in models.weighing(net, counts.creatives, counts.kilobytes):
        yield fit(Cause.CREATIVE_WEIGHT, predicted, 1.5, lost)


def _misfit(predicted: Days, counts: Counts) -> float:
    """Chi-square of theirs against the prediction, less a steady share within BASE that fits best."""
    variance = np.maximum(1.0, counts.net) + (NOISE * np.maximum(counts.net, predicted)) ** 2
    square = float((predicted**2 / variance).sum())
    kept = float((predicted * counts.theirs / variance).sum()) / square if square else 1.0
    kept = min(1 - BASE[0], max(1 - BASE[1], kept))
    return float((((counts.theirs - kept * predicted) ** 2) / variance).sum())
