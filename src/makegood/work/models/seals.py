"""The chain of approvals: every decision given, each linked to the one before by its hash."""

from django.db import models

from makegood.core import guards


class Seal(models.Model):
    """One decision with everything it binds. Append-only; the unique `previous` lets the chain have no fork."""

    number = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64, unique=True)
    body_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    body = models.JSONField()
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()

    class Meta:
        triggers = guards.append_only()
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="seal_subject")]

    def __str__(self) -> str:
        return f"Seal {self.number}"
