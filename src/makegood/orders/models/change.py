"""Change orders: the changes of a booked order, collected as operations, and the terms of cancelling."""

import pgtrigger
from django.db import models

from makegood.accounts.models import Contract
from makegood.core.models import Person
from makegood.orders import states
from makegood.orders.models.order import Order
from makegood.orders.models.revision import Revision


class ChangeOrder(models.Model):
    """Operations (orders.changes, as JSON) on the state `base` of a booked order; at most one open for each order.

    `revision` is what was frozen for approval and signature, or came into effect at once. The order runs on as it was until then.
    """

    class Kind(models.TextChoices):
        """Collected by hand, or made by a client's notice."""

        CHANGE = "change", "Change"
        CANCELLATION = "cancellation", "Cancellation"

    machine = states.CHANGE
    OPEN = ("collecting", "pending", "approved", "signed")
    order = models.ForeignKey(Order, models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.CHANGE)
    operations = models.JSONField(default=list)
    base = models.JSONField(help_text="orders.snapshots.working when it was begun")
    notice = models.JSONField(default=dict, blank=True, help_text="of a cancellation: {given, terms, owed, fee, source}")
    reason = models.CharField(max_length=200, blank=True)
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="changes")
    status = models.CharField(max_length=10, choices=states.ChangeStatus.choices, default=states.ChangeStatus.COLLECTING)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["order_id", "-number"]
        triggers = [
            states.CHANGE.trigger(),
            pgtrigger.Protect(
                name="sent_stays", operation=pgtrigger.UpdateOf("operations", "base", "order_id", "number", "kind", "notice"),
                condition=~pgtrigger.Q(old__status="collecting"),
            ),
            pgtrigger.Protect(name="change_stays", operation=pgtrigger.Delete),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="change_number_once"),
            models.UniqueConstraint(fields=["order"], condition=~models.Q(status__in=["applied", "withdrawn"]), name="one_open_change"),
            models.CheckConstraint(
                condition=models.Q(status__in=["collecting", "withdrawn"]) | models.Q(revision__isnull=False), name="sent_has_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.number} change {self.number}"

    def activity_root(self) -> Order:
        """The order."""
        return self.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.order.advertiser_id


class CancellationTerms(models.Model):
    """Notice and fee of cancelling: of one order, of a contract, or (both empty) what the seller asks for otherwise."""

    order = models.OneToOneField(Order, models.CASCADE, null=True, blank=True, related_name="cancellation_terms")
    contract = models.OneToOneField(Contract, models.CASCADE, null=True, blank=True, related_name="cancellation_terms")
    notice_days = models.PositiveSmallIntegerField(default=30, help_text="of guaranteed lines")
    other_notice_days = models.PositiveSmallIntegerField(default=7)
    fee_pct = models.DecimalField(max_digits=5, decimal_places=2, default=50, help_text="of what falls away of guaranteed lines")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(order=None) | models.Q(contract=None), name="terms_of_one"),
            models.UniqueConstraint(models.Value(1), condition=models.Q(order=None, contract=None), name="terms_of_the_seller"),
            models.CheckConstraint(condition=models.Q(fee_pct__gte=0, fee_pct__lte=100), name="cancellation_fee"),
        ]

    def __str__(self) -> str:
        return f"Cancellation terms of {self.order or self.contract or 'the seller'}"

    def activity_party(self) -> int | None:
        """The advertiser, or whose contract it is; nobody's for the seller's own."""
        return self.order.advertiser_id if self.order else self.contract.account_id if self.contract else None
