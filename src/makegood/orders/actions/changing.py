"""A change order while it is collected: begun, operations added, taken back and put in order, based anew, withdrawn."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.orders import changes, snapshots
from makegood.orders.actions import completing, refusing, revising
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.progress import Progress
from makegood.orders.changes.state import State
from makegood.orders.models import ChangeOrder, Order
from makegood.work.actions import approvals

NOTICE_IN = ("booked", "live")


@verbs.whole
def begin(order: Order, *, by: Person | None, at: datetime.datetime, reason: str = "", kind: str = "change", notice: Mapping[str, Any] | None = None) -> ChangeOrder:
    """An empty change order on the order as it stands. Refused where its state takes none (changes.when), or while another is open."""
    permissions.check(by, "orders.cancel" if kind == ChangeOrder.Kind.CANCELLATION else "orders.change", order)
    refusing.state(order)
    if kind == ChangeOrder.Kind.CANCELLATION and order.status not in NOTICE_IN:
        raise Refused(f"it is {order.get_status_display().lower()}.", place=str(order), remedy="What is booked or runs is cancelled by notice.")
    number = (order.changes.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            made = ChangeOrder.objects.create(
                order=order, number=number, kind=kind, base=snapshots.working(Order.objects.get(pk=order.pk)), notice=notice or {},
                reason=reason.strip()[:200], by=by, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        other = order.changes.filter(status__in=ChangeOrder.OPEN).get()
        raise Refused(f"{other} is {other.get_status_display().lower()}.", place=str(order), remedy="Finish or withdraw it first.") from error
    return transitions.start(made, by=by, at=at, why=reason)


@verbs.whole
def collect(change: ChangeOrder, asked: Mapping[str, Any], *, by: Person | None, at: datetime.datetime, ran: Progress) -> Operation:
    """Add the operation `asked` for. Raises Invalid, nothing added, when it cannot be or would undo what ran or is billed."""
    _locked(change, by)
    refusing.state(change.order, str(asked.get("op", "")))
    now = wanted(change)
    operation = completing.complete(change.order, now, asked, ran)
    made = [*change.operations, *changes.written([operation])]
    refusing.operations(change, [changes.read(one) for one in made], ran)
    _keep(change, made, "change_order.collected", operation.says, by, at)
    return operation


@verbs.whole
def take_back(change: ChangeOrder, position: int | None = None, *, by: Person | None, at: datetime.datetime) -> ChangeOrder:
    """Undo one operation, the last unless `position` (from 0) says which. Refused when a later one rests on it."""
    _locked(change, by)
    at_ = len(change.operations) - 1 if position is None else position
    if not 0 <= at_ < len(change.operations):
        raise Invalid(f"it has {len(change.operations)} changes.", place=str(change), remedy="There is nothing to take back there.")
    left = [one for number, one in enumerate(change.operations) if number != at_]
    changes.applied(change.base, [changes.read(one) for one in left])
    _keep(change, left, "change_order.undone", changes.read(change.operations[at_]).says, by, at)
    return change


@verbs.whole
def put_in_order(change: ChangeOrder, order: Sequence[int], *, by: Person | None, at: datetime.datetime) -> ChangeOrder:
    """The same operations in another order: `order` are their present positions. Invalid when one cannot come before another."""
    _locked(change, by)
    if sorted(order) != list(range(len(change.operations))):
        raise Invalid("each change stands once in the new order.", place=str(change), remedy="Give all of their positions.")
    moved = [change.operations[number] for number in order]
    changes.applied(change.base, [changes.read(one) for one in moved])
    _keep(change, moved, "change_order.collected", "put in another order", by, at)
    return change


@verbs.whole
def base_anew(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, ran: Progress) -> ChangeOrder:
    """The same operations on the order as it is now, somebody having changed it meanwhile. Invalid at the first that cannot be."""
    _locked(change, by)
    now = snapshots.working(Order.objects.get(pk=change.order_id))
    target = changes.applied(now, operations(change))
    refusing.impossible(change.order, now, target, ran)
    activity.change(change, "change_order.rebased", by=by, at=at, base=now)
    return change


@verbs.whole
def withdraw(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, why: str = "") -> ChangeOrder:
    """Undo all of it before it has effect: approvals are void, signatures bind nobody, the order runs on as it was."""
    permissions.check(by, "orders.change", change.order)
    revising.lock(change.order)
    approvals.void_for(change, by=by, at=at, why=why or "the change was withdrawn")
    return transitions.move(change, "withdrawn", by=by, at=at, why=why, visible_to_client=change.status in ("approved", "signed"))


@verbs.whole
def take_up(change: ChangeOrder, *, by: Person | None, at: datetime.datetime, why: str) -> ChangeOrder:
    """Back to collecting: what was sent is void, and will be sent anew as the next revision."""
    permissions.check(by, "orders.change", change.order)
    approvals.void_for(change, by=by, at=at, why=why)
    return transitions.move(change, "collecting", by=by, at=at, why=why, verb="change_order.reopened")


def operations(change: ChangeOrder) -> list[Operation]:
    """What was collected."""
    return [changes.read(one) for one in change.operations]


def wanted(change: ChangeOrder) -> State:
    """The state its operations make of its base."""
    return changes.applied(change.base, operations(change))


def _locked(change: ChangeOrder, by: Person | None) -> None:
    permissions.check(by, "orders.change", change.order)
    current = ChangeOrder.objects.select_for_update(of=("self",)).get(pk=change.pk)
    for field in ("status", "operations", "base", "revision_id"):
        setattr(change, field, getattr(current, field))
    if current.status != "collecting":
        raise Refused(f"it is {current.get_status_display().lower()}.", place=str(change), remedy="Take it up again to change it.")
    if current.kind == ChangeOrder.Kind.CANCELLATION:
        raise Refused("a cancellation is not changed.", place=str(change), remedy="Withdraw it and give notice anew.")


def _keep(change: ChangeOrder, operations: list[dict[str, Any]], verb: str, why: str, by: Person | None, at: datetime.datetime) -> None:
    ChangeOrder.objects.filter(pk=change.pk).update(operations=operations)
    change.operations = operations
    activity.record(change, verb, by=by, at=at, why=why, after={"operations": len(operations)})
