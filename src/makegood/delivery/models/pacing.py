"""Where a line stands against its promise, as last computed. Lists read this; the computation is in actions.pacing."""

from django.db import models

from makegood.orders.models import Line


class Pace(models.Model):
    """One row a line, replaced at each computation; history is in the facts it was computed from."""

    class State(models.TextChoices):
        """The four states everything visible uses."""

        OK = "ok", "On track"
        WATCH = "watch", "Watch"
        RISK = "risk", "At risk"
        BLOCKED = "blocked", "Blocked"

    line = models.OneToOneField(Line, models.CASCADE, related_name="pace")
    as_of = models.DateTimeField()
    goal = models.BigIntegerField()
    delivered = models.BigIntegerField()
    expected = models.BigIntegerField()
    yesterday = models.BigIntegerField()
    needed_per_day = models.BigIntegerField()
    projected = models.BigIntegerField()
    projected_low = models.BigIntegerField()
    projected_high = models.BigIntegerField()
    osi = models.DecimalField(max_digits=7, decimal_places=2, null=True, help_text="on-schedule indicator, 100 is on schedule")
    at_risk = models.DecimalField(max_digits=14, decimal_places=2, help_text="money of the projected shortfall")
    state = models.CharField(max_length=8, choices=State.choices)
    finding = models.CharField(max_length=200, blank=True, help_text="the cause in one sentence")
    causes = models.JSONField(default=list, help_text="[{key, label, units}] that add up to projected - goal")

    class Meta:
        indexes = [models.Index(fields=["state", "-at_risk"], name="pace_risk")]
