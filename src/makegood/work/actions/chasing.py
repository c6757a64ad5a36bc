"""Approvals that wait: who may decide is reminded at half the time, who is above them decides too once it is late."""

import datetime

from django.db.models import F, Q

from makegood.core import activity, verbs
from makegood.core.models import Activity, Notification, Person
from makegood.work.approving import powers
from makegood.work.models import Approval


def chase(*, at: datetime.datetime) -> tuple[int, int]:
    """Remind and escalate whatever is due by now, each once a stage; (reminded, escalated)."""
    reminded = sum(_remind(pk, at) for pk in _to_remind(at).values_list("pk", flat=True))
    return reminded, sum(_escalate(pk, at) for pk in _to_escalate(at).values_list("pk", flat=True))


def _to_remind(at: datetime.datetime):  # noqa: ANN202 - a queryset of approvals
    return Approval.objects.filter(status="pending", reminded_at=None, remind_at__lte=at, due_at__gt=at).order_by("pk")


def _to_escalate(at: datetime.datetime):  # noqa: ANN202 - a queryset of approvals
    return Approval.objects.filter(status="pending", escalated_at=None, due_at__lte=at).order_by("pk")


@verbs.whole
def _remind(pk: int, at: datetime.datetime) -> bool:
    asked = _to_remind(at).select_for_update(skip_locked=True).filter(pk=pk).first()
    if asked is None:
        return False
    said = activity.change(asked, "approval.reminded", by=None, at=at, reminded_at=at)
    _tell(said, set(powers.stage_of(asked).people) - _makers(asked))
    return True


@verbs.whole
def _escalate(pk: int, at: datetime.datetime) -> bool:
    """Those above may decide from now on; they, whoever let it lie and whoever asked are told."""
    asked = _to_escalate(at).select_for_update(skip_locked=True).filter(pk=pk).first()
    if asked is None:
        return False
    before = set(powers.stage_of(asked).people)
    said = activity.change(asked, "approval.escalated", by=None, at=at, why="not decided in time", escalated_at=at)
    stage = powers.stage_of(asked)
    activity.change(asked, "approval.opened", by=None, at=at, roles=list(dict.fromkeys(stage.voices)))
    _tell(said, (before | set(stage.people)) - _makers(asked) | ({asked.requested_by_id} if asked.requested_by_id else set()))
    return True


def _makers(asked: Approval) -> set[int]:
    return set(asked.makers.values_list("pk", flat=True))


def _tell(said: Activity | None, people: set[int]) -> None:
    active = Person.objects.filter(pk__in=people, is_active=True).exclude(~Q(agent_for=None)).order_by(F("pk"))
    Notification.objects.bulk_create([Notification(person=one, activity=said, urgency=Notification.Urgency.NOW) for one in active if said])
