"""Applying what a payer has on account to an open bill."""

import datetime
from decimal import Decimal

from makegood.billing import balances
from makegood.billing.actions import receiving
from makegood.billing.models import Allocation, Invoice, Payment
from makegood.core import permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person


@verbs.whole
def on_account(invoice: Invoice, amount: Decimal, *, by: Person, at: datetime.datetime) -> list[Allocation]:
    """Apply `amount` of what the invoice's payer has on account in its currency, the oldest payment first."""
    permissions.check(by, "billing.record_payment", invoice)
    mine = balances.with_left(Payment.objects.filter(account=invoice.bill_to_id, currency=invoice.currency))
    locked = [one.pk for one in mine.filter(left__gt=0).order_by("pk").select_for_update(of=("self",))]
    payments = list(mine.filter(pk__in=locked).order_by("received_on", "pk"))  # read again: somebody may have applied some while we waited
    there = sum((one.left for one in payments), Decimal("0.00"))  # type: ignore[attr-defined]
    if not 0 < amount <= there:
        raise Invalid(f"{amount} is not between zero and the {there} on account.", place=str(invoice), remedy="Apply less.")
    made = []
    for one in payments:
        part = min(amount, one.left)  # type: ignore[attr-defined]
        if part > 0:
            made.append(receiving.apply(one, invoice, part, by=by, at=at))
            amount -= part
    return made
