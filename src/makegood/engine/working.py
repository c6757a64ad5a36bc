"""Working hours of one person: moments a number of working hours away, and working time between two moments.

Zone, week and hours are passed in; a day the clock changes has the hours its zone gives it, since day ends are local.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from makegood.engine.schedule import DAY, WorkingWeek

HORIZON = 3660  # days looked ahead before a week without any working day is called so


class NeverWorks(ValueError):
    """No working time within ten years."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Work is done from `opens` to `closes`, local time of `zone`, on the days of `week`."""

    zone: str
    week: WorkingWeek = field(default_factory=WorkingWeek)
    opens: dt.time = dt.time(9)
    closes: dt.time = dt.time(17)

    def after(self, at: dt.datetime, hours: float) -> dt.datetime:
        """The moment `hours` working hours after `at`, in UTC; 0 gives the next moment work is done. Raises NeverWorks."""
        left = dt.timedelta(hours=hours)
        day = at.astimezone(ZoneInfo(self.zone)).date()
        for ahead in range(HORIZON):
            first, last = self._span(day + ahead * DAY, at)
            if first >= last:
                continue
            if first + left <= last:
                return first + left
            left -= last - first
        raise NeverWorks(f"no {hours} working hours within {HORIZON} days in {self.zone}")

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """Working time from `start` to `end`; nothing when the end is not after the start."""
        zone = ZoneInfo(self.zone)
        day, last_day = start.astimezone(zone).date(), end.astimezone(zone).date()
        total = dt.timedelta()
        while day <= last_day:
            first, last = self._span(day, start)
            total += max(min(last, end.astimezone(dt.UTC)) - first, dt.timedelta())
            day += DAY
        return total

    def _span(self, day: dt.date, since: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """The working span of a day not before `since`, in UTC; empty (first = last) on days off."""
        zone = ZoneInfo(self.zone)
        first = max(dt.datetime.combine(day, self.opens, zone).astimezone(dt.UTC), since.astimezone(dt.UTC))
        last = dt.datetime.combine(day, self.closes, zone).astimezone(dt.UTC) if self.week.works(day) else first
        return first, max(first, last)
