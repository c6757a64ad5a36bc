"""Periods of inclusive dates in the calendars the trade bills by, and days in a time zone.

Pure dates; `broadcast` and `fiscal` hold the rules of their calendars. What is billed lives in `billing`.
"""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
import enum
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from makegood.engine import broadcast, fiscal


class Calendar(enum.StrEnum):
    """The calendars a period can belong to."""

    MONTH = "calendar"
    BROADCAST = "broadcast"
    BROADCAST_WEEK = "broadcast_week"
    FISCAL_445 = "fiscal_445"
    FISCAL_454 = "fiscal_454"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days from `start` to `end`, both included."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends {self.end} before it starts {self.start}")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    def dates(self) -> list[dt.date]:
        """Every day of the period in order."""
        return [self.start + dt.timedelta(days=n) for n in range(self.days)]


def overlap(one: Period, other: Period) -> Period | None:
    """The days both share, or None."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Period(start, end) if start <= end else None


def period_of(day: dt.date, calendar: Calendar) -> Period:
    """The one period of `calendar` that holds `day`."""
    if calendar is Calendar.MONTH:
        return Period(day.replace(day=1), day.replace(day=gregorian.monthrange(day.year, day.month)[1]))
    if calendar is Calendar.BROADCAST:
        return Period(*broadcast.month(*broadcast.month_of(day)))
    if calendar is Calendar.BROADCAST_WEEK:
        return Period(*broadcast.week(day))
    rule = fiscal.FOUR_FOUR_FIVE if calendar is Calendar.FISCAL_445 else fiscal.RETAIL_FOUR_FIVE_FOUR
    months = fiscal.months(fiscal.year_of(day, rule), rule)
    return next(Period(start, end) for start, end in months if start <= day <= end)


def periods_between(start: dt.date, end: dt.date, calendar: Calendar, *, clip: bool = False) -> list[Period]:
    """Periods of `calendar` touching [start, end] in order; whole, or cut to it with `clip`."""
    wanted, found, day = Period(start, end), [], start
    while day <= end:
        period = period_of(day, calendar)
        found.append(overlap(period, wanted) or period if clip else period)
        day = period.end + dt.timedelta(days=1)
    return found


def label(period: Period, calendar: Calendar) -> str:
    """What a person calls it: 'January 2026', 'broadcast January 2026', 'week of 29 Dec 2025'."""
    if calendar is Calendar.BROADCAST_WEEK:
        return f"week of {period.start:%d %b %Y}"
    if calendar is Calendar.MONTH:
        return f"{period.start:%B %Y}"
    if calendar is Calendar.BROADCAST:
        year, month = broadcast.month_of(period.end)
        return f"broadcast {dt.date(year, month, 1):%B %Y}"
    rule = fiscal.FOUR_FOUR_FIVE if calendar is Calendar.FISCAL_445 else fiscal.RETAIL_FOUR_FIVE_FOUR
    year = fiscal.year_of(period.start, rule)
    number = next(n for n, (first, last) in enumerate(fiscal.months(year, rule), 1) if first <= period.start <= last)
    return f"fiscal {year} month {number}"


def day_bounds(day: dt.date, zone: str | ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """UTC [start, end) of a local day; 23, 24 or 25 hours, and right where midnight is skipped by the clock change."""
    local = ZoneInfo(zone) if isinstance(zone, str) else zone
    midnights = (dt.datetime.combine(date, dt.time(), local) for date in (day, day + dt.timedelta(days=1)))
    start, end = (midnight.astimezone(dt.UTC) for midnight in midnights)
    return start, end


def hour_of_week(at: dt.datetime, zone: str | ZoneInfo) -> int:
    """0..167 from Monday 00:00 in `zone`; `at` must be aware."""
    local = at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return local.weekday() * 24 + local.hour
