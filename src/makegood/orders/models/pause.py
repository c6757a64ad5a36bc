"""Days on which a flight is not served, with who stopped it and why."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value

from makegood.core.models import Person
from makegood.orders.models.line import Flight
from makegood.orders.models.order import Order


class Pause(models.Model):
    """`days` are half-open, in the order's zone; without an end until somebody resumes. One taken back before it began is lifted."""

    flight = models.ForeignKey(Flight, models.PROTECT, related_name="pauses")
    days = DateRangeField(help_text="half-open: the day it serves again is outside")
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True, help_text="when its first day was acted on")
    over_at = models.DateTimeField(null=True, blank=True, help_text="when its end was acted on")

    class Meta:
        ordering = ["flight_id", "pk"]
        constraints = [
            ExclusionConstraint(
                name="paused_once",
                # an int8range of one id stands in for equality, so that no extension is needed for the index
                expressions=[
                    (Func(F("flight_id"), F("flight_id"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(lifted_at__isnull=True),
            ),
            models.CheckConstraint(condition=models.Q(days__isempty=False), name="pause_has_days"),
        ]

    def __str__(self) -> str:
        return f"Pause of {self.flight}"

    def activity_root(self) -> Order:
        """The order."""
        return self.flight.line.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.flight.line.order.advertiser_id
