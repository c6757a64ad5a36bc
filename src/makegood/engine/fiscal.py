"""Fiscal calendars of whole weeks: 4-4-5 and the retail 4-5-4 (National Retail Federation).

A leap (53rd) week lengthens the year's last month. Calendar and broadcast months live in `periods` and `broadcast`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FiscalRule:
    """Weeks per month of a quarter; the year starts on the `weekday` (Monday 0) nearest the 1st of `first_month`."""

    pattern: tuple[int, int, int]
    first_month: int
    weekday: int


FOUR_FOUR_FIVE = FiscalRule((4, 4, 5), first_month=1, weekday=0)
RETAIL_FOUR_FIVE_FOUR = FiscalRule((4, 5, 4), first_month=2, weekday=6)


def year_start(year: int, rule: FiscalRule) -> dt.date:
    """First day of fiscal `year`."""
    anchor = dt.date(year, rule.first_month, 1)
    ahead = (rule.weekday - anchor.weekday()) % 7
    return anchor + dt.timedelta(days=ahead if ahead <= 3 else ahead - 7)


def year_of(day: dt.date, rule: FiscalRule) -> int:
    """The fiscal year that holds `day`."""
    return max(year for year in (day.year - 1, day.year, day.year + 1) if year_start(year, rule) <= day)


def months(year: int, rule: FiscalRule) -> list[tuple[dt.date, dt.date]]:
    """The twelve (first day, last day) of fiscal `year`."""
    starts, cursor = [], year_start(year, rule)
    for weeks in rule.pattern * 4:
        starts.append(cursor)
        cursor += dt.timedelta(weeks=weeks)
    ends = [start - dt.timedelta(days=1) for start in [*starts[1:], year_start(year + 1, rule)]]
    return list(zip(starts, ends, strict=True))
