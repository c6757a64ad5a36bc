"""The seller this installation belongs to."""

from django.db import models


class Seller(models.Model):
    """Name, address, tax and bank details as they stand on documents; zone and currency as defaults."""

    name = models.CharField(max_length=160)
    address = models.TextField(blank=True)
    tax_id = models.CharField(max_length=40, blank=True)
    bank = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    zone = models.CharField(max_length=40, default="America/New_York")
    currency = models.CharField(max_length=3, default="USD")
    discount_limit_pct = models.DecimalField(max_digits=5, decimal_places=2, default=15)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_seller")]

    def __str__(self) -> str:
        return self.name
