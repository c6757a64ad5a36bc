"""The verbs of change orders as pages and commands call them: each one call of the order's own, with what ran, then published."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from makegood.core import verbs
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.orders import cancellation, snapshots
from makegood.orders.actions import (
    agreeing,
    changing,
    giving_notice,
    refusing,
    sending,
)
from makegood.orders.changes import notice as notices
from makegood.orders.changes.notice import Notice
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.progress import Progress
from makegood.orders.models import ChangeOrder, Order, Revision
from makegood.work.models import Approval
from makegood.workflows.changing import (
    creative_asking,
    creatives,
    following,
    progress,
)


def progress_of(order: Order, at: datetime.datetime) -> Progress:
    """How far it has come."""
    return progress.of(order, at)


def collect(change: ChangeOrder, asked: Mapping[str, Any], *, by: Person | None, at: datetime.datetime) -> Operation:
    """Add what is asked for. Errors as changing.collect; what is asked of creatives is tried, so that it is refused here already."""
    with transaction.atomic():
        refusing.state(change.order, str(asked.get("op", "")))
        made = changing.collect(change, creative_asking.complete(change.order, asked), by=by, at=at, ran=progress.of(change.order, at))
        creatives.tried(change.order, changing.operations(change), at=at)
    return made


def rebase(change: ChangeOrder, *, by: Person | None, at: datetime.datetime) -> ChangeOrder:
    """On the order as it is now."""
    return changing.base_anew(change, by=by, at=at, ran=progress.of(change.order, at))


@verbs.whole
def push(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, why: str = "") -> ChangeOrder:
    """A delivery-only change in effect, and the plan after it."""
    sending.push(change, by=by, at=at, ran=progress.of(change.order, at), why=why)
    creatives.bring(change.order, changing.operations(change), by=by, at=at, why=why or change.reason or str(change))
    following.follow(change, by=by, at=at)
    following.tell_client(change, why, by=by, at=at)
    return change


def send(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, reason: str = "") -> ChangeOrder:
    """A commercial change on its way."""
    return sending.send(change, by=by, at=at, ran=progress.of(change.order, at), reason=reason)


@verbs.whole
def decide(asked: Approval, *, by: Person | None, at: datetime.datetime) -> ChangeOrder:
    """What a decision means for its change order."""
    change = ChangeOrder.objects.select_related("order").get(pk=asked.subject_id)
    agreeing.settle(change, by=by, at=at, ran=progress.of(change.order, at))
    if change.status == "applied":
        following.follow(change, by=None, at=at)
    return change


def sign(change: ChangeOrder, side: str, name: str, *, by: Person | None, at: datetime.datetime, **how: Any) -> ChangeOrder:
    """A signature (`how` as agreeing.sign has it); with the second one the change takes effect."""
    made = agreeing.sign(change, side, name, by=by, at=at, **how)
    follow_signature(made.revision, at=at)
    change.refresh_from_db()
    return change


def follow_signature(revision: Revision, *, at: datetime.datetime) -> None:
    """A change both sides have signed takes effect. When it cannot by now, both signatures stand and we are told why."""
    change = ChangeOrder.objects.select_related("order").filter(revision=revision, status="signed").first()
    if change is None:
        return
    try:
        take_effect(change, by=None, at=at)
    except Refused as error:
        change.refresh_from_db()
        agreeing.blocked(change, error, at=at)


@verbs.whole
def take_effect(change: ChangeOrder, *, by: Person | None, at: datetime.datetime) -> ChangeOrder:
    """A signed change in effect, and the plan after it."""
    agreeing.take_effect(change, by=by, at=at, ran=progress.of(change.order, at))
    following.follow(change, by=by, at=at)
    return change


@verbs.whole
def give_notice(order: Order, *, by: Person | None, at: datetime.datetime, source: str, why: str, fee: Decimal | None = None) -> ChangeOrder:
    """A cancellation by notice; the plan after it once it is in effect."""
    change = giving_notice.give(order, by=by, at=at, ran=progress.of(order, at), source=source, why=why, fee=fee)
    if change.status == "applied":
        following.follow(change, by=by, at=at)
    return change


def notice(order: Order, *, at: datetime.datetime, fee: Decimal | None = None) -> Notice:
    """What a cancellation given today comes to; nothing is written."""
    return notices.of(snapshots.working(order), progress.of(order, at), cancellation.terms_of(order), fee=fee)
