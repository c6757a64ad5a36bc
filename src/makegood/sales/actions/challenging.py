"""The second asks the first to book or go: challenging a hold, withdrawing it, and what ends it."""

import datetime
import zoneinfo
from collections.abc import Sequence

from makegood.core import activity, calendars, permissions, verbs
from makegood.core import queries as core
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.engine.schedule import WorkingWeek
from makegood.sales import queries
from makegood.sales.actions import locking, telling
from makegood.sales.models import Challenge, Hold

CLOSE = datetime.time(17)
AHEAD = datetime.timedelta(days=60)


@verbs.whole
def challenge(hold: Hold, *, by: Person, at: datetime.datetime, why: str = "") -> Challenge:
    """`hold` is second in the queue: the first has the rule's business days to book, else it is released and this one comes up."""
    permissions.check(by, "sales.challenge", hold)
    head = hold.waits_for
    locking.lock([head or hold])
    hold.refresh_from_db()
    if hold.status != "queued" or head is None or hold.place != 2:
        raise Refused("only the second hold challenges the first.", place=str(hold), remedy="Wait until the holds before it have ended.")
    open_already = queries.challenges([head.pk]).get(head.pk)
    if open_already:
        raise Refused(f"it is challenged until {open_already.answer_by:%d %b %H:%M} UTC.", place=str(head), remedy="Wait for the answer.")
    made = Challenge.objects.create(hold=head, challenger=hold, by=by, at=at, answer_by=answer_by(at), why=why)
    said = activity.record(head, "hold.challenged", by=by, at=at, why=why, after={"by": str(hold.advertiser), "answer_by": made.answer_by.isoformat()})
    telling.tell(said, [head.owner, hold.owner])
    return made


@verbs.whole
def withdraw(hold: Hold, *, by: Person, at: datetime.datetime, why: str = "") -> Hold:
    """The second takes its challenge back."""
    permissions.check(by, "sales.challenge", hold)
    if not withdraw_of([hold], at=at):
        raise Refused("it challenges nobody.", place=str(hold), remedy="There is nothing to take back.")
    telling.tell(activity.record(hold, "hold.challenge_withdrawn", by=by, at=at, why=why), [hold.owner])
    return hold


def answer_by(at: datetime.datetime) -> datetime.datetime:
    """Five in the afternoon of the seller's zone, the rule's business days from now; its public holidays are none."""
    name = core.zone()
    zone = zoneinfo.ZoneInfo(name)
    today = at.astimezone(zone).date()
    week = WorkingWeek(frozenset(calendars.public(name, today, today + AHEAD)))
    return datetime.datetime.combine(week.shift(today, queries.policy().challenge_days), CLOSE, zone).astimezone(datetime.UTC)


def end(hold: Hold, outcome: str, *, at: datetime.datetime) -> None:
    """Close the open challenge against a hold."""
    Challenge.objects.filter(hold=hold, ended_at=None).update(outcome=outcome, ended_at=at)


def withdraw_of(challengers: Sequence[Hold], *, at: datetime.datetime) -> int:
    """Close what these holds challenge, because they left the queue, came up or changed their mind; how many."""
    if not challengers:
        return 0
    return Challenge.objects.filter(challenger__in=challengers, ended_at=None).update(outcome=Challenge.Outcome.WITHDRAWN, ended_at=at)
