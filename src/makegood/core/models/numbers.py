"""Gapless numbers for documents that the law or the client counts."""

from django.db import models


class NumberSeries(models.Model):
    """The last number given in a series; taken under a row lock inside the document's own transaction."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.BigIntegerField(default=0)
