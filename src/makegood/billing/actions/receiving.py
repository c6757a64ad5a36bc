"""Money received and applied to invoices."""

import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from makegood.accounts.models import Account
from makegood.billing import amounts, balances, ledger
from makegood.billing.models import Allocation, Invoice, Payment
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person


@verbs.whole
def record(
    account: Account, amount: Decimal, *, currency: str, received_on: datetime.date, reference: str, by: Person,
    at: datetime.datetime, apply_to: dict[Invoice, Decimal] | None = None,
) -> Payment:  # fmt: skip
    """A receipt from `account`, applied as said or to its oldest open invoices; what is left over stays on account.

    The same reference from the same account is one payment: a second recording is refused.
    """
    permissions.check(by, "billing.record_payment", account)
    amounts.check(amount)
    if amount <= 0:
        raise Invalid(f"{amount} is not a receipt.", place="amount", remedy="Enter what was received, above zero.")
    if not reference.strip():
        raise Invalid("a receipt has a reference.", place="reference", remedy="Enter the bank's or the client's.")
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                account=account, amount=amount, currency=currency, received_on=received_on, reference=reference, by=by, at=at
            )
    except IntegrityError as error:
        raise Refused(f"{reference} is recorded already.", place=str(account), remedy="Look at the account's payments.") from error
    activity.record(payment, "payment.recorded", by=by, at=at, after={"amount": str(amount), "currency": currency})
    ledger.post(
        "payment", str(payment.pk), [(ledger.CASH, amount), (ledger.RECEIVABLE, -amount)],
        currency=currency, party_id=account.pk, by=by, at=at, memo=reference,
    )  # fmt: skip
    parts = apply_to if apply_to is not None else _oldest(account, amount, currency)
    for invoice, part in sorted(parts.items(), key=lambda one: one[0].pk):  # locked in the order everybody locks them
        apply(payment, invoice, part, by=by, at=at)
    return payment


@verbs.whole
def apply(payment: Payment, invoice: Invoice, amount: Decimal, *, by: Person, at: datetime.datetime) -> Allocation:
    """Apply part of a payment to an invoice; never more than is owed or left. Paid in full moves the invoice to paid."""
    permissions.check(by, "billing.record_payment", invoice)
    Payment.objects.select_for_update().get(pk=payment.pk)  # two people applying the same money wait for each other
    invoice = Invoice.objects.select_for_update().get(pk=invoice.pk)
    left, owed = balances.left(payment), balances.of(invoice)
    if invoice.status == "draft":
        raise Invalid("it is a draft.", place=str(invoice), remedy="Issue it first.")
    if invoice.currency != payment.currency or invoice.bill_to_id != payment.account_id:
        raise Invalid("it was paid by another account or in another currency.", place=str(invoice), remedy="Choose its own payment.")
    amounts.check(amount, str(invoice))
    if not 0 < amount <= min(left, owed):
        raise Invalid(f"{amount} is more than is owed ({owed}) or left ({left}).", place=str(invoice), remedy="Apply less.")
    allocation = Allocation.objects.create(payment=payment, invoice=invoice, amount=amount)
    activity.record(
        invoice, "payment.applied", by=by, at=at, visible_to_client=True, after={"amount": str(amount), "payment": payment.reference}
    )
    settle(invoice, by=by, at=at)
    return allocation


def settle(invoice: Invoice, *, by: Person | None, at: datetime.datetime) -> None:
    """Move an issued invoice to paid when nothing is owed any more."""
    if invoice.status == "issued" and balances.of(invoice) == 0:
        transitions.move(invoice, "paid", by=by, at=at, visible_to_client=True)


def _oldest(account: Account, amount: Decimal, currency: str) -> dict[Invoice, Decimal]:
    """The account's open invoices by due date until the money is used up."""
    parts: dict[Invoice, Decimal] = {}
    open_ones = balances.with_balance(account.invoices.filter(status="issued", currency=currency)).order_by("due_on", "pk")
    for invoice in open_ones:
        part = min(amount, invoice.balance)
        if part > 0:
            parts[invoice] = part
            amount -= part
    return parts
