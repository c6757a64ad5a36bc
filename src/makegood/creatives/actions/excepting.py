"""Asking that a version may run although it fails or breaks a rule, and what follows from the answer."""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Collection
from decimal import Decimal

from makegood.catalog.models import Guideline, Placement
from makegood.core import permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person, Role
from makegood.creatives import guidance
from makegood.creatives.actions import recording
from makegood.creatives.models import ExceptionRequest, Version
from makegood.creatives.queries import approvals as decided
from makegood.work.actions import approvals
from makegood.work.approving.stages import Stage
from makegood.work.models import Approval

KIND = "creative_exception"
LEVELS = {  # who decides by risk where no approval rule of the seller's says otherwise
    Guideline.Risk.LOW: (Stage((Role.LEAD, Role.REVIEWER), escalate=(Role.LEADERSHIP,)),),
    Guideline.Risk.MEDIUM: (Stage((Role.LEAD,), escalate=(Role.LEADERSHIP,)),),
    Guideline.Risk.HIGH: (Stage((Role.LEAD,)), Stage((Role.LEADERSHIP,))),
}
LONGEST = datetime.timedelta(days=366)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Where and when it shall hold: placements by code and markets, everywhere when empty."""

    starts_on: datetime.date
    ends_on: datetime.date
    placements: Collection[str] = ()
    markets: Collection[str] = ()


@verbs.whole
def ask(
    version: Version, wanted: Wanted, *, why: str, by: Person | None, at: datetime.datetime, guideline: Guideline | None = None, rule: str = "",
) -> ExceptionRequest:  # fmt: skip
    """Ask for an exception; whoever may give it by its risk is asked, never the uploader nor who asks."""
    permissions.check(by, "creatives.ask_exception", version)
    version = Version.objects.select_for_update(of=("self",)).select_related("creative__advertiser", "file", "profile").get(pk=version.pk)
    _possible(version, wanted, why, decided.day(at))
    made = ExceptionRequest.objects.create(
        version=version, guideline=guideline, rule=rule[:60], why=why.strip(), starts_on=wanted.starts_on, ends_on=wanted.ends_on,
        placements=sorted(wanted.placements), markets=sorted(wanted.markets), risk=guideline.risk if guideline else Guideline.Risk.MEDIUM, by=by, at=at,
    )  # fmt: skip
    transitions.start(made, by=by, at=at, why=made.why, visible_to_client=True)
    asked = {
        "title": str(made), "measure": Decimal(made.risk), "facts": facts(made), "binds_to": content(made), "by": by, "at": at,
        "makers": [*Person.objects.filter(pk__in=recording.makers(version))],
    }  # fmt: skip
    if approvals.request(made, KIND, **asked) is None:
        approvals.begin(made, KIND, LEVELS[Guideline.Risk(made.risk)], **asked)
    return made


@verbs.whole
def settle(asked: ExceptionRequest, *, by: Person, at: datetime.datetime) -> ExceptionRequest:
    """After its approval is decided: the decision with its conditions and end, or refused. Nothing while it waits."""
    approval = Approval.objects.filter(subject_type="creatives.exceptionrequest", subject_id=asked.pk).order_by("-pk").first()
    if approval is None or approval.status == "pending":
        return asked
    if approval.binds_to != content(asked):
        raise Refused("it is not what was approved.", place=str(asked), remedy="Ask anew.")
    if approval.status != "approved":
        return transitions.move(asked, "refused", by=by, at=at, why=approval.reason, visible_to_client=True)
    version = Version.objects.select_for_update(of=("self",)).select_related("creative__advertiser", "file", "profile").get(pk=asked.version_id)
    decision = recording.record(
        version, "exception", by=by, at=at, reason=asked.why, guideline=asked.guideline, starts_on=asked.starts_on, expires_on=asked.ends_on,
        placements=asked.placements, markets=asked.markets, approvers=[vote.person for vote in approval.votes.filter(outcome="approved").order_by("pk")],
    )  # fmt: skip
    return transitions.move(asked, "given", by=by, at=at, why=approval.reason, visible_to_client=True, decision=decision)


def facts(asked: ExceptionRequest) -> dict[str, object]:
    """What an approver sees."""
    found = {
        "rule": str(asked.guideline) if asked.guideline else guidance.title(asked.rule) if asked.rule else "the spec", "why": asked.why, "risk": asked.get_risk_display(),
        "from": str(asked.starts_on), "until": str(asked.ends_on), "placements": asked.placements, "markets": asked.markets,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def content(asked: ExceptionRequest) -> str:
    """The hash an approval of it binds to: these bytes, this rule, these conditions."""
    rule = asked.guideline.name if asked.guideline else asked.rule
    plain = [asked.version.sha256, rule, asked.why, str(asked.starts_on), str(asked.ends_on), asked.placements, asked.markets, asked.risk]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def _possible(version: Version, wanted: Wanted, why: str, today: datetime.date) -> None:
    place = str(version)
    if version.status not in ("failed", "in_review", "rejected", "approved"):
        raise Refused(f"it is {version.get_status_display().lower()}.", place=place, remedy="Ask for the newest version.")
    if ExceptionRequest.objects.filter(version=version, status="asked").exists():
        raise Refused("an exception is asked for already.", place=place, remedy="Wait for its answer.")
    if not why.strip():
        raise Invalid("an exception needs its reason.", place="why", remedy="Say why it should run as it is.")
    if not today <= wanted.ends_on <= wanted.starts_on + LONGEST or wanted.ends_on < wanted.starts_on:
        raise Invalid(f"{wanted.starts_on} to {wanted.ends_on} cannot be kept.", place="dates", remedy="Give a last day to come, within a year of the first.")
    unknown = set(wanted.placements) - set(Placement.objects.filter(code__in=wanted.placements).values_list("code", flat=True))
    if unknown:
        raise Invalid(f"there is no placement {', '.join(sorted(unknown))}.", place="placements", remedy="Choose from the list.")
