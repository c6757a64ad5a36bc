"""A collected change taking its way: pushed at once when it is delivery-only, else frozen as a revision and sent for approval."""

import datetime

from makegood.core import permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.orders import changes, editors
from makegood.orders.actions import (
    applying,
    changing,
    papering,
    pausing,
    refusing,
    rehearsing,
    revising,
    telling,
)
from makegood.orders.changes import classes, effects
from makegood.orders.changes import pausing as pauses
from makegood.orders.changes.classes import Class
from makegood.orders.changes.differences import between
from makegood.orders.changes.progress import Progress
from makegood.orders.changes.state import State
from makegood.orders.models import ChangeOrder, Order, Revision
from makegood.work.actions import approvals


@verbs.whole
def push(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, ran: Progress, why: str = "") -> ChangeOrder:
    """Bring a delivery-only change into effect at once, as a revision that rests on the signatures before it.

    One that does something to delivery alone rests on the revision there is. The caller publishes afterwards (workflows.changing). Raises Refused for a commercial change or a stale base.
    """
    permissions.check(by, "orders.push_change", change.order)
    target = _ready(change, ran)
    if kind_of(change, target) is not Class.DELIVERY:
        raise Refused("it changes what was sold.", place=str(change), remedy="Send it for approval; the client signs it.")
    order, said = change.order, why or change.reason or str(change)
    revision = order.revisions.filter(number=order.revision).first()
    if revision is None or between(change.base, target):  # what is served alone changes no word of the order
        applying.bring(order, target, by=by, at=at, why=said)
        revision = record(order, target, Revision.Kind.DELIVERY, by=by, at=at, reason=why or change.reason)
    stops = pauses.planned(changing.operations(change), target, ran)
    pausing.bring(order, stops, by=by, at=at, why=said)
    transitions.move(change, "applied", by=by, at=at, why=why, revision=revision)
    telling.tell(change, "change_order.pushed", by=by, at=at)
    return change


@verbs.whole
def send(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, ran: Progress, reason: str = "") -> ChangeOrder:
    """Freeze a commercial change as the order's next revision and ask for what it needs; out for signature when it needs nothing.

    The order keeps delivering on its old terms until both sides have signed. Raises Refused for a stale base, and what the
    commit itself would raise (AlreadyTaken, …): it is rehearsed here.
    """
    permissions.check(by, "orders.submit", change.order)
    target = _ready(change, ran)
    if kind_of(change, target) is Class.DELIVERY:
        raise Refused("it changes no promise, so nobody has to agree.", place=str(change), remedy="Push it now.")
    order = change.order
    if order.bill_to.credit_status in ("stop", "blocked") and target["gross"] > change.base["gross"]:
        raise Refused(f"{order.bill_to} is on credit stop: nothing more is sold.", place=str(order), remedy="Ask finance.")
    tried = rehearsing.rehearse(order, change.base, target, ran, by=by, at=at, paper=True)
    revision = record(order, target, Revision.Kind.AGREED, by=by, at=at, reason=reason or change.reason)
    makers = editors.of(order)
    asked = [
        approvals.request(
            change, need.kind, title=need.title, measure=need.measure, facts=need.facts, binds_to=revision.sha256, makers=makers, by=by, at=at,
            amount=need.amount, currency=order.currency,
        )
        for need in tried.needs
    ]  # fmt: skip
    titles = "; ".join(str(one) for one in asked if one)
    if not titles:
        transitions.move(change, "pending", by=by, at=at, why="nothing needs approval", revision=revision)
        return put_out(change, tried.paper, by=by, at=at)
    transitions.move(change, "pending", by=by, at=at, why=titles, revision=revision)
    telling.tell(change, "change_order.sent", by=by, at=at)
    return change


@verbs.whole
def approved(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, ran: Progress) -> ChangeOrder:
    """All approvals given: tried once more, its paper written, out for signature."""
    assert change.revision is not None
    target = numbered(change, change.revision.number)
    tried = rehearsing.rehearse(change.order, change.base, target, ran, by=by, at=at, paper=True)
    return put_out(change, tried.paper, by=by, at=at)


@verbs.whole
def put_out(change: ChangeOrder, paper: papering.Drawn | None, *, by: Person | None, at: datetime.datetime) -> ChangeOrder:
    """Keep its paper for the client to read; from now on it waits for both signatures."""
    assert change.revision is not None and paper is not None
    papering.freeze(change.revision, paper, by=by, at=at)
    transitions.move(change, "approved", by=by, at=at, visible_to_client=True)
    telling.tell(change, "change_order.approved", by=by, at=at)
    return change


def kind_of(change: ChangeOrder, target: State) -> Class:
    """Delivery or commercial, by what differs."""
    return classes.of(between(change.base, target), change.base, target)


def numbered(change: ChangeOrder, number: int) -> State:
    """The state it makes, as the revision of that number."""
    return changing.wanted(change) | {"revision": number}


def record(order: Order, target: State, kind: str, *, by: Person | None, at: datetime.datetime, reason: str) -> Revision:
    """The state frozen as a revision, without a document yet."""
    snapshot = changes.promised(target)
    return Revision.objects.create(
        order=order, number=target["revision"], kind=kind, snapshot=snapshot, sha256=changes.sha256(snapshot), reason=reason[:200], by=by, at=at
    )


def _ready(change: ChangeOrder, ran: Progress) -> State:
    """What it makes of the order as the next revision, once nothing speaks against it."""
    revising.lock(change.order)
    change.order.refresh_from_db()
    current = ChangeOrder.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if current.status != "collecting" or change.kind != ChangeOrder.Kind.CHANGE:
        raise Refused(f"it is {current.get_status_display().lower()}.", place=str(change), remedy="Only a change being collected is sent.")
    refusing.state(change.order, *(one["op"] for one in current.operations))
    change.operations, change.base = current.operations, current.base
    refusing.stale(change)
    target = numbered(change, revising.next_number(change.order))
    if not between(change.base, target) and not effects.of(changing.operations(change)):
        raise Invalid("it changes nothing.", place=str(change), remedy="Add a change or withdraw it.")
    refusing.operations(change, changing.operations(change), ran)
    return target
