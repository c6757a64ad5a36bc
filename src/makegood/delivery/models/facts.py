"""Counts by flight, creative version, placement and hour.

Gross = net + the sum of filtered, for each flight, placement and hour: deferred triggers of migration 0003 hold it.
"""

from django.db import models

from makegood.catalog.models import Placement
from makegood.creatives.models import Version
from makegood.orders.models import Flight


class Fact(models.Model):
    """One hour of one creative on one placement for one flight."""

    flight = models.ForeignKey(Flight, models.PROTECT, related_name="facts")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    hour = models.DateTimeField()
    device = models.CharField(max_length=12, blank=True)
    served = models.BigIntegerField(default=0)
    gross = models.BigIntegerField(default=0, help_text="impressions as counted")
    net = models.BigIntegerField(default=0, help_text="gross less filtered: what promises and invoices use")
    viewable = models.BigIntegerField(default=0)
    completes = models.BigIntegerField(default=0)
    clicks = models.BigIntegerField(default=0)
    audible = models.BigIntegerField(default=0, db_default=0, help_text="played with the sound on for two seconds")
    conversions = models.BigIntegerField(default=0, db_default=0, help_text="after a click, in the hour they were reported; each order once")
    rules = models.CharField(max_length=20, default="2026-11", help_text="version of the rule set net was made by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["flight", "placement", "hour", "version", "device"], name="fact_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=models.Q(net__gte=0) & models.Q(net__lte=models.F("gross")), name="net_within_gross"),
        ]
        indexes = [models.Index(fields=["hour"], name="fact_hour")]


class Filtered(models.Model):
    """Impressions of a flight on a placement in an hour that were counted but not accepted, by reason."""

    flight = models.ForeignKey(Flight, models.PROTECT, related_name="filtered")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    hour = models.DateTimeField()
    reason = models.CharField(max_length=30)
    rules = models.CharField(max_length=20, help_text="version of the rule set")
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flight", "placement", "hour", "reason", "rules"], name="filtered_once"),
            models.CheckConstraint(condition=models.Q(count__gt=0), name="filtered_positive"),
        ]


class ThirdPartyCount(models.Model):
    """What another counter says a flight delivered on a day."""

    flight = models.ForeignKey(Flight, models.PROTECT, related_name="third_party")
    day = models.DateField()
    vendor = models.CharField(max_length=60)
    impressions = models.BigIntegerField()
    clicks = models.BigIntegerField(default=0)
    zone = models.CharField(max_length=40, blank=True, default="", help_text="in which their days lie, where they say so")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flight", "day", "vendor"], name="third_party_once")]
