"""Work-back schedules: the day each step must be done for a launch to hold, in business days.

Dates in and out; holidays are passed in. Who does it lives in `work`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


class ScheduleInvalid(ValueError):
    """Steps follow each other in a circle, or name a step that does not exist."""


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """The days work is done: not on `weekend` weekdays (Monday 0), not on `holidays`."""

    holidays: frozenset[dt.date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})

    def works(self, day: dt.date) -> bool:
        return day.weekday() not in self.weekend and day not in self.holidays

    def shift(self, day: dt.date, days: int) -> dt.date:
        """`days` business days later (or earlier when negative); 0 gives the last business day up to `day`."""
        step = DAY if days > 0 else -DAY
        while days or not self.works(day):
            day += step
            if days and self.works(day):
                days -= 1 if days > 0 else -1
        return day


@dataclass(frozen=True, slots=True)
class Step:
    """A step that takes `days` business days and must be done before each of `before` starts (none: before launch)."""

    name: str
    days: int
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to start a step, and the last day to be done with it."""

    step: str
    start: dt.date
    due: dt.date


def work_back(launch: dt.date, steps: Sequence[Step], week: WorkingWeek = WorkingWeek()) -> list[Due]:
    """The latest dates of every step, earliest due first. A step is done the business day before what follows starts.

    Backward pass of the critical path method (Kelley and Walker, 1959). Raises ScheduleInvalid.
    """
    known = {step.name: step for step in steps}
    found: dict[str, Due] = {}
    for step in steps:
        _latest(step, launch, known, week, found, ())
    return sorted(found.values(), key=lambda due: (due.due, due.start))


def _latest(
    step: Step, launch: dt.date, known: dict[str, Step], week: WorkingWeek, found: dict[str, Due], path: Collection[str]
) -> Due:
    if step.name in path:
        raise ScheduleInvalid(f"{' → '.join((*path, step.name))} is a circle")
    if step.name not in found:
        for follower in step.before:
            if follower not in known:
                raise ScheduleInvalid(f"{step.name}: there is no step {follower!r} to come before")
        followers = [_latest(known[name], launch, known, week, found, (*path, step.name)) for name in step.before]
        due = week.shift(min((follower.start for follower in followers), default=launch), -1)
        found[step.name] = Due(step.name, week.shift(due, -(max(step.days, 1) - 1)), due)
    return found[step.name]
