"""Asking for an approval and deciding it. Never by a maker, never by software, never for changed content."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.activity import label
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Person
from makegood.work import rules_in_force
from makegood.work.actions import sealing
from makegood.work.approving import clock, duties, powers
from makegood.work.approving.stages import Around, Stage
from makegood.work.models import Approval, Vote
from makegood.work.models.subject import about

REMIND = 0.5  # of a stage's hours, after which whoever may decide is reminded


@verbs.whole
def request(
    subject: models.Model, kind: str, *, title: str, measure: Decimal, facts: dict[str, Any], binds_to: str,
    makers: Iterable[Person], by: Person | None, at: datetime.datetime,
    amount: Decimal | None = None, currency: str = "", about: Iterable[str] = (), around: Around = Around(),
) -> Approval | None:  # fmt: skip
    """Ask for an approval of `kind` when an active rule's threshold lies below `measure`; None when none does.

    The highest threshold exceeded decides who may approve; `about` (categories, clauses) and `around` (who looks after it,
    whose team) narrow the rules. A pending request for the same content is returned as it is; one for other content is
    voided first.
    """
    permissions.check(by, "work.approvals.request", subject)
    asking = rules_in_force.Asking(kind, measure, amount, frozenset(about), around.team)
    rule, total = rules_in_force.exceeded(subject, asking, at=at)
    if rule is None:
        return None
    stages = [Stage.from_json(one) for one in rule.stages]
    return begin(
        subject, kind, stages, title=title, measure=total, facts=facts if total == measure else {**facts, "with_others": f"{total:.2f}"},
        binds_to=binds_to, makers=makers, by=by, at=at, amount=amount, currency=currency, around=around,
    )  # fmt: skip


@verbs.whole
def begin(
    subject: models.Model, kind: str, stages: Sequence[Stage], *, title: str, measure: Decimal, facts: dict[str, Any], binds_to: str,
    makers: Iterable[Person], by: Person | None, at: datetime.datetime, amount: Decimal | None = None, currency: str = "",
    around: Around = Around(),
) -> Approval:  # fmt: skip
    """Ask for an approval in these stages, whatever the rules say; who may decide each is frozen now."""
    permissions.check(by, "work.approvals.request", subject)
    pending = Approval.objects.filter(subject_type=label(subject), subject_id=subject.pk, status="pending", kind=kind).first()
    if pending and pending.binds_to == binds_to:
        return pending
    if pending:
        transitions.move(pending, "void", by=by, at=at, why="asked anew for changed content")
    frozen = [stage.frozen(around) for stage in stages]
    approval = Approval.objects.create(
        kind=kind, title=title[:200], measure=measure, facts=facts, binds_to=binds_to, stages=[stage.to_json() for stage in frozen],
        requested_by=by, requested_at=at, amount=amount, currency=currency, **_turn(frozen[0], at), **about(subject),
    )  # fmt: skip
    approval.makers.set(duties.makers([*makers, *([by] if by else [])]))
    return transitions.start(approval, by=by, at=at)


@verbs.whole
def decide(approval: Approval, outcome: str, *, by: Person, at: datetime.datetime, reason: str = "", conditions: str = "") -> Approval:
    """Approve or reject in the stage that waits. A rejection gives its reason and ends it; the last stage's approval gives it.

    `conditions` are what has to be met after an approval; those of all stages hold.
    """
    permissions.check(by, "work.approvals.decide")
    if outcome not in ("approved", "rejected"):
        raise Invalid(f"{outcome!r} is no decision.", place="outcome", remedy="Say approved or rejected.")
    if outcome == "rejected" and not reason.strip():
        raise Invalid("a rejection needs its reason.", place="reason", remedy="Say what would have to change.")
    if outcome == "rejected" and conditions.strip():
        raise Invalid("a rejection has no conditions.", place="conditions", remedy="Approve with conditions, or reject with the reason.")
    locked = Approval.objects.select_for_update().get(pk=approval.pk)
    if locked.status != "pending":
        raise Refused(f"it is {locked.get_status_display().lower()}.", place=str(locked), remedy="Look at it again.")
    vote = _vote(locked, outcome, by, at, reason.strip(), conditions.strip())
    try:
        _follow(locked, vote)
    except IntegrityError as error:
        raise NotAllowed("the database holds that somebody who made or asked for it decides it.", place=str(locked)) from error
    approval.refresh_from_db()
    return approval


@verbs.whole
def decide_all(asked: Sequence[Approval], outcome: str, *, by: Person, at: datetime.datetime, reason: str = "") -> Sequence[Approval]:
    """`decide` for several, all or none: many at once is no way round what one must pass."""
    return [decide(one, outcome, by=by, at=at, reason=reason) for one in sorted(asked, key=lambda one: one.pk)]


@verbs.whole
def void_for(subject: models.Model, *, by: Person | None, at: datetime.datetime, keep_hash: str | None = None, why: str) -> int:
    """Void every pending or given approval of `subject` whose content is no longer `keep_hash`; how many."""
    rows = Approval.objects.filter(subject_type=label(subject), subject_id=subject.pk, status__in=["pending", "approved"])
    changed = [approval for approval in rows.select_for_update().order_by("pk") if approval.binds_to != keep_hash]
    return len(transitions.move_all(changed, "void", by=by, at=at, why=why))


def _vote(asked: Approval, outcome: str, by: Person, at: datetime.datetime, reason: str, conditions: str) -> Vote:
    """The vote, once every guard let it pass."""
    held = powers.find(asked, powers.names(by, at))
    makers = frozenset(asked.makers.values_list("pk", flat=True))
    duties.check(duties.Attempt(asked, by, tuple(held), makers, at))
    used = next((power for power in held if power.acted_for is None or power.acted_for.pk not in makers), held[0] if held else None)
    return Vote.objects.create(
        approval=asked, stage=asked.stage, person=by, acted_for=used.acted_for if used else None, role=used.role if used else "", outcome=outcome,
        reason=reason, conditions=conditions, binds_to=asked.binds_to, at=at,
    )  # fmt: skip


def _follow(asked: Approval, vote: Vote) -> None:
    """Where the vote leads: refused, on to the next stage, given, or still waiting for others of the stage."""
    by, at, why = vote.person, vote.at, vote.reason
    given = asked.votes.filter(stage=asked.stage, outcome="approved").values_list("role", flat=True)
    if vote.outcome == "rejected":
        _end(asked, vote)
    elif not powers.stage_of(asked).complete(list(given)):
        activity.record(asked, "approval.voted", by=by, at=at, why=why)
    elif asked.stage + 1 < len(asked.stages):
        turn = _turn(Stage.from_json(asked.stages[asked.stage + 1]), at)
        activity.change(asked, "approval.advanced", by=by, at=at, why=why, stage=asked.stage + 1, reminded_at=None, escalated_at=None, **turn)
    else:
        _end(asked, vote)


def _end(asked: Approval, vote: Vote) -> None:
    said = [one for one in asked.votes.order_by("pk").values_list("conditions", flat=True) if one] if vote.outcome == "approved" else []
    transitions.move(
        asked, vote.outcome, by=vote.person, at=vote.at, why=vote.reason, decided_by=vote.person, decided_at=vote.at, reason=vote.reason,
        conditions="\n".join(said),
    )  # fmt: skip
    sealing.seal(asked, _sealed(asked, vote), at=vote.at)


def _turn(stage: Stage, at: datetime.datetime) -> dict[str, Any]:
    """Whose turn it is from `at` on, and by when."""
    return {"roles": list(stage.voices), "due_at": clock.due(stage, stage.hours, at), "remind_at": clock.due(stage, stage.hours * REMIND, at)}


def _sealed(asked: Approval, last: Vote) -> dict[str, Any]:
    votes = asked.votes.select_related("person", "acted_for").order_by("pk")
    bound = {"conditions": asked.conditions} if asked.conditions else {}
    return bound | {
        "kind": asked.kind, "approval": asked.pk, "title": asked.title, "outcome": last.outcome, "reason": last.reason,
        "subject": asked.subject_label, "subject_type": asked.subject_type, "subject_id": asked.subject_id,
        "content_sha256": asked.binds_to, "measure": str(asked.measure), "decided_at": last.at.astimezone(datetime.UTC).isoformat(),
        "makers": sorted(asked.makers.values_list("email", flat=True)),
        "approvers": [
            {"stage": vote.stage + 1, "name": vote.person.name, "email": vote.person.email, "role": vote.role, "outcome": vote.outcome,
             "for": vote.acted_for.email if vote.acted_for else ""}
            for vote in votes
        ],
    }  # fmt: skip
