"""The double-entry ledger. Append-only; a deferred trigger refuses a transaction whose entries do not balance."""

import pgtrigger
from django.db import models

from makegood.core import guards
from makegood.core.models import Party, Person

BALANCE = """
    IF EXISTS (
        SELECT 1 FROM billing_posting WHERE entry_id = NEW.entry_id GROUP BY currency HAVING SUM(amount) <> 0
    ) THEN
        RAISE EXCEPTION 'journal entry % does not balance', NEW.entry_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class LedgerAccount(models.Model):
    """An account of the books: receivable, revenue, commission, tax, cash."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[("asset", "Asset"), ("liability", "Liability"), ("income", "Income"), ("expense", "Expense")])

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Entry(models.Model):
    """One thing that happened to money: an invoice issued, a payment, a credit."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=60)
    memo = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = guards.append_only()
        constraints = [models.UniqueConstraint(fields=["kind", "reference"], name="entry_once")]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Posting(models.Model):
    """One side of an entry: debit positive, credit negative, in one currency."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="postings")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    amount = models.DecimalField(max_digits=16, decimal_places=3)
    currency = models.CharField(max_length=3)

    class Meta:
        triggers = [
            *guards.append_only(),
            pgtrigger.Trigger(
                name="entries_balance", when=pgtrigger.After, operation=pgtrigger.Insert, timing=pgtrigger.Deferred, func=BALANCE
            ),
        ]
        indexes = [models.Index(fields=["account", "party", "currency"], name="posting_balance")]
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="posting_not_zero")]
