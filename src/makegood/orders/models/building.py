"""What the order builder keeps of a line beside its terms."""

from django.db import models

from makegood.orders.models.line import Line


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
