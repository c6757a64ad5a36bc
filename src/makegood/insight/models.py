"""The records of insight."""

from django.db import models

from makegood.catalog.models import Property
from makegood.core.models import Person, StoredFile, Team
from makegood.engine import renewal
from makegood.orders.models import Order


class Goal(models.Model):
    """Revenue goal for a month: of a property, a seller, a team or a category of advertisers; exactly one of them."""

    property = models.ForeignKey(Property, models.CASCADE, null=True, blank=True, related_name="goals")
    seller = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="goals")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="goals")
    category = models.CharField(max_length=60, null=True, blank=True, help_text="of advertisers")
    month = models.DateField(help_text="its first day")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="USD")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["property", "seller", "team", "category", "month", "currency"], nulls_distinct=False, name="goal_once"),
            models.CheckConstraint(
                condition=models.Q(property__isnull=False, seller=None, team=None, category=None) | models.Q(property=None, seller__isnull=False, team=None, category=None)
                | models.Q(property=None, seller=None, team__isnull=False, category=None) | models.Q(property=None, seller=None, team=None, category__isnull=False),
                name="goal_of_one",
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="goal_amount"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="goal_month"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Goal of {self.property or self.seller or self.team or self.category or 'no category'}, {self.month:%B %Y}"


def renewal_weights() -> dict[str, float]:
    """Points by fact, as installed."""
    return dict(renewal.WEIGHTS)


class RenewalWeights(models.Model):
    """How many points each fact may give or take in the score of a renewal: one row, or engine.renewal's while there is none."""

    points = models.JSONField(default=renewal_weights)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_renewal_weights")]

    def __str__(self) -> str:
        return "Weights of renewals"


class Initiative(models.Model):
    """A change to how we work, with the day it began, so that its effect can be measured."""

    name = models.CharField(max_length=120)
    began_on = models.DateField()
    owner = models.ForeignKey(Person, models.PROTECT, related_name="initiatives")
    measure = models.CharField(max_length=40, default="brief_to_live_days")
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """A wrap-up report as made: its data frozen, its files stored."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="reports")
    data = models.JSONField()
    files = models.ManyToManyField(StoredFile, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]


class Snooze(models.Model):
    """An item of Today that its person put off. Only for what has no snooze of its own; `key` as in insight.queue."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="snoozed_once")]
