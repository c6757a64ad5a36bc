"""Creatives on flights, and how they take turns."""

from django.db import models

from makegood.core.models import Person
from makegood.creatives.models import Version
from makegood.orders.models import Flight, Order
from makegood.trafficking import states


class Assignment(models.Model):
    """A creative version that runs on a flight, with its weight and where its click goes."""

    machine = states.ASSIGNMENT
    flight = models.ForeignKey(Flight, models.PROTECT, related_name="assignments")
    version = models.ForeignKey(Version, models.PROTECT, related_name="assignments")
    weight = models.PositiveSmallIntegerField(default=100)
    click_url = models.URLField(max_length=1000)
    impression_urls = models.JSONField(default=list, blank=True, help_text="third-party pixels")
    status = models.CharField(
        max_length=8, choices=states.AssignmentStatus.choices, default=states.AssignmentStatus.ACTIVE
    )
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [states.ASSIGNMENT.trigger()]
        constraints = [
            models.UniqueConstraint(
                fields=["flight", "version"], condition=~models.Q(status="removed"), name="assigned_once"
            ),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="assignment_weight"),
        ]

    def __str__(self) -> str:
        return f"{self.version} on {self.flight}"

    def activity_root(self) -> Order:
        """The order."""
        return self.flight.line.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.flight.line.order.advertiser_id


class Rotation(models.Model):
    """How a flight's creatives take turns, where somebody chose; without one they do by their weights."""

    class Kind(models.TextChoices):
        """Which creative shows next (engine.rotation)."""

        EVEN = "even", "Evenly"
        WEIGHTED = "weighted", "By weight"
        SEQUENTIAL = "sequential", "In sequence"
        OPTIMISED = "optimised", "Optimised"

    class Aim(models.TextChoices):
        """What an optimised rotation shows more of."""

        CLICKS = "clicks", "Clicks"
        COMPLETES = "completes", "Completed plays"
        CONVERSIONS = "conversions", "Conversions"

    flight = models.OneToOneField(Flight, models.PROTECT, related_name="rotation")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    aim = models.CharField(max_length=11, choices=Aim.choices, blank=True, default="")
    roadblock = models.BooleanField(default=False, help_text="takes every slot of a page, or none")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind="optimised") ^ models.Q(aim=""), name="rotation_aims_when_optimised"),
        ]

    def __str__(self) -> str:
        return f"Rotation of {self.flight}"

    def activity_root(self) -> Order:
        """The order."""
        return self.flight.line.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.flight.line.order.advertiser_id
