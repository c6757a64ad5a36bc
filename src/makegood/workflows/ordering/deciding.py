"""Deciding an approval and letting its subject follow at once."""

import datetime

from makegood.core import verbs
from makegood.core.models import Person
from makegood.orders.actions import approval as ordering
from makegood.orders.models import Order
from makegood.work.actions import approvals
from makegood.work.models import Approval


@verbs.whole
def decide(asked: Approval, outcome: str, *, by: Person, at: datetime.datetime, reason: str = "") -> Approval:
    """Approve or reject; an order whose approvals are complete is approved, a rejected one is a draft again."""
    approvals.decide(asked, outcome, by=by, at=at, reason=reason)
    if asked.subject_type == "orders.order":
        ordering.settle(Order.objects.get(pk=asked.subject_id), by=by, at=at)
    return asked
