"""By which rules counts were made, and the times they were made anew."""

import pgtrigger
from django.db import models

from makegood.core import guards
from makegood.core.models import Person


class CountingRules(models.Model):
    """A rule set as first used. It never changes: another rule is another version."""

    version = models.CharField(max_length=20, primary_key=True)
    starts_on = models.DateField(help_text="hours of this day (UTC) and later are counted by it, until another starts")
    data = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"Rule set {self.version}"


class Recount(models.Model):
    """Days whose counts were replaced by a count of the kept events under another rule set."""

    first = models.DateTimeField()
    until = models.DateTimeField()
    rules = models.ForeignKey(CountingRules, models.PROTECT, related_name="recounts")
    why = models.CharField(max_length=200)
    changes = models.JSONField(help_text="[{flight, day, before: {gross, net, …}, after}] of every flight-day that changed")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers: list[pgtrigger.Trigger] = guards.append_only()
        constraints = [models.CheckConstraint(condition=models.Q(first__lt=models.F("until")), name="recount_forwards")]

    def __str__(self) -> str:
        return f"Recount of {self.first:%Y-%m-%d} to {self.until:%Y-%m-%d} by {self.rules_id}"


class CountingTotal(models.Model):
    """How many events counting has seen of a kind since the beginning: what monitoring reads."""

    name = models.CharField(max_length=40, primary_key=True, help_text="read, accepted, filtered:REASON, apart:REASON, refused:REASON")
    total = models.BigIntegerField(default=0)
