"""The advertising guidelines, rule by rule and version by version."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.core import guards
from makegood.core.models import Person


class Guideline(models.Model):
    """One rule of the advertising guidelines in one version. A change is a new version, never an edit.

    Empty category, markets or products: for all. Hints and domains make a reviewer look and decide nothing. `evidence` must
    be there before a creative of the category is approved. `risk` says who may except from it.
    """

    class Evidence(models.TextChoices):
        """What an advertiser must show."""

        LICENCE = "licence", "Licence"
        AGE_GATE = "age_gate", "Age gate"
        DISCLAIMER = "disclaimer", "Disclaimer"

    class Risk(models.IntegerChoices):
        """What it costs to be wrong; an exception's approver follows from it."""

        LOW = 1, "Low"
        MEDIUM = 2, "Medium"
        HIGH = 3, "High"

    code = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=160)
    text = models.TextField()
    category = models.CharField(max_length=60, blank=True, help_text="empty: for all")
    markets = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    products = ArrayField(models.CharField(max_length=50), default=list, blank=True, help_text="codes")
    hints = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="words that make a reviewer look")
    domains = ArrayField(models.CharField(max_length=120), default=list, blank=True, help_text="landing pages that make a reviewer look")
    evidence = ArrayField(models.CharField(max_length=12, choices=Evidence.choices), default=list, blank=True)
    examples = models.JSONField(default=list, blank=True, help_text="pairs of ok (true or false) and text")
    risk = models.PositiveSmallIntegerField(choices=Risk.choices, default=Risk.MEDIUM)
    source = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True, help_text="what this version changes, and why")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        triggers = guards.append_only()
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="guideline_version_once"),
            models.CheckConstraint(condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")), name="guideline_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def name(self) -> str:
        """Code and version, as a decision binds it."""
        return f"{self.code}@{self.version}"
