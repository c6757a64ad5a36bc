"""Telling people of what happened to their holds: a notice at once to each of them, once."""

from collections.abc import Iterable

from makegood.core.models import Activity, Notification, Person


def tell(said: Activity, people: Iterable[Person]) -> None:
    """A notice of the activity to each person who works here, whoever did it too: an owner learns of every hand-over."""
    tell_each([(said, people)])


def tell_each(pairs: Iterable[tuple[Activity, Iterable[Person]]]) -> None:
    """The same of many activities, in one statement."""
    once = {(said.pk, one.pk): (said, one) for said, people in pairs for one in people if one.is_active}
    Notification.objects.bulk_create([Notification(person=one, activity=said, urgency=Notification.Urgency.NOW) for said, one in once.values()])
