"""Putting off and giving away items of Today. A task has verbs of its own; anything else is put off here or given as a task."""

import datetime

from django.db import models

from makegood.core import verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.insight.models import Snooze
from makegood.insight.queue.item import Item
from makegood.work.actions import tasks
from makegood.work.models import Task


def snooze(key: str, until: datetime.datetime, *, by: Person, at: datetime.datetime) -> Snooze:
    """Keep an item out of one's own queue until a moment; nobody else's changes, so no activity is written."""
    if until <= at:
        raise Invalid("the moment has passed.", place=key, remedy="Choose a later one.")
    made, _ = Snooze.objects.update_or_create(person=by, key=key, defaults={"until": until})
    return made


def wake(key: str, *, by: Person) -> int:
    """Take a snooze back; how many there were."""
    return Snooze.objects.filter(person=by, key=key).delete()[0]


@verbs.whole
def hand_over(item: Item, subject: models.Model, to: Person, *, by: Person, at: datetime.datetime, note: str) -> Task:
    """Give an item that is no task to a colleague: it becomes their task, and leaves the queues it stood in."""
    if not to.is_staff_member or not to.is_active:
        raise Invalid(f"{to.name} does not work here.", place=item.title, remedy="Choose a colleague.")
    if not note.strip():
        raise Invalid("a hand-over says what the colleague should know.", place=item.title, remedy="Write a note.")
    kind = item.key.rpartition("-")[0]
    return tasks.open(
        subject, f"queue.{kind}", title=item.title, due_at=max(item.due_at, at), by=by, at=at, owner=to, action=item.action,
        detail=f"{by.name}: {note}", amount=item.amount, currency=item.currency,
    )  # fmt: skip
