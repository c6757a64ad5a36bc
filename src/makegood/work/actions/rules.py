"""Changing approval rules: proposed by an administrator, approved by another person, then in force. Nothing else changes one."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person, Role
from makegood.work.actions import approvals
from makegood.work.approving import stages
from makegood.work.models import Approval, ApprovalRule, RuleChange

KIND = "approval_rule"
DECIDERS = stages.Stage((Role.LEADERSHIP, Role.LEAD, Role.ADMIN))  # written here and not in a rule: no rule may switch it off


@dataclasses.dataclass(frozen=True)
class Wanted:
    """A rule as it is to become."""

    kind: str
    name: str
    above: Decimal
    stages: Sequence[stages.Stage]
    window_days: int = 0
    active: bool = True


@verbs.whole
def propose(wanted: Wanted, *, rule: ApprovalRule | None = None, why: str, by: Person, at: datetime.datetime) -> Approval:
    """Ask for a rule to be changed, or for a new one. In force only once another person has approved exactly this."""
    permissions.check(by, "work.approvals.rules")
    found = stages.check(wanted.stages)
    if wanted.kind == KIND:
        raise Invalid("how rules change is no rule.", place="kind", remedy="Choose another kind.")
    if not why.strip():
        raise Invalid("a change of rules needs its reason.", place="why", remedy="Say why.")
    twin = ApprovalRule.objects.filter(kind=wanted.kind, above=wanted.above).exclude(pk=rule.pk if rule else None).first()
    if twin:
        raise Invalid(f"{twin} has this threshold.", place="above", remedy="Change that one.")
    change = RuleChange.objects.create(
        rule=rule, kind=wanted.kind, name=wanted.name, above=wanted.above, stages=[one.to_json() for one in found], window_days=wanted.window_days,
        active=wanted.active, why=why.strip(), by=by, at=at,
    )  # fmt: skip
    facts = {"now": _words(rule) if rule else "no such rule", "then": _words(change), "why": change.why}
    return approvals.begin(
        change, KIND, [DECIDERS], title=f"Approval rule: {wanted.name}", measure=wanted.above, facts=facts, binds_to=content(change), makers=[by], by=by, at=at
    )


@verbs.whole
def apply(change: RuleChange, *, by: Person | None, at: datetime.datetime) -> ApprovalRule:
    """Bring an approved change into force. Refused while it is not approved for exactly this content."""
    if not Approval.objects.filter(subject_type="work.rulechange", subject_id=change.pk, status="approved", binds_to=content(change)).exists():
        raise Refused("it is not approved.", place=str(change), remedy="Somebody else decides on it first.")
    fields = {name: getattr(change, name) for name in ("kind", "name", "above", "stages", "window_days", "active")}
    rule = change.rule or ApprovalRule.objects.create(**fields, change=change)
    if change.rule:
        activity.change(rule, "approval_rule.changed", by=by, at=at, why=change.why, change=change, **fields)
    else:
        activity.record(rule, "approval_rule.added", by=by, at=at, why=change.why, after={"kind": rule.kind, "above": str(rule.above)})
    return rule


def content(change: RuleChange) -> str:
    """The hash a decision on the change binds to."""
    plain = [change.kind, change.name, f"{change.above:.2f}", change.stages, change.window_days, change.active, change.rule_id]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _words(rule: ApprovalRule | RuleChange) -> str:
    whose = ", then ".join(f"{one['need']} of {' or '.join(one['roles'])}" for one in rule.stages)
    added = f", a party's measures of {rule.window_days} days added" if rule.window_days else ""
    return f"above {rule.above:f}: {whose}{added}" + ("" if rule.active else "; switched off")
