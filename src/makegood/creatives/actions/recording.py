"""Writing a decision down: bound to bytes, spec, rules and brief, sealed into the chain, the version moved where it leads.

Who may decide what is asked before, by reviewing and excepting.
"""

import datetime
from collections.abc import Collection
from typing import Any

from makegood.catalog.models import Guideline
from makegood.core import activity, transitions, verbs
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.creatives import asking, assets, policy
from makegood.creatives.models import AssetBrief, Creative, Decision, Version
from makegood.creatives.queries import approvals
from makegood.work.actions import sealing

Outcome = Decision.Outcome


@verbs.whole
def record(
    version: Version, outcome: str, *, by: Person, at: datetime.datetime, reason: str = "", guideline: Guideline | None = None, conditions: str = "",
    starts_on: datetime.date | None = None, expires_on: datetime.date | None = None, placements: Collection[str] = (), markets: Collection[str] = (),
    approvers: Collection[Person] = (),
) -> Decision:  # fmt: skip
    """The decision on a locked `version`, its seal and its move. Refused when the stored bytes are not those received."""
    if changed := assets.altered(version.sha256, version.asset_path, version.file):
        raise Refused(
            f"{changed}.", place=str(version), remedy="Upload the file again; nothing else can be decided on."
        )
    decision = Decision.objects.create(
        version=version, outcome=outcome, guideline=guideline, reason=reason.strip(), conditions=conditions.strip(), starts_on=starts_on,
        expires_on=expires_on, placements=sorted(placements), markets=sorted(markets), sha256=version.sha256, by=by, at=at, **_bound(version, guideline, at),
    )  # fmt: skip
    sealing.seal(decision, body(decision, approvers or [by]), at=at)
    _move(version, decision)
    asking.reviewed(version, at=at)
    if outcome in (Outcome.CHANGES, Outcome.REJECT):
        asking.correction(version, decision.reason, at=at)
    return decision


def body(decision: Decision, approvers: Collection[Person]) -> dict[str, Any]:
    """Everything a decision binds, as it is sealed."""
    version, until = decision.version, decision.expires_on
    return {
        "kind": "creative", "decision": decision.pk, "outcome": decision.outcome, "creative": version.creative.name, "version": version.number,
        "advertiser": str(version.creative.advertiser), "file": version.file.name, "file_sha256": decision.sha256, "spec_version": decision.spec_version,
        "policy_version": decision.policy_version, "rules": decision.policy, "rules_announced": decision.policy_ahead,
        "brief_version": decision.brief.number if decision.brief else 0, "guideline": decision.guideline.name if decision.guideline else "",
        "reason": decision.reason, "conditions": decision.conditions, "placements": decision.placements, "markets": decision.markets,
        "from": str(decision.starts_on or ""), "until": str(until or ""), "decided_at": decision.at.astimezone(datetime.UTC).isoformat(),
        "approvers": [{"name": one.name, "email": one.email, "roles": sorted(one.roles)} for one in approvers],
        "makers": sorted(Person.objects.filter(pk__in=makers(version)).values_list("email", flat=True)),
    }  # fmt: skip


def makers(version: Version) -> set[int]:
    """People who may not decide on this version: whoever sent these very bytes, and whom an agent sent them for."""
    sent = Version.objects.filter(creative=version.creative_id, sha256=version.sha256, uploaded_by__isnull=False)
    return {pk for pair in sent.values_list("uploaded_by_id", "uploaded_by__agent_for_id") for pk in pair if pk}


def brief_of(creative: Creative) -> AssetBrief | None:
    """The newest brief of the creative's campaign."""
    if not creative.root_id:
        return None
    return AssetBrief.objects.filter(root_type=creative.root_type, root_id=creative.root_id).order_by("-number").first()


def _bound(version: Version, guideline: Guideline | None, at: datetime.datetime) -> dict[str, Any]:
    today = approvals.day(at)
    since = approvals.policy_version(today)
    return {
        "spec_version": f"{version.profile.code}@{version.profile.version}" if version.profile else "",
        "policy_version": f"{since}, {guideline.name}" if guideline else since, "policy": policy.names(version.creative, today),
        "policy_ahead": policy.names(version.creative, today, announced=True), "brief": brief_of(version.creative),
    }  # fmt: skip


def _move(version: Version, decision: Decision) -> None:
    runs = decision.outcome in (Outcome.APPROVE, Outcome.EXCEPTION) or decision.expires_on is not None
    said = {"by": decision.by, "at": decision.at, "why": decision.reason, "visible_to_client": True}
    if version.status == "approved" and runs:  # decided anew: the status stands, the decision is new
        activity.record(version, f"creative.{decision.outcome}", after={"until": str(decision.expires_on or "")}, **said)
        return
    if version.status in ("failed", "rejected", "approved"):
        transitions.move(version, "in_review", by=decision.by, at=decision.at, why="taken up for a decision")
    transitions.move(version, "approved" if runs else "rejected", verb=f"creative.{decision.outcome}", **said)
