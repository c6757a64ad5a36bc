"""The activity log: who did what, when and why, with the values before and after. Append-only."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from makegood.core import guards
from makegood.core.models.parties import Party
from makegood.core.models.people import Person


class Activity(models.Model):
    """One thing that happened. Audit trail, notification source and process-mining log in one.

    `root` names the campaign (or other whole) the subject belongs to, so that one history can be read over all its
    parts; `side` says who acted or was waited for: us, client or partner.
    """

    class Side(models.TextChoices):
        """Whose step it was."""

        US = "us", "Us"
        CLIENT = "client", "Client"
        PARTNER = "partner", "Partner"
        MACHINE = "machine", "Machine"

    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=200, blank=True)
    root_type = models.CharField(max_length=40)
    root_id = models.BigIntegerField()
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=8, choices=Side.choices, default=Side.US)
    why = models.TextField(blank=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    visible_to_client = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["root_type", "root_id", "-at"], name="activity_root"),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="activity_subject"),
            models.Index(fields=["verb", "at"], name="activity_verb"),
        ]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label}"
