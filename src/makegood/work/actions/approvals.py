"""Asking for an approval and deciding it. Never by a maker, never by software, never for changed content."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models

from makegood.core import permissions, transitions, verbs
from makegood.core.activity import label
from makegood.core.errors import Invalid, NotAllowed
from makegood.core.models import Person
from makegood.work.models import Approval, ApprovalRule
from makegood.work.models.subject import about


@verbs.whole
def request(
    subject: models.Model, kind: str, *, title: str, measure: Decimal, facts: dict[str, Any], binds_to: str,
    makers: Iterable[Person], by: Person | None, at: datetime.datetime, due_at: datetime.datetime,
    amount: Decimal | None = None, currency: str = "",
) -> Approval | None:  # fmt: skip
    """Ask for an approval of `kind` when an active rule's threshold lies below `measure`; None when none does.

    The highest threshold exceeded decides who may approve. A pending request for the same content is returned as it
    is; one for other content is voided first.
    """
    permissions.check(by, "work.approvals.request", subject)
    rule = ApprovalRule.objects.filter(kind=kind, active=True, above__lt=measure).order_by("-above").first()
    if rule is None:
        return None
    pending = _pending(subject).filter(kind=kind).first()
    if pending and pending.binds_to == binds_to:
        return pending
    if pending:
        transitions.move(pending, "void", by=by, at=at, why="asked anew for changed content")
    approval = Approval.objects.create(
        kind=kind, title=title, measure=measure, facts=facts, binds_to=binds_to, roles=rule.roles, requested_by=by,
        requested_at=at, due_at=due_at, amount=amount, currency=currency, **about(subject),
    )  # fmt: skip
    approval.makers.set([*makers, *([by] if by else [])])
    return transitions.start(approval, by=by, at=at)


@verbs.whole
def decide(approval: Approval, outcome: str, *, by: Person, at: datetime.datetime, reason: str = "") -> Approval:
    """Approve or reject. A rejection gives its reason; makers and their agents are refused."""
    permissions.check(by, "work.approvals.decide", approval)
    if outcome not in ("approved", "rejected"):
        raise Invalid(f"{outcome!r} is no decision.", place="outcome", remedy="Say approved or rejected.")
    if outcome == "rejected" and not reason.strip():
        raise Invalid("a rejection needs its reason.", place="reason", remedy="Say what would have to change.")
    if approval.makers.filter(pk=by.pk).exists() or approval.requested_by_id == by.pk:
        raise NotAllowed("whoever made or asked for it may not decide it.", place=str(approval), remedy=f"Ask {_others(approval)}.")
    try:
        return transitions.move(approval, outcome, by=by, at=at, why=reason, decided_by=by, decided_at=at, reason=reason)
    except IntegrityError as error:
        raise NotAllowed("whoever asked for it may not decide it.", place=str(approval)) from error


@verbs.whole
def void_for(subject: models.Model, *, by: Person | None, at: datetime.datetime, keep_hash: str | None = None, why: str) -> int:
    """Void every pending or given approval of `subject` whose content is no longer `keep_hash`; how many."""
    rows = Approval.objects.filter(subject_type=label(subject), subject_id=subject.pk, status__in=["pending", "approved"])
    changed = [approval for approval in rows.select_for_update().order_by("pk") if approval.binds_to != keep_hash]
    return len(transitions.move_all(changed, "void", by=by, at=at, why=why))


def _pending(subject: models.Model) -> models.QuerySet[Approval]:
    return Approval.objects.filter(subject_type=label(subject), subject_id=subject.pk, status="pending")


def _others(approval: Approval) -> str:
    people = Person.objects.filter(is_active=True, agent_for=None, roles__overlap=approval.roles)
    names = people.exclude(pk__in=approval.makers.values("pk")).order_by("name").values_list("name", flat=True)[:3]
    return " or ".join(names) or "an administrator to give somebody else the role"
