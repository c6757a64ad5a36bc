"""How far another counter is from ours, line by line, as last compared. Lists read this; the comparison is in actions.comparing."""

from django.db import models

from makegood.orders.models import Line


class Discrepancy(models.Model):
    """One row a line, replaced at each comparison; the counts themselves are in facts and third-party counts."""

    class Tier(models.TextChoices):
        """What the difference calls for (engine.discrepancy.tiers)."""

        TOO_FEW = "too_few", "Too few to say"
        WITHIN = "within", "Within 10 %"
        RECONCILE = "reconcile", "10 to 20 %: reconcile"
        INCIDENT = "incident", "Over 20 %: incident"

    class Cause(models.TextChoices):
        """What fits the days best (engine.discrepancy.causes)."""

        TIME_ZONE = "time_zone", "Time zone"
        WRAPPED_TAG = "wrapped_tag", "Tag lost in a wrapper"
        FILTERING = "filtering", "Filtering"
        CREATIVE_WEIGHT = "creative_weight", "Heavy creative"
        DUPLICATE_PLACEMENT = "duplicate_placement", "Tag in several placements"
        MISSING_DAYS = "missing_days", "Missing days"
        UNEXPLAINED = "unexplained", "Not explained"

    line = models.OneToOneField(Line, models.CASCADE, related_name="discrepancy")
    vendor = models.CharField(max_length=60)
    zone = models.CharField(max_length=40, blank=True, help_text="of the vendor's days, where it says so")
    first = models.DateField()
    last = models.DateField()
    ours = models.BigIntegerField()
    theirs = models.BigIntegerField()
    share = models.FloatField(null=True, help_text="(ours - theirs) / ours")
    tier = models.CharField(max_length=10, choices=Tier.choices)
    at_stake = models.DecimalField(max_digits=14, decimal_places=2, help_text="the difference at the line's price")
    cause = models.CharField(max_length=20, choices=Cause.choices, blank=True, help_text="empty within tolerance, or on the first day")
    findings = models.JSONField(default=list, help_text="[{cause, explained, units, value, creative}], the likeliest first")
    days = models.JSONField(default=list, help_text="[{day, ours, theirs, tier}]")
    as_of = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at_stake"], name="discrepancy_money")]

    def __str__(self) -> str:
        return f"{self.line}: {self.vendor}"
