"""How far the ad servers' event logs have been read, and which events were seen: what makes counting happen once."""

from django.db import models


class SegmentOffset(models.Model):
    """Bytes of an event segment already counted; moves in the transaction that counts them."""

    segment = models.CharField(max_length=120, primary_key=True)
    offset = models.BigIntegerField(default=0)
    at = models.DateTimeField()


class SeenEvent(models.Model):
    """Id of an event already counted, kept for the 45 days in which late and repeated events can arrive."""

    id = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField(db_index=True)
