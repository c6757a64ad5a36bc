"""Known events: days for which the seller expects so many times the usual traffic.

Dates and factors in, an array out; what happened on holidays is learnt in `holidays`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from makegood.engine.forecast.history import Series

ONE_DAY = dt.timedelta(days=1)


class EventInvalid(ValueError):
    """An event ends before it begins, or its factor is not above 0."""


@dataclass(frozen=True, slots=True)
class Event:
    """From `first` to `last` day, both included, `factor` times the usual; for all series or those in `rows`."""

    first: dt.date
    last: dt.date
    factor: float
    rows: frozenset[int] | None = None


def factors(events: Collection[Event], series: int, days: int, first_day: dt.date) -> Series:
    """What the events multiply each day by (series, days); events that overlap multiply. Raises EventInvalid."""
    found = np.ones((series, days))
    for event in events:
        if event.last < event.first or not (math.isfinite(event.factor) and event.factor > 0):
            raise EventInvalid(f"{event}: give a last day not before the first, and a factor above 0")
        begin = max((event.first - first_day) // ONE_DAY, 0)
        end = max((event.last - first_day) // ONE_DAY + 1, 0)
        rows = slice(None) if event.rows is None else sorted(event.rows)
        found[rows, begin:end] *= event.factor
    return found
