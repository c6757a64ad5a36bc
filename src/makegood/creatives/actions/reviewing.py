"""Deciding on a version: by a reviewer who did not upload it, with what its rules ask for, and not against another reviewer."""

import datetime
from collections.abc import Collection

from makegood.catalog.models import Guideline
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Person, Role
from makegood.creatives import asking
from makegood.creatives.actions import recording
from makegood.creatives.models import Decision, Opinion, Version
from makegood.creatives.queries import approvals, disagreeing, proofs

Outcome = Decision.Outcome


@verbs.whole
def decide(
    version: Version, outcome: str, *, by: Person, at: datetime.datetime, reason: str = "",
    guideline: Guideline | None = None, conditions: str = "", expires_on: datetime.date | None = None,
    placements: Collection[str] = (), markets: Collection[str] = (),
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
    _defensible(version, outcome, guideline, by, today)
    decision = recording.record(
        version, outcome, by=by, at=at, reason=reason, guideline=guideline, conditions=conditions, expires_on=expires_on, placements=placements,
        markets=markets,
    )  # fmt: skip
    shown.refresh_from_db(fields=["status"])
    return decision


@verbs.whole
def opine(
    version: Version, outcome: str, *, by: Person, at: datetime.datetime, reason: str, guideline: Guideline | None = None
) -> Opinion:
    """A reviewer's view without a decision. When it differs from another's, the lead is asked to decide."""
    _may_decide(version, outcome, by)
    if not reason.strip():
        raise Invalid("an opinion needs its reason.", place=str(version), remedy="Say why.")
    version = _locked(version.pk)
    made = Opinion.objects.create(version=version, outcome=outcome, guideline=guideline, reason=reason.strip(), by=by, at=at)
    activity.record(version, "creative.opinion", by=by, at=at, why=made.reason, after={"outcome": outcome})
    if other := disagreeing.with_whom(version, outcome, by):
        asking.settle(version, f"{other} and {by} disagree", at=at)
    return made


@verbs.whole
def void(version: Version, *, at: datetime.datetime) -> Version:
    """What an approval rests on has changed: the version is to be reviewed again. Refused while everything it binds stands."""
    latest = version.decisions.select_related("version__creative__advertiser", "brief").order_by("-at", "-pk").first()
    changed = approvals.outdated(latest, on=approvals.day(at)) if latest else []
    if not changed:
        raise Refused("nothing it was approved under has changed.", place=str(version), remedy="Withdraw it to stop it.")
    transitions.move(version, "in_review", by=None, at=at, verb="creative.void", why=f"approved under what has changed: {'; '.join(changed)}")
    asking.review(version, at=at)
    return version


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
    if by.pk in recording.makers(version):
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
    if version.status == "approved" and outcome != Outcome.EXCEPTION and approvals.in_force(today).filter(pk=version.pk).exists():
        raise Refused("it is approved already.", place=place, remedy="Withdraw it to stop it.")


def _defensible(version: Version, outcome: str, guideline: Guideline | None, by: Person, today: datetime.date) -> None:
    """What a rule asks to be shown is there; what is dangerous to except from takes more than one; the lead settles a dispute."""
    if outcome == Outcome.APPROVE and (missing := proofs.missing(version.creative, on=today)):
        raise Refused(
            f"{'; '.join(map(str, missing))}.", place=str(version), remedy="Ask the advertiser for it, or send it back by that rule."
        )
    if outcome == Outcome.EXCEPTION and guideline is not None and guideline.risk == Guideline.Risk.HIGH:
        raise Refused(f"an exception from {guideline.code} takes two approvals.", place=str(version), remedy="Ask for the exception; lead and leadership decide.")
    if not by.has_role(Role.LEAD) and (other := disagreeing.with_whom(version, outcome, by)):
        raise Refused(f"{other} sees it otherwise, and two reviewers do not settle that.", place=str(version), remedy="Give your opinion; the lead decides.")
