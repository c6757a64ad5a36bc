"""What payers have on account: received, and neither applied to a bill nor paid back."""

import dataclasses
import itertools
from decimal import Decimal

from django.db import models

from makegood.billing import balances
from makegood.billing.models import Allocation, Invoice, Payment, Refund
from makegood.core import visibility
from makegood.core.models import Person


@dataclasses.dataclass(frozen=True)
class OnAccount:
    """What one payer has on account in one currency, and the payments it is left of, the oldest first."""

    account_id: int
    name: str
    currency: str
    amount: Decimal
    payments: tuple[Payment, ...]


@dataclasses.dataclass(frozen=True)
class PaymentView:
    """One payment and where it went: the parts applied to invoices with what credit notes freed of them, and what was paid back."""

    payment: Payment
    parts: tuple[Allocation, ...]
    refunds: tuple[Refund, ...]


def payments(actor: Person) -> models.QuerySet[Payment]:
    """Payments `actor` may see, with what of each is applied, refunded and left."""
    return balances.with_left(visibility.scoped(Payment.objects.select_related("account__party"), actor, "account_id"))


def by_payer(actor: Person) -> list[OnAccount]:
    """Everybody who has something on account, by name and currency. One query."""
    rows = payments(actor).filter(left__gt=0).order_by("account__party__name", "account", "currency", "received_on", "pk")
    return [
        OnAccount(*key, sum((one.left for one in of), Decimal("0.00")), of)  # type: ignore[attr-defined]
        for key, group in itertools.groupby(rows, key=lambda one: (one.account_id, one.account.party.name, one.currency))
        if (of := tuple(group))
    ]


def of_payer(actor: Person, invoice: Invoice) -> Decimal:
    """What the payer of an invoice has on account in its currency, as far as `actor` may see. One query."""
    mine = payments(actor).filter(account=invoice.bill_to_id, currency=invoice.currency)
    return mine.aggregate(total=models.Sum("left"))["total"] or Decimal("0.00")


def payment_view(actor: Person, pk: int) -> PaymentView | None:
    """The payment `pk` with where it went; None when the actor may not see it."""
    payment = payments(actor).select_related("by").filter(pk=pk).first()
    if payment is None:
        return None
    parts = payment.allocations.select_related("invoice").prefetch_related("frees__credit_note").order_by("pk")
    return PaymentView(payment, tuple(parts), tuple(payment.refunds.select_related("by").order_by("pk")))
