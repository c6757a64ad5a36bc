"""Opening, finishing, postponing and handing over what is owed."""

import datetime
from decimal import Decimal

from django.db import IntegrityError, models, transaction

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Party, Person
from makegood.work.models import Task
from makegood.work.models.subject import about


@verbs.whole
def open(
    subject: models.Model, key: str, *, title: str, due_at: datetime.datetime, by: Person | None, at: datetime.datetime,
    owner: Person | None = None, owed_by: Party | int | None = None, action: str = "", detail: str = "",
    amount: Decimal | None = None, currency: str = "", effort_hours: Decimal | int = 0,
) -> Task:  # fmt: skip
    """The open task for this fact of `subject`, made when there is none: asking twice makes one task."""
    permissions.check(by, "work.tasks.open", subject)
    fields = about(subject)
    try:
        with transaction.atomic():
            task = Task.objects.create(
                key=key, title=title, detail=detail, action=action, owner=owner, owed_by_id=getattr(owed_by, "pk", owed_by),
                due_at=due_at, amount=amount, currency=currency, effort_hours=effort_hours, created_at=at, **fields,
            )  # fmt: skip
    except IntegrityError:
        return Task.objects.get(subject_type=fields["subject_type"], subject_id=subject.pk, key=key, status="open")
    return transitions.start(task, by=by, at=at, visible_to_client=owed_by is not None)


def done(task: Task, *, by: Person | None, at: datetime.datetime, why: str = "") -> Task:
    """The fact holds: close the task."""
    permissions.check(by, "work.tasks.finish", task)
    return transitions.move(task, "done", by=by, at=at, why=why, done_at=at)


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
