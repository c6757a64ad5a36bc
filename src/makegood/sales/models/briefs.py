"""What a client wants."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.accounts.models import Account
from makegood.catalog.models import Property
from makegood.core.models import Person
from makegood.sales import states


class Brief(models.Model):
    """What a client wants: objective, money, dates, audience, what must and must not be. Weighted by probability it is the pipeline.

    `targeting` is the audience as engine.targeting reads it, `audience` the same in words; `must_have` are codes of products or
    placements, `excluded` too, `beside` sections the ads must not stand beside, `hiatus` pairs of days without ads.
    """

    machine = states.BRIEF

    class Objective(models.TextChoices):
        """What the campaign is for."""

        AWARENESS = "awareness", "Awareness"
        CONSIDERATION = "consideration", "Consideration"
        ACTION = "action", "Action"
        RETAIL_SALES = "retail_sales", "Retail sales"

    class Kpi(models.TextChoices):
        """What it is measured by."""

        IMPRESSIONS = "impressions", "Impressions"
        VIEWABLE = "viewable", "Viewable impressions"
        REACH = "reach", "People reached"
        CLICKS = "clicks", "Clicks"
        COMPLETES = "completes", "Completed views"
        CONVERSIONS = "conversions", "Conversions"
        SALES = "sales", "Sales"

    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="briefs")
    agency = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160)
    objective = models.CharField(max_length=16, choices=Objective.choices)
    budget = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="USD")
    start = models.DateField()
    end = models.DateField()
    property = models.ForeignKey(Property, models.PROTECT, null=True, blank=True, related_name="+")
    kpi = models.CharField(max_length=120, blank=True, help_text="in the client's words")
    kpi_type = models.CharField(max_length=12, choices=Kpi.choices, default=Kpi.IMPRESSIONS)
    kpi_target = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    kpi_frequency = models.PositiveSmallIntegerField(default=1, help_text="contacts from which a person counts as reached")
    basket = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, help_text="sales of one conversion")
    targeting = models.JSONField(default=dict, blank=True)
    markets = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="geographies: US-NY")
    must_have = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="codes of products or placements")
    excluded = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="codes of products or placements")
    beside = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="sections it must not stand beside")
    hiatus = models.JSONField(default=list, blank=True, help_text="[first day, last day] pairs without ads")
    background = models.TextField(blank=True, help_text="what went before, in words")
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
            models.CheckConstraint(condition=models.Q(kpi_frequency__gte=1, kpi_frequency__lte=20), name="brief_frequency"),
        ]

    def __str__(self) -> str:
        return self.name

    def activity_party(self) -> int:
        """The advertiser."""
        return self.advertiser_id
