"""State machines of creatives."""

from django.db import models

from makegood.core.states import Machine


class VersionStatus(models.TextChoices):
    """Life of one version. Approved holds for these bytes under the rules of its decision and for where they lead."""

    RECEIVED = "received", "Received"
    FAILED = "failed", "Fails spec"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ExceptionStatus(models.TextChoices):
    """An exception asked for. Given is final: it ends by its own date, or by a later decision on the version."""

    ASKED = "asked", "Asked for"
    GIVEN = "given", "Given"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


EXCEPTION = Machine("exception", {"asked": ("given", "refused", "withdrawn"), "given": (), "refused": (), "withdrawn": ()})
UNDECIDED = (VersionStatus.RECEIVED, VersionStatus.FAILED, VersionStatus.IN_REVIEW)
VERSION = Machine(
    "creative_version",
    {
        "received": ("failed", "in_review"),
        "failed": ("in_review", "withdrawn"),  # in review after all: an exception was asked for
        "in_review": ("approved", "rejected", "withdrawn", "failed"),  # failed: what it does when it runs is known later
        "approved": ("in_review", "withdrawn"),  # in review again: what it was approved under, or where it leads, has changed
        "rejected": ("in_review", "withdrawn"),
        "withdrawn": (),
    },
)
