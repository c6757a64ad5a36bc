"""The list of tasks."""

import datetime
from typing import TYPE_CHECKING, Any

from makegood.core import permissions, queries
from makegood.interfaces.web import links
from makegood.interfaces.web.components import Empty
from makegood.interfaces.web.grid import BulkAction, Column, Grid
from makegood.interfaces.web.tasks.forms import Drop, HandOver
from makegood.work import queries as work
from makegood.work import states
from makegood.work.actions import tasks

if TYPE_CHECKING:
    from makegood.core.models import Person


def _people(actor: "Person") -> list[tuple[int, str]]:
    return [(person.pk, person.name) for person in queries.staff()]


def _not_open(task: Any, actor: "Person") -> str:
    return "" if task.status == "open" else "already done or dropped"


def _not_mine(task: Any, actor: "Person") -> str:
    if not permissions.may(actor, "work.tasks.hand_over", task):
        return f"only {task.owner or 'a lead'} or a lead may hand it over"
    return _not_open(task, actor)


def _nobody_owes(task: Any, actor: "Person") -> str:
    return _not_open(task, actor) or ("" if task.owed_by_id else "no client owes it")


def _hand_over(task: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    tasks.hand_over(task, asked["to"], by=actor, at=at, note=asked["note"])


def _ask(task: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    tasks.ask(task, by=actor, at=at)


def _drop(task: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    tasks.drop(task, by=actor, at=at, why=asked["why"])


def _reopen(task: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    tasks.reopen(task, by=actor, at=at)


TASKS = Grid(
    key="tasks",
    title="Tasks",
    rows=work.task_list,
    columns=(
        Column("title", "Task", second="subject_label", width=320),
        Column("status", "Status", "badge", choices=states.TaskStatus.choices, filterable=True, live=()),
        Column("due", "Due", "due", source="due_at", filterable=True),
        Column("due_at", "Due on", "datetime", filterable=True),
        Column("owner", "Owner", "person", filterable=True, choices=_people, field="owner"),
        Column("owed_by", "Owed by", field="owed_by__name"),
        Column("asked", "Asked", "int", source="asked_count", hidden=True),
        Column("amount", "Holds back", "money", total=True, filterable=True),
    ),
    default_sort="due",
    groupable=("status", "owner"),
    default_filters={"status": "open"},
    search=("title", "detail", "subject_label", "root_label", "owed_by__name"),
    link=lambda task: links.to(task.root_type, task.root_id) or links.to(task.subject_type, task.subject_id),
    actions=(
        BulkAction("ask", "Remind", _ask, check=_nobody_owes, verb="work.tasks.ask", icon="bell", consequence="Goes to the client."),
        BulkAction("hand-over", "Hand over", _hand_over, check=_not_mine, form=HandOver, verb="work.tasks.see", icon="arrow-forward-up"),
        BulkAction("drop", "Drop", _drop, check=_not_open, undo=_reopen, form=Drop, verb="work.tasks.finish", icon="trash"),
    ),
    quick=(("Mine", "status=open&owner=me"), ("Overdue", "status=open&due=..today-1")),
    empty=Empty("Nothing is owed", "Tasks appear by themselves when a campaign misses something: a creative, a click URL, an approval.", icon="checklist"),
    noun=("task", "tasks"),
    area="today",
    row_height=43,
)  # fmt: skip
