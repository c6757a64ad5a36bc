"""Opening an order again: what was approved or signed no longer holds once anything of it changes."""

import datetime

from django.db.models import Max

from makegood.core import transitions
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.orders.models import ChangeOrder, Order
from makegood.work.actions import approvals

SETTLED = ("pending", "approved", "signed")
MOVED = ("status", "revision", "gross", "net", "commission_pct", "start", "end")  # what others may have changed meanwhile


def lock(order: Order) -> Order:
    """The order's row as it is now, locked to the end of the transaction; `order` itself is brought up to date."""
    current = Order.objects.select_for_update(no_key=True, of=("self",)).only(*MOVED).get(pk=order.pk)
    for field in MOVED:
        setattr(order, field, getattr(current, field))
    return current


def reopen(order: Order, *, by: Person | None, at: datetime.datetime, why: str) -> Order:
    """Make the order a draft of the next revision and void its approvals; a draft stays as it is.

    Refused from booking on: those change by a change order. Call inside the transaction of the edit.
    """
    current = lock(order)
    if current.status == "draft":
        return order
    if current.status not in SETTLED:
        raise Refused(
            f"it is {current.get_status_display().lower()}.", place=str(order),
            remedy="Booked orders change by a change order; cancel what is wrong and draft it anew.",
        )  # fmt: skip
    number = next_number(current)
    transitions.move(order, "draft", by=by, at=at, why=why, verb="order.reopened", revision=number, visible_to_client=True)
    approvals.void_for(order, by=by, at=at, why=why)
    end_changes(order, by=by, at=at, why=why)
    return order


def next_number(order: Order) -> int:
    """The number of the revision to come: one that was sent and never signed keeps its own."""
    return max(order.revisions.aggregate(last=Max("number"))["last"] or 0, order.revision) + 1


def end_changes(order: Order, *, by: Person | None, at: datetime.datetime, why: str) -> None:
    """Withdraw what is being changed of an order that is no longer what it was. Call inside the transaction of its end."""
    for change in order.changes.filter(status__in=ChangeOrder.OPEN):
        approvals.void_for(change, by=by, at=at, why=why)
        transitions.move(change, "withdrawn", by=by, at=at, why=why)
