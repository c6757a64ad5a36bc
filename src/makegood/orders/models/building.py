"""What the order builder keeps: of a line beside its terms, and of each save of a sheet, so that one sent twice is done once."""

from django.db import models

from makegood.core import guards
from makegood.core.models import Person
from makegood.orders.models.line import Line
from makegood.orders.models.order import Order


class LineDetail(models.Model):
    """Notes, the words of its flighting, whether it is added value, the package it came from, warnings dismissed with a reason.

    `dismissed` is {problem@column: {"reason", "message", "by", "at"}}; it holds while the warning says the same.
    """

    line = models.OneToOneField(Line, models.CASCADE, related_name="detail")
    notes = models.TextField(blank=True)
    flighting = models.TextField(blank=True)
    added_value = models.BooleanField(default=False)
    package = models.CharField(max_length=50, blank=True)
    dismissed = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.line}, detail"


class SheetSave(models.Model):
    """A sheet saved: under which key, of what (hash of what was sent), and what was answered."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="sheet_saves")
    key = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    reply = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        constraints = [models.UniqueConstraint(fields=["order", "key"], name="sheet_saved_once")]

    def __str__(self) -> str:
        return f"{self.order.number} saved {self.at}"
