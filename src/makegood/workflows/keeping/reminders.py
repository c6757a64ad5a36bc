"""Asking clients again for what they owe past its due date: at most once a day, on working days."""

import datetime

from django.db.models import Q

from makegood.core import verbs
from makegood.engine.schedule import WorkingWeek
from makegood.work.actions import tasks
from makegood.work.models import Task

EVERY = datetime.timedelta(hours=23)  # a daily run that starts a little earlier than yesterday's still asks
WEEK = WorkingWeek()


def remind(*, at: datetime.datetime) -> int:
    """Ask again for every overdue open task owed by a client and not asked for since yesterday; how many."""
    return sum(_again(pk, at) for pk in _due(at).values_list("pk", flat=True)) if WEEK.works(at.date()) else 0


def _due(at: datetime.datetime):  # noqa: ANN202 - a queryset of tasks
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=at)
    asked = Q(last_asked_at=None) | Q(last_asked_at__lte=at - EVERY)
    return Task.objects.filter(awake, asked, status="open", due_at__lt=at).exclude(owed_by=None).order_by("pk")


@verbs.whole
def _again(pk: int, at: datetime.datetime) -> bool:
    """One task, if it is still due once it is locked: two workers ask once."""
    task = _due(at).select_for_update(skip_locked=True).filter(pk=pk).first()
    if task is None:
        return False
    tasks.ask(task, by=None, at=at)
    return True
