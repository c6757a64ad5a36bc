"""Money received, the invoices it settles, and what of it was paid back."""

from django.db import models

from makegood.accounts.models import Account
from makegood.billing.models import limits
from makegood.billing.models.invoice import Invoice
from makegood.core import guards
from makegood.core.models import Person


class Payment(models.Model):
    """One receipt. `reference` is the bank's or the client's: the same receipt is recorded once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    received_on = models.DateField()
    reference = models.CharField(max_length=80)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_positive"),
            models.UniqueConstraint(fields=["account", "reference"], name="payment_once"),
        ]

    def __str__(self) -> str:
        return f"Payment {self.reference}"

    def activity_party(self) -> int:
        """The payer."""
        return self.account_id


class Allocation(models.Model):
    """Part of a payment applied to an invoice; a later part of the same payment is a further row."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="allocations")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="allocations")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        triggers = [*guards.append_only(), limits.LEFT, limits.OWED]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="allocation_positive")]


class Refund(models.Model):
    """Money on account paid back to whoever had paid it, in the payment's currency. The same transfer is recorded once."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    account = models.ForeignKey(Account, models.PROTECT, related_name="refunds", help_text="the payment's")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid_on = models.DateField()
    reference = models.CharField(max_length=80)
    why = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [*guards.append_only(), limits.LEFT, limits.REFUNDED]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_positive"),
            models.UniqueConstraint(fields=["account", "reference"], name="refund_once"),
        ]

    def __str__(self) -> str:
        return f"Refund {self.reference}"

    def activity_root(self) -> Payment:
        """The payment."""
        return self.payment

    def activity_party(self) -> int:
        """Whoever is paid back."""
        return self.account_id
