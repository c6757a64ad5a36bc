"""Opening, finishing, postponing and handing over what is owed."""

import dataclasses
import datetime
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Party, Person
from makegood.work.models import Task
from makegood.work.models.subject import about


@dataclasses.dataclass(frozen=True)
class Owed:
    """A fact of `subject` somebody owes: what `open` takes, for `open_all`."""

    subject: models.Model
    key: str
    title: str
    due_at: datetime.datetime
    owner: Person | None = None
    owed_by: Party | int | None = None
    action: str = ""
    detail: str = ""
    amount: Decimal | None = None
    currency: str = ""
    effort_hours: Decimal | int = 0

    def task(self, at: datetime.datetime) -> Task:
        """Not saved yet."""
        return Task(
            key=self.key, title=self.title, detail=self.detail, action=self.action, owner=self.owner,
            owed_by_id=getattr(self.owed_by, "pk", self.owed_by), due_at=self.due_at, amount=self.amount, currency=self.currency,
            effort_hours=self.effort_hours, created_at=at, **about(self.subject),
        )  # fmt: skip


def open(subject: models.Model, key: str, *, by: Person | None, at: datetime.datetime, **owed: Any) -> Task:
    """The open task for this fact of `subject`, made when there is none: asking twice makes one task. `owed` as in Owed."""
    return open_all([Owed(subject, key, **owed)], by=by, at=at)[0]


@verbs.whole
def open_all(owed: Sequence[Owed], *, by: Person | None, at: datetime.datetime) -> list[Task]:
    """The open task of each fact, made where there is none, in a few statements however many they are."""
    for one in owed:
        permissions.check(by, "work.tasks.open", one.subject)
    wanted = [one.task(at) for one in owed]
    found = _open(wanted)
    made = {_fact(task): task for task in reversed(wanted) if _fact(task) not in found}  # of two for one fact the first
    try:
        with transaction.atomic():
            Task.objects.bulk_create(reversed(made.values()))
    except IntegrityError:
        if not _open(made.values()):
            raise
        return open_all(owed, by=by, at=at)  # somebody else asked meanwhile
    for shown in (False, True):
        new = [task for task in made.values() if (task.owed_by_id is not None) == shown]
        transitions.start_all(sorted(new, key=lambda task: task.pk), by=by, at=at, visible_to_client=shown)
    return [(found | made)[_fact(task)] for task in wanted]


Fact = tuple[str, int, str]


def _fact(task: Task) -> Fact:
    return task.subject_type, task.subject_id, task.key


def _open(wanted: Collection[Task]) -> dict[Fact, Task]:
    """The tasks that are open for any of the same facts."""
    kinds, subjects, keys = ({fact[part] for fact in map(_fact, wanted)} for part in range(3))
    rows = Task.objects.filter(subject_type__in=kinds, subject_id__in=subjects, key__in=keys, status="open")
    return {_fact(task): task for task in rows}


def done(task: Task, *, by: Person | None, at: datetime.datetime, why: str = "") -> Task:
    """The fact holds: close the task."""
    return done_all([task], by=by, at=at, why=why)[0]


def done_all(closed: Sequence[Task], *, by: Person | None, at: datetime.datetime, why: str = "") -> Sequence[Task]:
    """The facts hold: close the tasks, all or none."""
    for task in closed:
        permissions.check(by, "work.tasks.finish", task)
    return transitions.move_all(closed, "done", by=by, at=at, why=why, done_at=at)


def drop(task: Task, *, by: Person | None, at: datetime.datetime, why: str) -> Task:
    """No longer needed, with the reason."""
    permissions.check(by, "work.tasks.finish", task)
    return transitions.move(task, "dropped", by=by, at=at, why=why)


def reopen(task: Task, *, by: Person | None, at: datetime.datetime, why: str = "") -> Task:
    """Undo of done or dropped."""
    permissions.check(by, "work.tasks.finish", task)
    return transitions.move(task, "open", by=by, at=at, why=why, done_at=None)


def snooze(task: Task, until: datetime.datetime, *, by: Person, at: datetime.datetime) -> Task:
    """Out of the queue until a moment, which may not lie after the due date."""
    permissions.check(by, "work.tasks.snooze", task)
    if until <= at:
        raise Invalid("the moment has passed.", place=str(task), remedy="Choose a later one.")
    if at < task.due_at < until:
        raise Invalid("it is due before that.", place=str(task), remedy=f"Snooze to {task.due_at:%d %b %H:%M} UTC or hand it over.")
    activity.change(task, "task.snoozed", by=by, at=at, snoozed_until=until)
    return task


def wake(task: Task, *, by: Person, at: datetime.datetime) -> Task:
    """Undo of snooze: back in the queue at once."""
    permissions.check(by, "work.tasks.snooze", task)
    activity.change(task, "task.woken", by=by, at=at, snoozed_until=None)
    return task


def hand_over(task: Task, to: Person, *, by: Person, at: datetime.datetime, note: str) -> Task:
    """Give the task to a colleague, explicitly and with a note."""
    permissions.check(by, "work.tasks.hand_over", task)
    if not to.is_staff_member or not to.is_active:
        raise Invalid(f"{to.name} does not work here.", place=str(task), remedy="Choose a colleague.")
    activity.change(task, "task.handed_over", by=by, at=at, why=note, owner=to)
    return task


def ask(task: Task, *, by: Person | None, at: datetime.datetime) -> Task:
    """Remind who owes it; the count shows in the queue."""
    permissions.check(by, "work.tasks.ask", task)
    activity.change(
        task, "task.asked", by=by, at=at, visible_to_client=task.owed_by_id is not None,
        asked_count=task.asked_count + 1, last_asked_at=at,
    )  # fmt: skip
    return task
