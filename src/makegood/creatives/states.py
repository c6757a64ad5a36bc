"""State machines of creatives."""

from django.db import models

from makegood.core.states import Machine


class VersionStatus(models.TextChoices):
    """Life of one version. A change of bytes is a new version; a change of where it leads opens the approval again."""

    RECEIVED = "received", "Received"
    FAILED = "failed", "Fails spec"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"


UNDECIDED = (VersionStatus.RECEIVED, VersionStatus.FAILED, VersionStatus.IN_REVIEW)
VERSION = Machine(
    "creative_version",
    {
        "received": ("failed", "in_review"),
        "failed": ("in_review", "withdrawn"),  # in review after all: an exception was asked for
        "in_review": ("approved", "rejected", "withdrawn", "failed"),  # failed: what it does when it runs is known later
        "approved": ("withdrawn", "in_review"),  # in review again: what it leads to is not what was approved
        "rejected": ("in_review", "withdrawn"),
        "withdrawn": (),
    },
)
