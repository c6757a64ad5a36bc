"""What a person is told, once, by urgency."""

from django.db import models

from makegood.core.models.activity import Activity
from makegood.core.models.people import Person


class Notification(models.Model):
    """One notice to one person about one activity."""

    class Urgency(models.TextChoices):
        """At once when blocking; the rest in the daily digest."""

        NOW = "now", "Now"
        DIGEST = "digest", "Digest"

    person = models.ForeignKey(Person, models.CASCADE, related_name="notifications")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.DIGEST)
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "activity"], name="notified_once")]
