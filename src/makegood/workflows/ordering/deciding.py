"""Deciding an approval and letting its subject follow at once."""

import datetime

from makegood.core import verbs
from makegood.core.models import Person
from makegood.creatives.actions import excepting
from makegood.creatives.models import ExceptionRequest
from makegood.orders.actions import approval as ordering
from makegood.orders.models import Order
from makegood.sales.actions import extending
from makegood.work.actions import approvals, rules
from makegood.work.models import Approval, RuleChange
from makegood.workflows import changing


@verbs.whole
def decide(asked: Approval, outcome: str, *, by: Person, at: datetime.datetime, reason: str = "") -> Approval:
    """Approve or reject; once it is decided its subject follows: an order, an exception asked for, a hold kept longer, a rule to be changed."""
    approvals.decide(asked, outcome, by=by, at=at, reason=reason)
    if asked.status != "pending":
        _follow(asked, by, at)
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
