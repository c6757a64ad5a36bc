"""Who could take what: hand-overs proposed from the load of a team. Proposes only; handing over is work's."""

import dataclasses
import datetime
from collections.abc import Sequence

from makegood.core.models import Person
from makegood.insight.team import WEEKS, Load, day_of, week_of
from makegood.work.models import Task


@dataclasses.dataclass(frozen=True)
class HandOver:
    """A proposal: this task from somebody over capacity, or away uncovered, to somebody of the same role with room."""

    task: Task
    to: Person
    why: str


def hand_overs(rows: Sequence[Load], *, now: datetime.datetime) -> list[HandOver]:
    """One task for each person over capacity (the latest due of that week), and all that fall due while somebody is away uncovered."""
    room = {row.person.pk: [there - asked for asked, there in zip(row.hours, row.capacity, strict=True)] for row in rows}
    found: list[HandOver] = []
    for row in rows:
        for task, why in [*_uncovered(row, now), *_too_much(row, now)]:
            week = min(week_of(task, now), WEEKS - 1)
            there = [one for one in rows if one.person != row.person and _alike(one, row) and _there(one, day_of(task, now))]
            able = [one for one in there if room[one.person.pk][week] >= task.effort_hours]
            if able and task.pk not in {one.task.pk for one in found}:
                to = max(able, key=lambda one: (room[one.person.pk][week], -one.person.pk))
                room[to.person.pk][week] -= task.effort_hours
                found.append(HandOver(task, to.person, f"{why}; {to.person.name} is at {to.percent} %"))
    return found


def _uncovered(row: Load, now: datetime.datetime) -> list[tuple[Task, str]]:
    gone = [one for one in row.absences if one.cover_id is None]
    return [
        (task, f"{row.person.name} is away until {one.end.day} {one.end:%b}")
        for one in gone for task in row.tasks if one.start <= day_of(task, now) <= one.end
    ]  # fmt: skip


def _too_much(row: Load, now: datetime.datetime) -> list[tuple[Task, str]]:
    week = row.first_over
    if week is None:
        return []
    movable = [task for task in row.tasks if task.effort_hours and week_of(task, now) == week]
    asked, there = row.hours[week], row.capacity[week]
    return [(task, f"{row.person.name} has {asked.normalize():f} hours for {there.normalize():f}") for task in movable[-1:]]


def _alike(one: Load, other: Load) -> bool:
    return bool(set(one.person.roles) & set(other.person.roles))


def _there(one: Load, day: datetime.date) -> bool:
    return not any(away.start <= day <= away.end for away in one.absences)
