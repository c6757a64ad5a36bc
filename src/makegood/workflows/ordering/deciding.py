"""Deciding an approval and letting its subject follow at once."""

import datetime

from makegood.core import verbs
from makegood.core.models import Person
from makegood.creatives.actions import excepting
from makegood.creatives.models import ExceptionRequest
from makegood.orders.actions import approval as ordering
from makegood.orders.models import Order
from makegood.sales.actions import extending
from makegood.work.actions import approvals, rules, tasks
from makegood.work.models import Approval, RuleChange
from makegood.workflows import changing

MEET = datetime.timedelta(days=7)


@verbs.whole
def decide(asked: Approval, outcome: str, *, by: Person, at: datetime.datetime, reason: str = "", conditions: str = "") -> Approval:
    """Approve or reject; once it is decided its subject follows: an order, a change of one, an exception, a hold kept longer, a rule to be changed.

    Conditions become a task of whoever asked: it is theirs to meet them.
    """
    approvals.decide(asked, outcome, by=by, at=at, reason=reason, conditions=conditions)
    if asked.status != "pending":
        _follow(asked, by, at)
    if asked.status == "approved" and asked.conditions and asked.requested_by:
        tasks.open(
            asked, "conditions", title=f"Meet: {asked.conditions}"[:200], due_at=at + MEET, by=None, at=at, owner=asked.requested_by,
        )  # fmt: skip
    return asked


def _follow(asked: Approval, by: Person, at: datetime.datetime) -> None:
    match asked.subject_type:
        case "orders.order":
            ordering.settle(Order.objects.get(pk=asked.subject_id), by=by, at=at)
        case "orders.changeorder":
            changing.decide(asked, by=by, at=at)
        case "creatives.exceptionrequest":
            excepting.settle(ExceptionRequest.objects.get(pk=asked.subject_id), by=by, at=at)
        case "sales.hold":
            extending.settle(asked, by=by, at=at)
        case "work.rulechange" if asked.status == "approved":
            rules.apply(RuleChange.objects.get(pk=asked.subject_id), by=by, at=at)
