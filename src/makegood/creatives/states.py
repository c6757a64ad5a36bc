"""State machines of creatives."""

from django.db import models

from makegood.core.states import Machine


class VersionStatus(models.TextChoices):
    """Life of one version. Approved is final for these bytes: a change is a new version."""

    RECEIVED = "received", "Received"
    FAILED = "failed", "Fails spec"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"


VERSION = Machine(
    "creative_version",
    {
        "received": ("failed", "in_review"),
        "failed": ("in_review", "withdrawn"),  # in review after all: an exception was asked for
        "in_review": ("approved", "rejected", "withdrawn"),
        "approved": ("withdrawn",),
        "rejected": ("in_review", "withdrawn"),
        "withdrawn": (),
    },
)
