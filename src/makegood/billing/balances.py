"""What is still owed on invoices."""

from decimal import Decimal

from django.db import models
from django.db.models import Case, DecimalField, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from makegood.billing.models import Allocation, CreditNote, Invoice

_MONEY = DecimalField(max_digits=14, decimal_places=2)


def _sum(model: type[models.Model]) -> Coalesce:
    rows = model._base_manager.filter(invoice=OuterRef("pk")).order_by().values("invoice").annotate(total=Sum("amount"))
    return Coalesce(Subquery(rows.values("total")), Value(Decimal("0.00")), output_field=_MONEY)


def with_balance(rows: models.QuerySet[Invoice]) -> models.QuerySet[Invoice]:
    """Invoices annotated with `paid`, `credited`, `balance` (net less both) and `owed` (the balance once issued, else zero)."""
    found = rows.annotate(paid=_sum(Allocation), credited=_sum(CreditNote)).annotate(balance=F("net") - F("paid") - F("credited"))
    return found.annotate(owed=Case(When(status="issued", then=F("balance")), default=Value(Decimal("0.00")), output_field=_MONEY))


def of(invoice: Invoice) -> Decimal:
    """What is still owed on one invoice."""
    return with_balance(Invoice.objects.filter(pk=invoice.pk)).get().balance  # type: ignore[attr-defined,no-any-return]
