"""The daily forecast: dates turned into factors for holidays, known events and the time of year.

Arrays and dates in, a forecast out. The seasons within a week and the level are `steps`'.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import numpy as np

from makegood.engine.forecast import events as known
from makegood.engine.forecast import holidays as feasts
from makegood.engine.forecast import yearly
from makegood.engine.forecast.history import Series, check
from makegood.engine.forecast.intervals import Forecast, Groups
from makegood.engine.forecast.seasons import DAILY
from makegood.engine.forecast.steps import ahead

RECENT = 200  # days: fourteen trials of a month's forecast and some weeks before them
Holidays = Mapping[dt.date, str] | Collection[dt.date]


def daily(
    history: Series, horizon: int, *, first_day: dt.date, holidays: Holidays = (), events: Collection[known.Event] = (),
    groups: Groups | None = None,
) -> Forecast:  # fmt: skip
    """Forecast `horizon` days after `history` (series, days), whose first column is `first_day`; NaN is a missing day.

    `holidays` are past and future dates, with names where holidays differ from each other; `events` are divided out
    of the past and multiplied onto the future. Series with the same number in `groups` are siblings and share what
    holidays and the time of year do, and the shape of their errors. Level and week are learnt from the last 200 days,
    of which fourteen must lie between a series' first count and the end. Raises HistoryInvalid, EventInvalid.
    """
    begin, days = check(history, DAILY), history.shape[1]
    shared = np.arange(len(history)) if groups is None else groups
    factors = known.factors(events, len(history), days + horizon, first_day)
    marks = _marks(holidays, first_day, days + horizon)
    factors *= feasts.factors(history / factors[:, :days], begin, marks, DAILY, shared)
    numbers = first_day.toordinal() + np.arange(days + horizon)
    factors *= yearly.factors(history / factors[:, :days], begin, numbers, shared)
    return ahead(history[:, -RECENT:], horizon, seasons=DAILY, factors=factors[:, max(days - RECENT, 0) :], groups=groups)


def _marks(holidays: Holidays, first_day: dt.date, days: int) -> feasts.Marks:
    """The number of each day's holiday by name, 0 for none."""
    names = holidays if isinstance(holidays, Mapping) else dict.fromkeys(holidays, "holiday")
    number = {name: place for place, name in enumerate(sorted(set(names.values())), start=1)}
    found = np.zeros(days, dtype=np.int64)
    for day, name in names.items():
        if 0 <= (day - first_day).days < days:
            found[(day - first_day).days] = number[name]
    return found
