"""Invoices as issued: frozen inputs, frozen figures."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Value

from makegood.accounts.models import Account
from makegood.billing import states
from makegood.core import guards
from makegood.core.models import Person, StoredFile
from makegood.orders.models import Line, Order

OF_ISSUED = """
    IF EXISTS (
        SELECT 1 FROM billing_invoice WHERE id = COALESCE(NEW.invoice_id, OLD.invoice_id) AND status IN ('issued', 'paid')
    ) THEN
        RAISE EXCEPTION 'lines of an issued invoice never change' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class Invoice(models.Model):
    """One bill for one order and period. `inputs` is everything it was computed from; replay gives the same figures."""

    machine = states.INVOICE
    number = models.CharField(max_length=30, unique=True, null=True, help_text="given at issue, without gaps")
    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices")
    bill_to = models.ForeignKey(Account, models.PROTECT, related_name="invoices")
    period_start = models.DateField()
    period_end = models.DateField()
    currency = models.CharField(max_length=3)
    gross = models.DecimalField(max_digits=14, decimal_places=2)
    commission = models.DecimalField(max_digits=14, decimal_places=2)
    tax = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    net = models.DecimalField(max_digits=14, decimal_places=2)
    due_on = models.DateField(null=True)
    inputs = models.JSONField()
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=states.InvoiceStatus.choices, default=states.InvoiceStatus.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [
            states.INVOICE.trigger(),
            pgtrigger.Protect(
                name="issued_figures_never_change",
                operation=pgtrigger.UpdateOf("number", "gross", "commission", "tax", "net", "inputs", "period_start", "period_end", "bill_to_id", "order_id", "currency", "due_on", "issued_at"),
                condition=pgtrigger.Q(old__status__in=["issued", "paid"]),
            ),
            pgtrigger.Protect(name="issued_stays", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__status__in=["issued", "paid"])),
            guards.append_only()[1],  # no TRUNCATE
        ]  # fmt: skip
        constraints = [
            ExclusionConstraint(  # of any two days of an order, each is billed once, whatever became of its calendar
                name="period_billed_once",
                expressions=[
                    (Func(F("order_id"), F("order_id"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("period_start"), F("period_end"), Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=~models.Q(status="discarded"),
            ),
            models.CheckConstraint(
                condition=models.Q(net=models.F("gross") - models.F("commission") + models.F("tax")), name="invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "discarded"]) | models.Q(number__isnull=False), name="issued_has_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Invoice {self.number}" if self.number else f"Draft bill {self.order.number} {self.period_end:%b %Y}"

    def activity_root(self) -> Order:
        """The order."""
        return self.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.order.advertiser_id

    def also_parties(self) -> tuple[int, ...]:
        """Whoever it is addressed to."""
        return (self.bill_to_id,)


class InvoiceLine(models.Model):
    """One line of a bill: what was contracted, counted and billable, and how that came about."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    line = models.ForeignKey(Line, models.PROTECT, related_name="invoice_lines")
    number = models.PositiveSmallIntegerField()
    description = models.CharField(max_length=200)
    contracted = models.BigIntegerField()
    gross_count = models.BigIntegerField(null=True)
    counted = models.BigIntegerField(null=True, help_text="our net count")
    third_party = models.BigIntegerField(null=True)
    billable = models.BigIntegerField()
    unit = models.CharField(max_length=12)
    rate = models.DecimalField(max_digits=12, decimal_places=4)
    rate_type = models.CharField(max_length=5)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    explanation = models.JSONField(default=dict, help_text="funnel from gross to billable, cap applied, the same bill under other caps")

    class Meta:
        ordering = ["number"]
        triggers = [
            guards.append_only()[1],  # no TRUNCATE
            pgtrigger.Trigger(
                name="issued_lines_stay", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete, func=OF_ISSUED
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["invoice", "number"], name="invoice_line_once")]
