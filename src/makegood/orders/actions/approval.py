"""Freezing a draft as a revision, asking for the approvals it needs, and acting on what was decided."""

import datetime

from makegood.accounts import credit
from makegood.core import permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.core.queries import seller
from makegood.orders import availability, editors, needs, pricing, protected, snapshots, whose
from makegood.orders.actions import papering, revising
from makegood.orders.models import Order, Revision
from makegood.work.actions import approvals
from makegood.work.models import Approval


@verbs.whole
def submit(order: Order, *, by: Person | None, at: datetime.datetime, reason: str = "") -> Order:
    """Freeze the draft and ask for approvals; pending when any is needed, else approved at once.

    Each approval binds to the revision's hash. Raises Invalid when the order is incomplete, Refused by credit stop
    or when an exclusive day is somebody else's.
    """
    permissions.check(by, "orders.submit", order)
    if revising.lock(order).status != "draft":
        raise Refused(f"it is {order.get_status_display().lower()}.", place=str(order), remedy="Only drafts are submitted.")
    _complete(order)
    found = availability.check(order, at=at)
    wanted = needs.of(order, found, seller())
    revision = freeze(order, by=by, at=at, reason=reason)
    makers, around = editors.of(order), whose.order(order)
    asked = [
        approvals.request(
            order, need.kind, title=need.title, measure=need.measure, facts=need.facts, binds_to=revision.sha256, makers=makers,
            by=by, at=at, amount=need.amount, currency=order.currency, about=need.about, around=around,
        )
        for need in wanted
    ]
    titles = "; ".join(str(one) for one in asked if one)
    if titles:
        return transitions.move(order, "pending", by=by, at=at, why=titles)
    return transitions.move(order, "approved", by=by, at=at, why="nothing needs approval", visible_to_client=True)


@verbs.whole
def settle(order: Order, *, by: Person | None, at: datetime.datetime) -> Order:
    """After a decision: approved when all are, a draft again when one was rejected, else still pending."""
    if revising.lock(order).status != "pending":
        return order
    decided = Approval.objects.filter(subject_type="orders.order", subject_id=order.pk, binds_to=current(order).sha256)
    states = list(decided.exclude(status="void").values_list("status", "reason"))
    rejected = [reason for status, reason in states if status == "rejected"]
    if rejected:
        return revising.reopen(order, by=by, at=at, why=f"rejected: {rejected[0]}")
    if all(status == "approved" for status, _ in states):
        return transitions.move(order, "approved", by=by, at=at, why="all approvals given", visible_to_client=True)
    return order


@verbs.whole
def withdraw(order: Order, *, by: Person | None, at: datetime.datetime, why: str) -> Order:
    """Take a submitted order back to a draft of the next revision; its approvals are void."""
    permissions.check(by, "orders.draft", order)
    return revising.reopen(order, by=by, at=at, why=why)


def freeze(order: Order, *, by: Person | None, at: datetime.datetime, reason: str = "") -> Revision:
    """The revision of the order as it stands, with its paper frozen and unsigned as PDF."""
    snapshot = snapshots.of(order)
    revision = Revision.objects.create(
        order=order, number=order.revision, snapshot=snapshot, sha256=snapshots.sha256(snapshot), reason=reason[:200], by=by, at=at
    )
    papering.freeze(revision, papering.drawn(order, number=revision.number, at=at), by=by, at=at)
    return revision


def current(order: Order) -> Revision:
    """The frozen revision the order stands at. Refused when the order differs from it: somebody went round the actions."""
    revision = order.revisions.filter(number=order.revision).first()
    if revision is None:
        raise Refused("it was not submitted.", place=str(order), remedy="Submit it first.")
    if snapshots.sha256(snapshots.of(order)) != revision.sha256:
        raise Refused("it differs from its frozen revision.", place=str(revision), remedy="Withdraw it and submit it again.")
    return revision


def _complete(order: Order) -> None:
    lines = list(order.lines.exclude(status="cancelled").prefetch_related("flights"))
    if not lines:
        raise Invalid("it has no lines.", place=str(order), remedy="Add at least one.")
    for line in lines:
        goals = sum(flight.goal for flight in line.flights.all())
        if goals != line.quantity:
            raise Invalid(f"its flights sum to {goals:,}, it sells {line.quantity:,}.", place=str(line), remedy="Make them equal.")
    sums = pricing.totals([line.amount for line in lines], order.commission_pct, order.currency)
    if sums != (order.gross, order.net):
        raise Invalid(f"gross and net are {order.gross} and {order.net}, the lines make {sums[0]} and {sums[1]}.", place=str(order))
    protected.check_all(order)
    credit.check(order.bill_to, credit.Step.SUBMIT, place=str(order))
