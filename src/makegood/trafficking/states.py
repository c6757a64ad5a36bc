"""State machines of trafficking."""

from django.db import models

from makegood.core.states import Machine


class AssignmentStatus(models.TextChoices):
    """A creative version on a flight."""

    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    REMOVED = "removed", "Removed"


ASSIGNMENT = Machine("assignment", {"active": ("paused", "removed"), "paused": ("active", "removed"), "removed": ()})
