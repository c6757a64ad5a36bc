"""How far the ad servers' event logs have been read, and which events were seen: what makes counting happen once."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class SegmentOffset(models.Model):
    """Bytes of an event segment already counted; moves in the transaction that counts them."""

    segment = models.CharField(max_length=120, primary_key=True)
    offset = models.BigIntegerField(default=0)
    at = models.DateTimeField()


class SeenEvent(models.Model):
    """An event already counted and what it counts as, kept for the 45 days in which late and repeated ones can arrive.

    `kind` and `reason` are numbers of delivery.judging; `sender` is set while a rate is measured by it. No foreign
    keys: facts have them, and this is written for every event.
    """

    id = models.CharField(max_length=60, primary_key=True)
    happened_ms = models.BigIntegerField(default=0)
    kind = models.SmallIntegerField(default=0)
    reason = models.SmallIntegerField(default=0)
    flight_id = models.BigIntegerField(default=0)
    version_id = models.BigIntegerField(null=True)
    placement_id = models.BigIntegerField(default=0)
    device = models.CharField(max_length=12, blank=True, default="")
    weight = models.IntegerField(default=1)
    sender = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["sender", "happened_ms"], name="seen_sender", condition=models.Q(sender__isnull=False)),
            BrinIndex(fields=["happened_ms"], name="seen_happened"),
        ]


class Apart(models.Model):
    """Impressions that came too late to be counted, or from a clock far ahead: in no count, kept to be seen."""

    flight_id = models.BigIntegerField()
    hour = models.DateTimeField()
    reason = models.CharField(max_length=20)
    count = models.BigIntegerField()
    at = models.DateTimeField(help_text="when the last of them came")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flight_id", "hour", "reason"], name="apart_once")]
