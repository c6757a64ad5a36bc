"""What is still owed on invoices and left of payments."""

from decimal import Decimal

from django.db import models
from django.db.models import Case, DecimalField, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from makegood.billing.models import Allocation, CreditNote, Freed, Invoice, Payment, Refund

_MONEY = DecimalField(max_digits=14, decimal_places=2)


def _sum(model: type[models.Model], of: str) -> Coalesce:
    rows = model._base_manager.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(total=Sum("amount"))
    return Coalesce(Subquery(rows.values("total")), Value(Decimal("0.00")), output_field=_MONEY)


def with_balance(rows: models.QuerySet[Invoice]) -> models.QuerySet[Invoice]:
    """Invoices annotated with `paid` (applied less freed), `credited`, `balance` (net less both) and `owed` (the balance once issued, else zero)."""
    paid = _sum(Allocation, "invoice") - _sum(Freed, "allocation__invoice")
    found = rows.annotate(paid=paid, credited=_sum(CreditNote, "invoice")).annotate(balance=F("net") - F("paid") - F("credited"))
    return found.annotate(owed=Case(When(status="issued", then=F("balance")), default=Value(Decimal("0.00")), output_field=_MONEY))


def of(invoice: Invoice) -> Decimal:
    """What is still owed on one invoice."""
    return with_balance(Invoice.objects.filter(pk=invoice.pk)).get().balance  # type: ignore[attr-defined,no-any-return]


def with_left(rows: models.QuerySet[Payment]) -> models.QuerySet[Payment]:
    """Payments annotated with `applied` (less what was freed), `refunded` and `left` (the rest: on account)."""
    applied = _sum(Allocation, "payment") - _sum(Freed, "allocation__payment")
    return rows.annotate(applied=applied, refunded=_sum(Refund, "payment")).annotate(left=F("amount") - F("applied") - F("refunded"))


def left(payment: Payment) -> Decimal:
    """What of one payment is on account."""
    return with_left(Payment.objects.filter(pk=payment.pk)).get().left  # type: ignore[attr-defined,no-any-return]


def with_rest(rows: models.QuerySet[Allocation]) -> models.QuerySet[Allocation]:
    """Allocations annotated with `rest`: what no credit note freed of them."""
    return rows.annotate(rest=F("amount") - _sum(Freed, "allocation"))


def with_freed(rows: models.QuerySet[CreditNote]) -> models.QuerySet[CreditNote]:
    """Credit notes annotated with `freed`: what of each had been paid already and went to the payer's account."""
    return rows.annotate(freed=_sum(Freed, "credit_note"))
