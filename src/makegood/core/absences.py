"""Days away and who covers: planning them and taking them back."""

import datetime

from django.db import IntegrityError, models, transaction

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Absence, Person


@verbs.whole
def plan(
    person: Person, start: datetime.date, end: datetime.date, *, by: Person | None, at: datetime.datetime, cover: Person | None = None, note: str = ""
) -> Absence:
    """Enter an absence, first to last day. Whoever covers sees the work in their queue on those days and must be there themselves."""
    permissions.check(by, "core.plan_absence", person)
    if end < start:
        raise Invalid(f"it ends {end}, before {start}.", place="end", remedy="Give a later last day.")
    if upcoming(start).filter(person=person, start__lte=end).exists():
        raise Refused("these days are entered already.", place=person.name, remedy="Take the other absence back first.")
    if cover and upcoming(start).filter(person=cover, start__lte=end).exists():
        raise Refused(f"{cover.name} is away on some of these days.", place="cover", remedy="Choose somebody who is there.")
    try:
        with transaction.atomic():
            made = Absence.objects.create(person=person, start=start, end=end, cover=cover, note=note[:200])
    except IntegrityError as error:
        raise Invalid("nobody covers for themselves.", place="cover", remedy="Choose a colleague.") from error
    activity.record(person, "absence.planned", by=by, at=at, why=note, after={"start": str(start), "end": str(end), "cover": str(cover or "")})
    return made


@verbs.whole
def cancel(absence: Absence, *, by: Person | None, at: datetime.datetime) -> None:
    """The person is there after all."""
    permissions.check(by, "core.plan_absence", absence.person)
    activity.record(absence.person, "absence.cancelled", by=by, at=at, before={"start": str(absence.start), "end": str(absence.end)})
    Absence.objects.filter(pk=absence.pk).delete()


def upcoming(today: datetime.date) -> models.QuerySet[Absence]:
    """Absences that are not over, the next first."""
    return Absence.objects.filter(end__gte=today).select_related("person", "cover").order_by("start", "person__name")
