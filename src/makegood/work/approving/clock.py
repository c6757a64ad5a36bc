"""The clock of a stage: working hours of whoever may decide it, in their own zone, without their holidays and days away."""

import datetime
from collections.abc import Iterable

from makegood.core import calendars, queries
from makegood.core.models import Absence, Person
from makegood.engine.schedule import DAY, WorkingWeek
from makegood.engine.working import WorkingHours
from makegood.work.approving.stages import Stage

AHEAD = 400 * DAY


def due(stage: Stage, hours: float, at: datetime.datetime) -> datetime.datetime:
    """When `hours` of work have passed for the first who can act: of those named, or the cover of one who is away."""
    people = list(Person.objects.filter(pk__in=stage.people, is_active=True))
    away = list(Absence.objects.filter(person__in=people, end__gte=at.date()).select_related("cover"))
    moments = [_hours(person.zone, _days(one for one in away if one.person_id == person.pk), at).after(at, hours) for person in people]
    today = [one for one in away if one.cover and one.start <= at.date() <= one.end]
    moments += [_hours(one.cover.zone, set(), at).after(at, hours) for one in today if one.cover]
    return min(moments, default=_hours(queries.zone(), set(), at).after(at, hours))


def taken(person: Person, start: datetime.datetime, end: datetime.datetime) -> datetime.timedelta:
    """Working time of `person` between two moments: what a decision took them."""
    away = Absence.objects.filter(person=person, end__gte=start.date(), start__lte=end.date())
    return _hours(person.zone, _days(away), start).between(start, end)


def _hours(zone: str, off: set[datetime.date], at: datetime.datetime) -> WorkingHours:
    holidays = calendars.public(zone, at.date(), at.date() + AHEAD)
    return WorkingHours(zone, WorkingWeek(frozenset(off | set(holidays))))


def _days(absences: Iterable[Absence]) -> set[datetime.date]:
    return {one.start + n * DAY for one in absences for n in range(min((one.end - one.start).days, AHEAD.days) + 1)}
