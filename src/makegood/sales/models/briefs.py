"""What clients want, before anything is sold."""

from django.db import models

from makegood.accounts.models import Account
from makegood.catalog.models import Property
from makegood.core.models import Person
from makegood.sales import states


class Brief(models.Model):
    """What a client wants: objective, money, dates. Weighted by probability it is the pipeline."""

    machine = states.BRIEF

    class Objective(models.TextChoices):
        """What the campaign is for."""

        AWARENESS = "awareness", "Awareness"
        CONSIDERATION = "consideration", "Consideration"
        ACTION = "action", "Action"
        RETAIL_SALES = "retail_sales", "Retail sales"

    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="briefs")
    agency = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160)
    objective = models.CharField(max_length=16, choices=Objective.choices)
    budget = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="USD")
    start = models.DateField()
    end = models.DateField()
    property = models.ForeignKey(Property, models.PROTECT, null=True, blank=True, related_name="+")
    kpi = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=200, blank=True)
    probability_pct = models.PositiveSmallIntegerField(default=50)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="briefs")
    received_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=states.BriefStatus.choices, default=states.BriefStatus.OPEN)

    class Meta:
        triggers = [states.BRIEF.trigger()]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="brief_dates"),
            models.CheckConstraint(condition=models.Q(probability_pct__lte=100), name="brief_probability"),
        ]

    def __str__(self) -> str:
        return self.name

    def activity_party(self) -> int:
        """The advertiser."""
        return self.advertiser_id
