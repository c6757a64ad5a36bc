"""Cancelling an order or a line: what was reserved is free again, what ran stays."""

import datetime

from makegood.core import permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person, Role
from makegood.orders.actions import revising
from makegood.orders.models import Line, Order, Reservation
from makegood.work.actions import approvals

RUNNING = ("draft", "booked", "ready", "live", "paused")


@verbs.whole
def cancel(order: Order, *, by: Person | None, at: datetime.datetime, why: str) -> Order:
    """Cancel what has not completed. Reservations are released, approvals void; what was delivered is billed as it was.

    A running order is ended at once, without notice or fee, by agreement only: that is a lead's to agree to.
    """
    permissions.check(by, "orders.cancel", order)
    _say_why(why, str(order))
    if revising.lock(order).status == "live" and by is not None and not by.has_role(Role.LEAD):
        raise Refused("it runs, and ends by the notice and the fee that were agreed.", place=str(order), remedy="Cancel by notice, or ask a lead.")
    for line in order.lines.filter(status__in=RUNNING).order_by("pk"):
        stop(line, by, at, why)
    approvals.void_for(order, by=by, at=at, why=why)
    revising.end_changes(order, by=by, at=at, why=f"the order was cancelled: {why}")
    return transitions.move(order, "cancelled", by=by, at=at, why=why, visible_to_client=True)


@verbs.whole
def cancel_line(line: Line, *, by: Person | None, at: datetime.datetime, why: str) -> Line:
    """Cancel one line of a booked or live order. The last one left is cancelled with its order."""
    permissions.check(by, "orders.cancel", line.order)
    _say_why(why, str(line))
    if revising.lock(line.order).status not in ("booked", "live"):
        raise Refused("only lines of booked orders are cancelled.", place=str(line), remedy="Remove it from the draft instead.")
    if not line.order.lines.filter(status__in=RUNNING).exclude(pk=line.pk).exists():
        raise Refused("it is the order's last running line.", place=str(line), remedy="Cancel the order.")
    stop(line, by, at, why)
    return line


def stop(line: Line, by: Person | None, at: datetime.datetime, why: str) -> None:
    """Cancel a line and its flights and free what they had reserved. Call inside the transaction of the verb."""
    transitions.move_all(list(line.flights.filter(status__in=RUNNING).order_by("pk")), "cancelled", by=by, at=at, why=why)
    Reservation.objects.filter(flight__line=line, released_at=None).update(released_at=at)
    transitions.move(line, "cancelled", by=by, at=at, why=why, visible_to_client=True)


def _say_why(why: str, place: str) -> None:
    if not why.strip():
        raise Invalid("cancelling needs a reason.", place=place, remedy="Say why in a sentence.")
