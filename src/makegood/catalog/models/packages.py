"""Packages: several products sold together at one price, some of them as added value."""

from django.db import models

from makegood.catalog.models.sold import Product


class Package(models.Model):
    """What is sold together. `price` is of the whole of it, gross, whatever its items would cost alone."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3, default="USD")
    price = models.DecimalField(max_digits=14, decimal_places=2)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(price__gte=0), name="package_price")]

    def __str__(self) -> str:
        return self.name


class PackageItem(models.Model):
    """A product of a package, how much of it, and whether it is added value: given with the others at no charge."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    quantity = models.BigIntegerField()
    added_value = models.BooleanField(default=False)

    class Meta:
        ordering = ["package_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["package", "position"], name="package_position_once"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="package_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.package}: {self.product}"
