"""What is remembered of a vendor's files: how its columns are named, and which of its placements is which flight of ours."""

from django.db import models

from makegood.core.models import Person
from makegood.orders.models import Flight


class VendorLayout(models.Model):
    """Columns of a vendor's delivery file as last confirmed, by the header they stood under; and its zone of days."""

    vendor = models.CharField(max_length=60, primary_key=True)
    columns = models.JSONField(help_text="{header, folded: field}")
    zone = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Layout of {self.vendor}"


class PlacementRule(models.Model):
    """A vendor's placement, by its id or else its name, is this flight of ours."""

    vendor = models.CharField(max_length=60)
    placement = models.CharField(max_length=200, help_text="their id, or their name where the file gives no id")
    flight = models.ForeignKey(Flight, models.CASCADE, related_name="placement_rules")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vendor", "placement"], name="placement_rule_once")]

    def __str__(self) -> str:
        return f"{self.vendor}: {self.placement}"
