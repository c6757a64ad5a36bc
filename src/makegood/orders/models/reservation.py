"""Inventory reserved by booked flights. The exclusion constraint makes a double booking impossible, whoever tries."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value

from makegood.catalog.models import Placement
from makegood.orders.models.line import Flight


class Reservation(models.Model):
    """A flight's claim on a placement for a range of days: units, all of it when exclusive, or a share of its voice.

    Migration 0005 adds a trigger: over bookings, and holds in force of other clients, no day has more than 100 per cent.
    """

    flight = models.ForeignKey(Flight, models.PROTECT, related_name="reservations")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="reservations")
    days = DateRangeField(help_text="half-open: the day after the last is outside")
    units = models.BigIntegerField(default=0)
    exclusive = models.BooleanField(default=False)
    share_pct = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of the voice on its days")
    released_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="exclusive_once",
                # an int8range of one id stands in for equality, so that no extension is needed for the index
                expressions=[
                    (Func(F("placement_id"), F("placement_id"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(exclusive=True, released_at__isnull=True),
            ),
            models.CheckConstraint(condition=models.Q(units__gte=0), name="reserved_units"),
            models.CheckConstraint(condition=models.Q(share_pct=None) | models.Q(share_pct__gte=1, share_pct__lte=100), name="reserved_share"),
        ]
