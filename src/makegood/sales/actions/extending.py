"""Keeping a hold longer: how long whom, by the seller's rules; beyond that by an approval."""

import datetime
import hashlib
from decimal import Decimal

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.sales import queries
from makegood.sales.actions import locking
from makegood.sales.models import Hold
from makegood.work.actions import approvals
from makegood.work.models import Approval

KIND = "hold_extension"
DAY = datetime.timedelta(days=1)


@verbs.whole
def extend(hold: Hold, expires_at: datetime.datetime, *, by: Person, at: datetime.datetime, why: str) -> Approval | None:
    """Keep it longer, with the reason. Beyond the days one's role may add in all an approval is asked for and returned.

    Refused while it is challenged, when it is no longer in force, and beyond one's days where no rule says who approves.
    """
    permissions.check(by, "sales.hold", hold)
    if not why.strip():
        raise Invalid("keeping it longer needs its reason.", place="why", remedy="Say why in a sentence.")
    locking.lock([hold])
    _in_force(hold, at)
    check_expiry(expires_at, at)
    beyond = _days(hold, expires_at) - allowed(by)
    if beyond <= 0:
        _keep(hold, expires_at, by, at, why)
        return None
    asked = approvals.request(
        hold, KIND, title=f"Hold for {hold.advertiser} until {expires_at:%d %b}, {beyond} days beyond {by.name}'s", measure=Decimal(beyond),
        facts={"until": expires_at.isoformat(), "first_until": hold.first_until.isoformat() if hold.first_until else "", "why": why},
        binds_to=_hash(hold, expires_at), makers=[by, hold.owner], by=by, at=at,
    )  # fmt: skip
    if asked is None:
        raise Refused(f"this is {beyond} days more than you may add.", place=str(hold), remedy="Ask a client-services lead, or choose an earlier day.")
    return asked


@verbs.whole
def settle(asked: Approval, *, by: Person, at: datetime.datetime) -> Hold:
    """Follow a decision on a longer hold: approved, it is kept until then; what ended or was extended meanwhile stays as it is."""
    hold = Hold.objects.select_related("product", "advertiser__party", "owner").get(pk=asked.subject_id)
    until = datetime.datetime.fromisoformat(asked.facts["until"])
    locking.lock([hold])
    hold.refresh_from_db()
    if asked.status == "approved" and hold.status == "held" and hold.expires_at > at and asked.binds_to == _hash(hold, until):
        _keep(hold, until, by, at, asked.facts["why"])
    return hold


def check_expiry(expires_at: datetime.datetime, at: datetime.datetime) -> None:
    """Refuse a moment that is over or further than any hold may reach."""
    longest = queries.policy().longest_days
    if not at < expires_at <= at + longest * DAY:
        raise Invalid(f"a hold ends within {longest} days of now.", place="expires_at", remedy="Choose a moment in that time and extend it later.")


def allowed(by: Person) -> int:
    """Days beyond the first expiry that this person may add in all."""
    return max((int(days) for role, days in queries.policy().extend_days.items() if by.has_role(role)), default=0)


def _in_force(hold: Hold, at: datetime.datetime) -> None:
    hold.refresh_from_db()
    if hold.status != "held" or hold.expires_at <= at:
        raise Refused("the hold is no longer in force.", place=str(hold), remedy="Place a new one.")
    challenged = queries.challenges([hold.pk]).get(hold.pk)
    if challenged:
        raise Refused(
            f"{challenged.challenger.advertiser} challenged it.", place=str(hold), remedy=f"Book it by {challenged.answer_by:%d %b %H:%M} UTC, or release it."
        )


def _days(hold: Hold, until: datetime.datetime) -> int:
    """Whole days beyond the first expiry; hours less than a day are nobody's to count."""
    return (until - (hold.first_until or hold.expires_at)) // DAY


def _keep(hold: Hold, until: datetime.datetime, by: Person, at: datetime.datetime, why: str) -> None:
    activity.change(hold, "hold.extended", by=by, at=at, why=why, expires_at=until)


def _hash(hold: Hold, until: datetime.datetime) -> str:
    """Of what is approved: this hold as it stands, until that moment."""
    return hashlib.sha256(f"{hold.pk} {hold.expires_at.isoformat()} {until.isoformat()}".encode()).hexdigest()
