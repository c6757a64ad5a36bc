"""What corrects an issued invoice: credit notes, the disputes that may end in one, and counts that changed since."""

from django.db import models

from makegood.billing import states
from makegood.billing.models import limits
from makegood.billing.models.invoice import Invoice, InvoiceLine
from makegood.billing.models.payment import Allocation
from makegood.core import guards
from makegood.core.models import Person, StoredFile
from makegood.orders.models import Line, Order


class CreditNote(models.Model):
    """A correction of an issued invoice: a document of its own with a number of its own."""

    number = models.CharField(max_length=30, unique=True)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="credit_notes")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reason = models.CharField(max_length=200)
    corrections = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), help_text="of counts that changed: [{line_id, units, amount (gross), counts}], below zero"
    )
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [*guards.append_only(), limits.OWED]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="credit_positive")]

    def __str__(self) -> str:
        return f"Credit note {self.number}"

    def activity_root(self) -> Order:
        """The order."""
        return self.invoice.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.invoice.order.advertiser_id


class Freed(models.Model):
    """Money that had been applied to the credited invoice and is on account again, as part of the payment it came by."""

    credit_note = models.ForeignKey(CreditNote, models.PROTECT, related_name="frees")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="frees")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        triggers = [*guards.append_only(), limits.FREED]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="freed_positive")]
        verbose_name_plural = "freed"


class Dispute(models.Model):
    """A client's objection to an invoice; worked on as a case."""

    machine = states.DISPUTE
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="disputes")
    invoice_line = models.ForeignKey(InvoiceLine, models.PROTECT, null=True, blank=True, related_name="disputes")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reason = models.TextField()
    case_id = models.BigIntegerField(null=True, help_text="work.Case")
    status = models.CharField(max_length=10, choices=states.DisputeStatus.choices, default=states.DisputeStatus.OPEN)
    at = models.DateTimeField()

    class Meta:
        triggers = [states.DISPUTE.trigger()]

    def activity_root(self) -> Order:
        """The order."""
        return self.invoice.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.invoice.order.advertiser_id


class CountAdjustment(models.Model):
    """A count of an issued invoice's line that changed afterwards, and what the line would come to by it.

    The invoice stays as issued; each further change is a further row. `amount` is what this change alone is worth.
    """

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="adjustments")
    line = models.ForeignKey(Line, models.PROTECT, related_name="count_adjustments")
    before = models.JSONField(help_text="{gross, net, filtered, third_party?, billable} as billed, or as last noticed")
    after = models.JSONField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, help_text="gross; below zero when too much was billed")
    why = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"Adjustment of {self.invoice}, line {self.line.number}"

    def activity_root(self) -> Order:
        """The order."""
        return self.invoice.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.invoice.order.advertiser_id
