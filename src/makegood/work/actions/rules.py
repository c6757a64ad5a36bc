"""Changing approval rules: proposed by an administrator, approved by another person, then in force. Nothing else changes one."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person, Role, Team
from makegood.work.actions import approvals
from makegood.work.approving import kinds, stages
from makegood.work.models import Approval, ApprovalRule, RuleChange

KIND = "approval_rule"
FIELDS = ("kind", "name", "above", "from_amount", "about", "team", "starts", "ends", "stages", "window_days", "active")
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
    from_amount: Decimal = Decimal(0)
    about: tuple[str, ...] = ()
    team: Team | None = None
    starts: datetime.date | None = None
    ends: datetime.date | None = None


@verbs.whole
def propose(wanted: Wanted, *, rule: ApprovalRule | None = None, why: str, by: Person, at: datetime.datetime) -> Approval:
    """Ask for a rule to be changed, or for a new one. In force only once another person has approved exactly this."""
    permissions.check(by, "work.approvals.rules")
    found = stages.check(wanted.stages)
    if wanted.kind == KIND:
        raise Invalid("how rules change is no rule.", place="kind", remedy="Choose another kind.")
    if not why.strip():
        raise Invalid("a change of rules needs its reason.", place="why", remedy="Say why.")
    _fits(wanted, rule)
    fields = {name: getattr(wanted, name) for name in FIELDS} | {"stages": [one.to_json() for one in found], "about": sorted(set(wanted.about))}
    change = RuleChange.objects.create(rule=rule, why=why.strip(), by=by, at=at, **fields)
    facts = {"now": words(rule) if rule else "no such rule", "then": words(change), "why": change.why}
    return approvals.begin(
        change, KIND, [DECIDERS], title=f"Approval rule: {wanted.name}", measure=wanted.above, facts=facts, binds_to=content(change), makers=[by], by=by, at=at
    )


@verbs.whole
def apply(change: RuleChange, *, by: Person | None, at: datetime.datetime) -> ApprovalRule:
    """Bring an approved change into force. Refused while it is not approved for exactly this content."""
    if not Approval.objects.filter(subject_type="work.rulechange", subject_id=change.pk, status="approved", binds_to=content(change)).exists():
        raise Refused("it is not approved.", place=str(change), remedy="Somebody else decides on it first.")
    fields = {name: getattr(change, name) for name in FIELDS}
    rule = change.rule or ApprovalRule.objects.create(**fields, change=change)
    if change.rule:
        activity.change(rule, "approval_rule.changed", by=by, at=at, why=change.why, change=change, **fields)
    else:
        activity.record(rule, "approval_rule.added", by=by, at=at, why=change.why, after={"kind": rule.kind, "above": str(rule.above)})
    return rule


def content(change: RuleChange) -> str:
    """The hash a decision on the change binds to."""
    plain = [change.kind, change.name, f"{change.above:.2f}", change.stages, change.window_days, change.active, change.rule_id]
    narrowed = [change.from_amount, change.about, change.team_id, change.starts, change.ends]
    plain += [f"{change.from_amount:.2f}", *map(str, narrowed[1:])] if any(narrowed) else []
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _fits(wanted: Wanted, rule: ApprovalRule | None) -> None:
    """Raises Invalid when its days are wrong, what it is about is said of a kind that has no such thing, or another rule says it."""
    if wanted.starts and wanted.ends and wanted.ends < wanted.starts:
        raise Invalid(f"it ends {wanted.ends}, before {wanted.starts}.", place="ends", remedy="Give a later last day.")
    kind = kinds.KINDS.get(wanted.kind)
    if wanted.about and not (kind and kind.about):
        raise Invalid("nothing of this kind is of a category or clause.", place="about", remedy="Leave it empty.")
    if wanted.kind == "category" and not wanted.about:
        raise Invalid("a rule for sensitive categories names them.", place="about", remedy="Name the categories.")
    same = ApprovalRule.objects.filter(kind=wanted.kind, above=wanted.above, from_amount=wanted.from_amount, about=sorted(set(wanted.about)), team=wanted.team)
    days = Q(ends=None) | Q(ends__gte=wanted.starts or datetime.date.min), Q(starts=None) | Q(starts__lte=wanted.ends or datetime.date.max)
    twin = same.filter(*days).exclude(pk=rule.pk if rule else None).first()
    if twin:
        raise Invalid(f"{twin} has this threshold.", place="above", remedy="Change that one.")


def words(rule: ApprovalRule | RuleChange | Wanted) -> str:
    """The whole rule in a sentence, as its approver reads it."""
    found = [one if isinstance(one, stages.Stage) else stages.Stage.from_json(one) for one in rule.stages]
    added = f", a party's measures of {rule.window_days} days added" if rule.window_days else ""
    narrowed = [
        f"from an amount of {rule.from_amount:f}" if rule.from_amount else "", f"about {', '.join(rule.about)}" if rule.about else "",
        f"in {rule.team}" if rule.team else "", f"from {rule.starts}" if rule.starts else "", f"until {rule.ends}" if rule.ends else "",
    ]  # fmt: skip
    only = "".join(f", {one}" for one in narrowed if one)
    return f"above {rule.above:f}{only}: {', then '.join(map(_stage, found))}{added}" + ("" if rule.active else "; switched off")


def _stage(one: stages.Stage) -> str:
    names = list(Person.objects.filter(pk__in=one.named).order_by("name").values_list("name", flat=True)) if one.named else []
    roles = [role.replace("_", " ") + (" of the team" if one.own_team else "") for role in one.roles]
    return f"{one.need} of {' or '.join([*roles, *names, *(['the account’s lead'] if one.owner else [])])}"
