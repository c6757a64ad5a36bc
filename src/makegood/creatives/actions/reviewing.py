"""Deciding on a version: bound to its bytes, the spec and the policy of the day; never by who uploaded it."""

import datetime

from makegood.catalog.models import Guideline
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Person
from makegood.creatives import asking, assets
from makegood.creatives.models import Decision, Version
from makegood.creatives.queries import approvals

Outcome = Decision.Outcome


@verbs.whole
def decide(
    version: Version, outcome: str, *, by: Person, at: datetime.datetime, reason: str = "",
    guideline: Guideline | None = None, conditions: str = "", expires_on: datetime.date | None = None,
) -> Decision:  # fmt: skip
    """Record a reviewer's decision and move the version where it leads.

    approve: may run; refused for a file that fails its spec. changes: goes back to the client with the text; with
    `expires_on` it may run until then while the correction is made. reject: goes back. exception: may run until
    `expires_on` under `conditions` although it fails or breaks a guideline; a lead's to give.
    """
    _may_decide(version, outcome, by)
    shown, version = version, _locked(version.pk)
    today = approvals.day(at)
    _consistent(version, outcome, reason, expires_on, today)
    if changed := assets.altered(version.sha256, version.asset_path, version.file):
        raise Refused(
            f"{changed}.", place=str(version), remedy="Upload the file again; nothing else can be decided on."
        )
    decision = Decision.objects.create(
        version=version, outcome=outcome, guideline=guideline, reason=reason.strip(), conditions=conditions.strip(),
        expires_on=expires_on, sha256=version.sha256, spec_version=_spec(version), policy_version=_policy(guideline, today), by=by, at=at,
    )  # fmt: skip
    _move(version, decision)
    shown.refresh_from_db(fields=["status"])
    asking.reviewed(version, at=at)
    if outcome in (Outcome.CHANGES, Outcome.REJECT):
        asking.correction(version, decision.reason, at=at)
    return decision


@verbs.whole
def withdraw(version: Version, *, by: Person | None, at: datetime.datetime, why: str) -> Version:
    """Take a version out for good; what still runs of it stops with the next plan."""
    permissions.check(by, "creatives.withdraw", version)
    if not why.strip():
        raise Invalid("a withdrawal needs its reason.", place=str(version), remedy="Say why.")
    transitions.move(version, "withdrawn", by=by, at=at, why=why, visible_to_client=True)
    asking.reviewed(version, at=at)
    return version


@verbs.whole
def reconsider(version: Version, *, by: Person | None, at: datetime.datetime, why: str) -> Version:
    """Put a failing or sent back version to the reviewers again, unchanged, with the reason.

    So too an approved one, whose approval is then open: it leaves the plan with the next one. Whoever may withdraw may do that.
    """
    permissions.check(by, "creatives.withdraw" if version.status == "approved" else "creatives.reconsider", version)
    transitions.move(version, "in_review", by=by, at=at, why=why, visible_to_client=version.status == "approved")
    asking.review(version, at=at)
    return version


def makers(version: Version) -> set[int]:
    """People who may not decide on this version: whoever sent these very bytes, and whom an agent sent them for."""
    sent = Version.objects.filter(creative=version.creative_id, sha256=version.sha256, uploaded_by__isnull=False)
    return {pk for pair in sent.values_list("uploaded_by_id", "uploaded_by__agent_for_id") for pk in pair if pk}


def _locked(pk: int) -> Version:
    rows = Version.objects.select_for_update(of=("self",)).select_related("creative__advertiser", "file", "profile")
    return rows.get(pk=pk)


def _may_decide(version: Version, outcome: str, by: Person) -> None:
    if by is None:
        raise NotAllowed("the system decides on no creative.", place=str(version), remedy="A reviewer decides.")
    if outcome not in Outcome.values:
        raise Invalid(
            f"there is no decision {outcome!r}.", place="decision", remedy=f"One of {', '.join(Outcome.values)}."
        )
    permissions.check(by, "creatives.except" if outcome == Outcome.EXCEPTION else "creatives.decide", version)
    if by.pk in makers(version):
        raise NotAllowed(
            f"{by.name} uploaded this file and cannot decide on it.",
            place=str(version),
            remedy="Another reviewer decides.",
        )


def _consistent(
    version: Version, outcome: str, reason: str, expires_on: datetime.date | None, today: datetime.date
) -> None:
    place = str(version)
    if outcome != Outcome.APPROVE and not reason.strip():
        raise Invalid("this decision needs its reason.", place=place, remedy="Say what must change, or why it may run.")
    if outcome == Outcome.EXCEPTION and expires_on is None:
        raise Invalid("an exception needs its last day.", place=place, remedy="Give the day it ends.")
    if expires_on is not None and expires_on < today:
        raise Invalid(f"{expires_on} has passed.", place=place, remedy="Give a day to come.")
    if outcome in (Outcome.APPROVE, Outcome.REJECT) and expires_on is not None:
        raise Invalid(
            "this decision has no end.", place=place, remedy="An exception, or approval with changes, may end."
        )
    if version.verdict == "fail" and outcome == Outcome.APPROVE:
        raise Refused(
            "the file fails its spec.", place=place, remedy="Send it back, or a lead gives an exception with an end."
        )
    if version.status == "approved" and outcome != Outcome.EXCEPTION:
        raise Refused("it is approved already.", place=place, remedy="Withdraw it to stop it.")


def _move(version: Version, decision: Decision) -> None:
    runs = decision.outcome in (Outcome.APPROVE, Outcome.EXCEPTION) or decision.expires_on is not None
    said = {"by": decision.by, "at": decision.at, "why": decision.reason, "visible_to_client": True}
    if version.status == "approved":  # an exception is extended or narrowed: the status stands, the decision is new
        activity.record(version, "creative.exception", after={"until": str(decision.expires_on)}, **said)
        return
    if version.status in ("failed", "rejected"):
        transitions.move(version, "in_review", by=decision.by, at=decision.at, why="taken up for a decision")
    transitions.move(version, "approved" if runs else "rejected", verb=f"creative.{decision.outcome}", **said)


def _spec(version: Version) -> str:
    return f"{version.profile.code}@{version.profile.version}" if version.profile else ""


def _policy(guideline: Guideline | None, today: datetime.date) -> str:
    policy = approvals.policy_version(today)
    return f"{policy}, {guideline.code}@{guideline.version}" if guideline else policy
