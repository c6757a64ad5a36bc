"""What was checked, published and proved, and who may ask for bids."""

from django.db import models

from makegood.core import guards
from makegood.core.models import Person
from makegood.orders.models import Flight, Order


class QaRun(models.Model):
    """One pre-flight comparison of signed order, system and plan. `checks` lists every field compared."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="qa_runs")
    checks = models.JSONField(help_text="[{subject, field, signed, system, plan, equal, severity}]")
    fields = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()
    passed = models.BooleanField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()


class Publication(models.Model):
    """A serving plan as published to the ad servers."""

    version = models.PositiveIntegerField(unique=True)
    sha256 = models.CharField(max_length=64)
    flights = models.PositiveIntegerField()
    creatives = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"plan {self.version}"


class LiveProof(models.Model):
    """The first counted impressions of a flight, seen in the facts: proof that it is live."""

    flight = models.OneToOneField(Flight, models.PROTECT, related_name="live_proof")
    at = models.DateTimeField()
    impressions = models.BigIntegerField()


class Caller(models.Model):
    """Who was given a token to ask for bids by OpenRTB; it is made of the name, so a name that ended is never given again."""

    name = models.CharField(max_length=40, unique=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Caller {self.name}"
