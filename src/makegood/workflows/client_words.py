"""What a client says, and who on our side has to answer: a message, a question on a bill."""

import datetime
from decimal import Decimal

from makegood.billing.actions import correcting
from makegood.billing.models import Invoice
from makegood.core import verbs
from makegood.core.models import Person
from makegood.engine.schedule import WorkingWeek
from makegood.orders.models import Order
from makegood.work.actions import cases, comments, tasks
from makegood.work.models import Case, Comment

ANSWER_DAYS = 1


@verbs.whole
def say(order: Order, text: str, *, by: Person, at: datetime.datetime) -> Comment:
    """A client's message on its campaign; the account manager owes an answer within one business day."""
    said = comments.add(order, text, by=by, at=at)
    due = datetime.datetime.combine(WorkingWeek().shift(at.date(), ANSWER_DAYS), at.time(), at.tzinfo)
    tasks.open(
        order, "client.message", title=f"Answer {by.name}", detail=text.strip()[:300], action="Answer", owner=order.account_manager, due_at=due,
        by=None, at=at,
    )  # fmt: skip
    return said


@verbs.whole
def ask_about(invoice: Invoice, text: str, *, amount: Decimal | None, by: Person, at: datetime.datetime) -> Case:
    """A question on a bill; with an amount it is an objection over that much. Either is a case with a clock."""
    owner = invoice.order.account_manager
    if amount:
        found = correcting.dispute(invoice, amount, text, owner=owner, by=by, at=at)
        return Case.objects.get(pk=found.case_id)
    return cases.open(invoice, kind="billing", title=f"Question on {invoice}", detail=text, owner=owner, by=by, at=at)
