"""The client's own terms for an order, as received and as compared with our paper."""

from django.db import models

from makegood.core import guards
from makegood.core.models import Person, StoredFile
from makegood.orders.models.order import Order


class OrderTerms(models.Model):
    """One document of terms. `compared` is documents.terms.Comparison as JSON with the version of our paper it was held against.

    The newest of an order counts; one without a file says that our paper was agreed on. Append-only: other terms are another row.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="terms")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    text_sha256 = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=200, blank=True)
    compared = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Terms for {self.order.number}"

    def activity_root(self) -> Order:
        """The order."""
        return self.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.order.advertiser_id


class Prepayment(models.Model):
    """The fact that a prepaying client's order is paid: nothing of it starts before. Written by the workflow that sees payments."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="prepayment")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    why = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.order.number} is paid in advance"
