"""Who acts for whom from when to when, and an advertiser's brands."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Lower

from makegood.accounts.models.account import Account


def _one(field: str) -> tuple[Func, str]:
    return Func(F(field), F(field), Value("[]"), function="int8range"), RangeOperators.OVERLAPS


def _days() -> tuple[Func, str]:
    return Func(F("start"), F("end"), Value("[]"), function="daterange", output_field=DateRangeField()), RangeOperators.OVERLAPS


class Representation(models.Model):
    """An agency acting for an advertiser from `start` to `end` (open when empty), with its commission.

    The same two are related once on a day, and an advertiser has one agency of record on a day: the database refuses more.
    """

    agency = models.ForeignKey(Account, models.PROTECT, related_name="clients")
    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="agencies")
    commission_pct = models.DecimalField(max_digits=5, decimal_places=2, default=15)
    of_record = models.BooleanField(default=False)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__isnull=True) | models.Q(end__gte=F("start")), name="representation_dates"),
            ExclusionConstraint(name="represented_once", expressions=[_one("agency_id"), _one("advertiser_id"), _days()]),
            ExclusionConstraint(name="one_agency_of_record", expressions=[_one("advertiser_id"), _days()], condition=models.Q(of_record=True)),
        ]

    def __str__(self) -> str:
        return f"{self.agency} for {self.advertiser}"


class Brand(models.Model):
    """A brand of an advertiser, with a category of its own when that differs."""

    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="brands")
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("advertiser", Lower("name"), name="brand_once")]

    def __str__(self) -> str:
        return self.name
