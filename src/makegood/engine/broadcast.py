"""The US broadcast calendar: Monday weeks, months that end on the last Sunday of the calendar month.

Dates in, (first day, last day) out. Zones and other calendars live in `periods`.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)


def week(day: dt.date) -> tuple[dt.date, dt.date]:
    """The Monday-to-Sunday week that holds `day`."""
    monday = day - DAY * day.weekday()
    return monday, monday + DAY * 6


def month_of(day: dt.date) -> tuple[int, int]:
    """(year, month) of the broadcast month that holds `day`: the calendar month of its week's Sunday."""
    sunday = week(day)[1]
    return sunday.year, sunday.month


def month(year: int, number: int) -> tuple[dt.date, dt.date]:
    """First and last day of a broadcast month: from the Monday on or before the 1st to the last Sunday."""
    first = week(dt.date(year, number, 1))[0]
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return first, week(following)[0] - DAY


def year(number: int) -> tuple[dt.date, dt.date]:
    """First and last day of a broadcast year (52 or 53 weeks)."""
    return month(number, 1)[0], month(number, 12)[1]


def weeks(start: dt.date, end: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Whole broadcast weeks touching [start, end]."""
    first, last = week(start)[0], week(end)[0]
    mondays = [first + WEEK * n for n in range((last - first).days // 7 + 2)]
    return [(monday, following - DAY) for monday, following in pairwise(mondays)]
