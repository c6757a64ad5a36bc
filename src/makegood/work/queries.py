"""Reads of work: queues, lists, threads."""

import datetime
from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from makegood.core import visibility
from makegood.core.errors import NotAllowed
from makegood.core.models import Person
from makegood.work.approving import duties, powers
from makegood.work.approving.stages import NAMED, Stage
from makegood.work.models import Approval, Case, Comment, Task


def task_list(actor: Person) -> models.QuerySet[Task]:
    """Tasks an actor may see; clients see what their party owes."""
    rows = Task.objects.select_related("owner", "owed_by", "party")
    return visibility.scoped(rows, actor, "owed_by_id")


def case_list(actor: Person) -> models.QuerySet[Case]:
    """Cases an actor may see."""
    return visibility.scoped(Case.objects.select_related("owner", "party", "opened_by"), actor, "party_id")


def approval_list(actor: Person) -> models.QuerySet[Approval]:
    """Approvals, for the seller's people only."""
    rows = Approval.objects.select_related("requested_by", "decided_by", "party")
    return rows if actor.is_staff_member else rows.none()


def my_tasks(actor: Person, at: datetime.datetime, *, team: bool = False) -> models.QuerySet[Task]:
    """Open tasks in the queue of `actor` (or the team): own ones and those of absent colleagues covered, not snoozed."""
    owners = Q(owner=actor) | Q(owner__absences__cover=actor, owner__absences__start__lte=at.date(), owner__absences__end__gte=at.date())
    if team:
        owners |= Q(owner__team=actor.team_id) if actor.team_id else Q(owner__isnull=False)
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=at)
    return task_list(actor).filter(owners & awake, status="open").distinct().order_by("due_at", "pk")


def decidable(actor: Person, at: datetime.datetime) -> list[Approval]:
    """Pending approvals this actor may decide now, in their own name or another's, the most urgent first."""
    held = powers.names(actor, at)
    rows = approval_list(actor).filter(status="pending", roles__overlap=[NAMED, *sorted({role for one in held for role in one.person.roles})])
    rows = rows.exclude(makers=actor).exclude(requested_by=actor).prefetch_related("makers", "votes__person").order_by("due_at", "pk")
    return [asked for asked in rows if _lets(asked, actor, held, at)]


def may_decide(asked: Approval, actor: Person, at: datetime.datetime) -> bool:
    """Whether every guard would let this person decide it now."""
    return _lets(asked, actor, powers.names(actor, at), at)


def _lets(asked: Approval, actor: Person, held: Sequence[powers.Name], at: datetime.datetime) -> bool:
    try:
        duties.check(duties.Attempt(asked, actor, tuple(powers.find(asked, held)), frozenset(person.pk for person in asked.makers.all()), at))
    except NotAllowed:
        return False
    return True


def course(asked: Approval) -> list[str]:
    """The stages in words: one of lead or reviewer, in 8 working hours."""
    found = [Stage.from_json(one) for one in asked.stages]
    need = {"any": "one of", "all": "each of"}
    return [f"{need.get(str(one.need), f'{one.need} of')} {_whose(one)}, in {one.hours} working hours" for one in found]


def _whose(stage: Stage) -> str:
    named = Person.objects.filter(pk__in=stage.named).order_by("name").values_list("name", flat=True) if stage.named else ()
    return " or ".join([*(role.replace("_", " ") for role in stage.roles), *named])


def thread(actor: Person, root_type: str, root_id: int) -> models.QuerySet[Comment]:
    """Comments of a whole, oldest first; clients see those marked for them."""
    rows = Comment.objects.filter(root_type=root_type, root_id=root_id).select_related("by").order_by("at", "pk")
    return visibility.scoped(rows, actor, "party_id", client_only=Q(visible_to_client=True))


def owed_by_others(actor: Person, at: datetime.datetime) -> models.QuerySet[Task]:
    """What clients owe to `actor`, the most overdue first."""
    return task_list(actor).filter(owner=actor, status="open", owed_by__isnull=False).order_by("due_at")
