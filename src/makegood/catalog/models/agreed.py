"""Rates an agreement protects: what a product costs its client for the agreement's dates, whatever the card says."""

from django.db import models

from makegood.accounts.models import Contract
from makegood.catalog.models.sold import Product


class ContractRate(models.Model):
    """One product's protected rate, in the agreement's currency, for its dates or until `last` where it was ended before."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="rates")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    rate = models.DecimalField(max_digits=12, decimal_places=4)
    last = models.DateField(null=True, blank=True, help_text="its last day, where it was ended before the agreement")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "product"], name="protected_once"),
            models.CheckConstraint(condition=models.Q(rate__gte=0), name="protected_rate"),
        ]

    def __str__(self) -> str:
        return f"{self.product} under {self.contract.number}"
