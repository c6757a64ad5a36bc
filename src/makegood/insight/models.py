"""The records of insight."""

from django.db import models

from makegood.catalog.models import Property
from makegood.core.models import Person, StoredFile
from makegood.orders.models import Order


class Goal(models.Model):
    """Revenue goal of a property for a month."""

    property = models.ForeignKey(Property, models.CASCADE, related_name="goals")
    month = models.DateField(help_text="its first day")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="USD")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["property", "month"], name="goal_once")]


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
