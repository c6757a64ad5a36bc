"""Plans: the mix proposed for a brief, version by version, and its lines."""

from django.db import models

from makegood.catalog.models import Product, RateType
from makegood.core.models import Person
from makegood.sales import states
from makegood.sales.models.briefs import Brief


class Plan(models.Model):
    """A mix for a brief as solved, and as people changed it since.

    `problem` is what it was solved from (engine.planner.Problem), so that an edit is answered without asking for avails anew;
    `found` what was found beside it: alternatives, what binds, what was left out, past results. `order_number` is the order
    it became: orders are downstream and known by name.
    """

    machine = states.PLAN
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=states.PlanStatus.choices, default=states.PlanStatus.DRAFT)
    chosen = models.CharField(max_length=12, default="best", help_text="best, or the kind of alternative it was swapped for")
    kpi_type = models.CharField(max_length=12, choices=Brief.Kpi.choices)
    budget = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    outcome = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    problem = models.JSONField()
    found = models.JSONField()
    figures = models.JSONField(default=dict, help_text="reach, frequency, rules missed and constraints broken, as last evaluated")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    order_number = models.CharField(max_length=30, blank=True)

    class Meta:
        triggers = [states.PLAN.trigger()]
        constraints = [
            models.UniqueConstraint(fields=["brief", "version"], name="plan_version_once"),
            models.UniqueConstraint(fields=["brief"], condition=models.Q(status="accepted"), name="plan_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.brief.name}, plan {self.version}"

    def activity_root(self) -> Brief:
        """The brief."""
        return self.brief

    def activity_party(self) -> int:
        """The advertiser."""
        return self.brief.advertiser_id


class PlanLine(models.Model):
    """One line of a plan: what an order's line would be, with what is expected of it and why it is there."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80, help_text="its candidate in the plan's problem")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()
    periods = models.JSONField(help_text="[first day, last day] pairs it runs in")
    rate_type = models.CharField(max_length=5, choices=RateType.choices)
    unit = models.CharField(max_length=12)
    rate = models.DecimalField(max_digits=12, decimal_places=4)
    card_rate = models.DecimalField(max_digits=12, decimal_places=4)
    floor = models.DecimalField(max_digits=12, decimal_places=4)
    units = models.BigIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    targeting = models.JSONField(default=dict, blank=True)
    outcome = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    sure = models.FloatField(help_text="chance that its inventory is there in full")
    reasons = models.JSONField(default=dict)
    locked = models.BooleanField(default=False)

    class Meta:
        ordering = ["plan_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_line_number_once"),
            models.UniqueConstraint(fields=["plan", "product"], name="plan_line_product_once"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="plan_line_dates"),
            models.CheckConstraint(condition=models.Q(units__gt=0, amount__gte=0, rate__gte=0), name="plan_line_money"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.product}"

    def activity_root(self) -> Brief:
        """The brief."""
        return self.plan.brief

    def activity_party(self) -> int:
        """The advertiser."""
        return self.plan.brief.advertiser_id
