"""Whom a campaign reached, as last read from the rollups. Counts of impressions are in the facts."""

from django.db import models

from makegood.orders.models import Order


class Reach(models.Model):
    """One row an order, replaced whenever rollups of its days are made. People are browsers that consented."""

    order = models.OneToOneField(Order, models.CASCADE, related_name="reach")
    people = models.BigIntegerField()
    impressions = models.BigIntegerField(help_text="accepted ones of these people")
    of_nobody = models.BigIntegerField(help_text="accepted ones of nobody known")
    as_of = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order}: {self.people}"

    @property
    def frequency(self) -> float | None:
        """Impressions a person had; None where nobody is known."""
        return self.impressions / self.people if self.people else None

    @property
    def known_share(self) -> float | None:
        """The part of impressions whose person is known."""
        shown = self.impressions + self.of_nobody
        return self.impressions / shown if shown else None
