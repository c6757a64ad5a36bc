"""Master agreements, their tiers, and the categories they promise to one client alone."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Coalesce, Lower

from makegood.accounts import states
from makegood.accounts.models.account import Account
from makegood.core.models import Person

EVERYWHERE = 2**62  # no property has this id: the range up to it meets that of every one


def _hash() -> Func:
    return Func(Lower("category"), Value(0), function="hashtextextended", output_field=models.BigIntegerField())


class Contract(models.Model):
    """A master agreement for a year: commitment, tiers, renewal.

    With `card_on` the rate card of that day holds for its dates; `exclusive_category` is promised alone on the properties of
    `exclusive_properties` (catalogue ids; everywhere when empty).
    """

    class Basis(models.TextChoices):
        """Which spend a tier's rebate is of."""

        RETROACTIVE = "retroactive", "All spend, at the tier reached"
        MARGINAL = "marginal", "Each part at its own tier"

    machine = states.CONTRACT
    number = models.CharField(max_length=30, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="contracts")
    title = models.CharField(max_length=160)
    start = models.DateField()
    end = models.DateField()
    commitment = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="USD")
    notice_days = models.PositiveSmallIntegerField(default=60)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="contracts")
    status = models.CharField(max_length=10, choices=states.ContractStatus.choices, default=states.ContractStatus.DRAFT)
    terms = models.TextField(blank=True)
    exclusive_category = models.CharField(max_length=60, blank=True)
    exclusive_properties = ArrayField(models.BigIntegerField(), default=list, blank=True)
    rebate_basis = models.CharField(max_length=12, choices=Basis.choices, default=Basis.RETROACTIVE)
    card_on = models.DateField(null=True, blank=True, help_text="the rate card of this day holds for the agreement's dates")
    notice_given_on = models.DateField(null=True, blank=True)
    notice_by_us = models.BooleanField(default=False)

    class Meta:
        triggers = [states.CONTRACT.trigger()]
        constraints = [models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="contract_dates")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def activity_party(self) -> int:
        """The account's party."""
        return self.account_id


class Tier(models.Model):
    """From this spend on, this rebate."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="tiers")
    spend_from = models.DecimalField(max_digits=14, decimal_places=2)
    rebate_pct = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["spend_from"]
        constraints = [models.UniqueConstraint(fields=["contract", "spend_from"], name="tier_once")]


class Exclusivity(models.Model):
    """A category kept for one client on a property (everywhere when empty) for a range of days, by an agreement in force.

    The database refuses a second client the same category, place and day, whoever asks.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="promises")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    category = models.CharField(max_length=60)
    property_id = models.BigIntegerField(null=True, blank=True)
    days = DateRangeField(help_text="half-open: the day after the last is outside")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="category_once",
                # ranges stand in for equality, so that no extension is needed: of a text's hash, and of one id or all
                expressions=[
                    (Func(_hash(), _hash(), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(Coalesce(F("property_id"), Value(0)), Coalesce(F("property_id"), Value(EVERYWHERE)), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(released_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} for {self.account}"
