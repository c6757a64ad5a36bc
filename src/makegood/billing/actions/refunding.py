"""Paying money on account back to whoever had paid it."""

import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from makegood.billing import amounts, balances, ledger
from makegood.billing.models import Payment, Refund
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person


@verbs.whole
def refund(
    payment: Payment, amount: Decimal, *, paid_on: datetime.date, reference: str, why: str, by: Person, at: datetime.datetime
) -> Refund:  # fmt: skip
    """Record that `amount` of what is left of a payment was paid back, in its currency. Of the same reference once per account."""
    permissions.check(by, "billing.refund", payment)
    payment = Payment.objects.select_for_update(of=("self",)).select_related("account__party").get(pk=payment.pk)
    there = balances.left(payment)
    amounts.check(amount)
    if not 0 < amount <= there:
        raise Invalid(f"{amount} is not between zero and what is left of it, {there}.", place=str(payment), remedy="Refund less.")
    if paid_on < payment.received_on:
        raise Invalid(f"it was received on {payment.received_on}.", place="paid on", remedy="Enter the day the money left, not before that.")
    if not reference.strip() or not why.strip():
        raise Invalid("a refund has a reference and a reason.", place="reference", remedy="Enter the bank's reference and why it is paid back.")
    made = _recorded(payment, amount, paid_on, reference, why, by, at)
    activity.record(made, "refund.recorded", by=by, at=at, why=why, after={"amount": str(amount), "currency": payment.currency})
    ledger.post(
        "refund", str(made.pk), [(ledger.RECEIVABLE, amount), (ledger.CASH, -amount)],
        currency=payment.currency, party_id=payment.account_id, by=by, at=at, memo=reference,
    )  # fmt: skip
    return made


def _recorded(
    payment: Payment, amount: Decimal, paid_on: datetime.date, reference: str, why: str, by: Person, at: datetime.datetime
) -> Refund:  # fmt: skip
    try:
        with transaction.atomic():
            return Refund.objects.create(
                payment=payment, account=payment.account, amount=amount, paid_on=paid_on, reference=reference, why=why, by=by, at=at
            )
    except IntegrityError as error:
        raise Refused(f"{reference} is recorded already.", place=str(payment.account), remedy="Look at the account's refunds.") from error
