"""Vendors' delivery files: those received, and what is remembered of them: column names, and whose placement is which flight."""

from django.db import models

from makegood.core.models import Person, StoredFile
from makegood.orders.models import Flight


class VendorLayout(models.Model):
    """Columns of a vendor's delivery file as last confirmed, by the header they stood under; and its zone of days."""

    vendor = models.CharField(max_length=60, primary_key=True)
    columns = models.JSONField(help_text="{header, folded: field}")
    zone = models.CharField(max_length=40, blank=True)
    bills = models.BooleanField(default=True, help_text="its counts may be billed; off for who only verifies")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Layout of {self.vendor}"


class PlacementRule(models.Model):
    """A vendor's placement, by its id or else its name, is this flight of ours."""

    vendor = models.CharField(max_length=60)
    placement = models.CharField(max_length=200, help_text="their id, or their name where the file gives no id")
    flight = models.ForeignKey(Flight, models.CASCADE, null=True, related_name="placement_rules", help_text="none: not ours to count")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vendor", "placement"], name="placement_rule_once")]

    def __str__(self) -> str:
        return f"{self.vendor}: {self.placement}"


class CountLoad(models.Model):
    """A vendor's file as received. Nothing of it is counted until somebody confirms it (`loaded_at`)."""

    vendor = models.CharField(max_length=60)
    document = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    choices = models.JSONField(default=dict, help_text="{their placement: id of our flight, or null when it is not ours}")
    columns = models.JSONField(default=dict, help_text="{header, folded: field} where the reading was put right")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    loaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField(null=True)
    rows = models.IntegerField(default=0, help_text="days of flights in it")
    changed = models.IntegerField(default=0, help_text="of these, new or other than known")
    impressions = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(loaded_at__isnull=False) | models.Q(rows=0, changed=0, impressions=0), name="counted_when_loaded")
        ]

    def __str__(self) -> str:
        return f"{self.vendor}: {self.document.name}"
