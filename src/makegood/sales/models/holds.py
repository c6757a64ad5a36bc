"""Inventory kept for a client for a while."""

from django.db import models

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.core.models import Person
from makegood.sales import states
from makegood.sales.models.briefs import Brief


class Hold(models.Model):
    """Inventory kept for a client until a moment, by somebody, for a reason."""

    machine = states.HOLD
    product = models.ForeignKey(Product, models.PROTECT, related_name="holds")
    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="holds")
    brief = models.ForeignKey(Brief, models.SET_NULL, null=True, blank=True, related_name="holds")
    start = models.DateField()
    end = models.DateField()
    units = models.BigIntegerField(help_text="impressions or days")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="holds")
    expires_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=states.HoldStatus.choices, default=states.HoldStatus.HELD)
    created_at = models.DateTimeField()

    class Meta:
        triggers = [states.HOLD.trigger()]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="hold_dates"),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="hold_units"),
        ]

    def __str__(self) -> str:
        return f"Hold {self.product} for {self.advertiser}"

    def activity_party(self) -> int:
        """The advertiser."""
        return self.advertiser_id
