"""Asking for what is missing: one task a fact, with owner and due date; closed when the fact holds."""

import datetime

from makegood.core import permissions, verbs
from makegood.core.models import Person
from makegood.orders.models import Line, Order
from makegood.work.actions import tasks
from makegood.work.models import Task
from makegood.workflows import readiness
from makegood.workflows.ordering import backward
from makegood.workflows.ordering.facts import Fact

RUNNING = ("signed", "booked", "live")


@verbs.whole
def ask(order: Order, *, by: Person | None, at: datetime.datetime) -> list[Task]:
    """Open a task for every missing fact that somebody can supply, due by the work-back from launch. Asking twice asks once."""
    permissions.check(by, "orders.ask", order)
    dues = {line.pk: backward.dues(line) for line in order.lines.exclude(status="cancelled").select_related("product")}
    owed = [
        tasks.Owed(
            fact.subject, fact.key, fact.title, backward.moment(order, _day(fact, order, dues), at=at), owner=fact.owner,
            owed_by=fact.owed_by.pk if fact.owed_by else None, action=fact.action, detail=fact.detail, amount=fact.amount,
            currency=order.currency, effort_hours=fact.effort_hours,
        )
        for provide in readiness.PROVIDERS
        for fact in provide(order, at)
        if not fact.held and fact.step
    ]  # fmt: skip
    return tasks.open_all(owed, by=by, at=at)


@verbs.whole
def close_held(order: Order, *, at: datetime.datetime) -> int:
    """Close the tasks whose facts hold by now; how many."""
    asked = list(Task.objects.select_for_update().filter(root_type="orders.order", root_id=order.pk, status="open").order_by("pk"))
    if not asked:
        return 0
    held = {
        (fact.subject._meta.label_lower, fact.subject.pk, fact.key)
        for provide in readiness.PROVIDERS for fact in provide(order, at) if fact.held
    }  # fmt: skip
    done = [task for task in asked if (task.subject_type, task.subject_id, task.key) in held]
    return len(tasks.done_all(done, by=None, at=at, why="the fact holds"))


def close_all_held(*, at: datetime.datetime) -> int:
    """The same for every running order: do whatever is due."""
    return sum(close_held(order, at=at) for order in Order.objects.filter(status__in=RUNNING).order_by("pk"))


def _day(fact: Fact, order: Order, dues: dict[int, dict[str, datetime.date]]) -> datetime.date:
    """The line's own due date; for what concerns the whole order, the earliest of its lines."""
    if fact.step == "launch":
        return order.start
    own = dues.get(fact.subject.pk) if isinstance(fact.subject, Line) else None
    return own[fact.step] if own else min((due[fact.step] for due in dues.values()), default=order.start)
