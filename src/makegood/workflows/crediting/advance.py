"""Orders of clients who pay in advance: once their invoices are paid over the whole net, the fact is written upstream."""

import datetime
from decimal import Decimal

from makegood.billing import balances
from makegood.billing.models import Invoice
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.orders.models import Order, Prepayment

WAITS = ("signed", "booked", "live")


def follow(*, at: datetime.datetime) -> int:
    """Write the fact for every order paid by now; how many. Idempotent."""
    rows = Order.objects.filter(status__in=WAITS, prepayment=None).select_related("advertiser", "agency").order_by("pk")
    return sum(_paid(order, at) for order in rows if order.bill_to.prepay)


def paid(order: Order) -> Decimal:
    """What was received or credited on the order's invoices; what was received and freed by a credit counts once."""
    invoices = balances.with_balance(Invoice.objects.filter(order=order))
    return sum((one.paid + one.credited for one in invoices), Decimal(0))  # type: ignore[attr-defined]


@verbs.whole
def release(order: Order, *, why: str, by: Person, at: datetime.datetime) -> Prepayment:
    """Finance lets an order start although it is not paid, with the reason."""
    permissions.check(by, "accounts.set_credit", order.bill_to)
    if not why.strip():
        raise Invalid("letting it start unpaid needs a reason.", place=str(order), remedy="Say why in a sentence.")
    if not order.bill_to.prepay:
        raise Refused(f"{order.bill_to} does not pay in advance.", place=str(order), remedy="Nothing has to be let go.")
    return _write(order, paid(order), why.strip(), by, at)


@verbs.whole
def _paid(order: Order, at: datetime.datetime) -> bool:
    amount = paid(order)
    if order.net and amount >= order.net:
        _write(order, amount, "its invoices are paid", None, at)
        return True
    return False


def _write(order: Order, amount: Decimal, why: str, by: Person | None, at: datetime.datetime) -> Prepayment:
    made, new = Prepayment.objects.get_or_create(order=order, defaults={"amount": amount, "why": why[:200], "by": by, "at": at})
    if new:
        activity.record(order, "order.paid_in_advance", by=by, at=at, why=why, after={"amount": amount})
    return made
