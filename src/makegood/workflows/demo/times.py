"""The demo's time: everything is told from one moment, in the seller's zone. No records, no clock of its own."""

import dataclasses
import datetime
import zoneinfo

from makegood.engine.schedule import WorkingWeek

ZONE = zoneinfo.ZoneInfo("America/New_York")
DAY = datetime.timedelta(days=1)
WEEK = WorkingWeek()


@dataclasses.dataclass(frozen=True)
class Times:
    """`now` is the moment the demo is loaded; nothing in it happens later."""

    now: datetime.datetime

    @property
    def today(self) -> datetime.date:
        """The seller's calendar day."""
        return self.now.astimezone(ZONE).date()

    @property
    def midnight(self) -> datetime.datetime:
        """When today began; whole hours of delivery are known up to `now`."""
        return at(self.today, "00:00")

    def day(self, offset: int) -> datetime.date:
        """A day counted from today, negative in the past."""
        return self.today + offset * DAY

    def monday(self, weeks: int = 0) -> datetime.date:
        """The Monday of this week, or of one so many weeks away."""
        return self.today + (7 * weeks - self.today.weekday()) * DAY


def at(day: datetime.date, clock: str) -> datetime.datetime:
    """A local day and time ("10:30") as an aware UTC moment."""
    hour, minute = map(int, clock.split(":"))
    return datetime.datetime.combine(day, datetime.time(hour, minute), ZONE).astimezone(datetime.UTC)


def working(day: datetime.date, days: int = 0) -> datetime.date:
    """`days` business days later (earlier when negative), never on a weekend."""
    return WEEK.shift(day, days)
