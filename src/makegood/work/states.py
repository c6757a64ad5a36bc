"""State machines of work."""

from django.db import models

from makegood.core.states import Machine


class TaskStatus(models.TextChoices):
    """A task is owed, done, or no longer needed."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class CaseStatus(models.TextChoices):
    """Where a case stands; waiting stops our clock."""

    OPEN = "open", "Open"
    WAITING = "waiting", "Waiting on client"
    RESOLVED = "resolved", "Resolved"
    CLOSED = "closed", "Closed"


class ApprovalStatus(models.TextChoices):
    """A decision asked for. Void: what was to be approved changed afterwards."""

    PENDING = "pending", "Pending"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    VOID = "void", "Void"


TASK = Machine("task", {"open": ("done", "dropped"), "done": ("open",), "dropped": ("open",)})
CASE = Machine(
    "case",
    {
        "open": ("waiting", "resolved"),
        "waiting": ("open", "resolved"),
        "resolved": ("open", "closed"),
        "closed": (),
    },
)
APPROVAL = Machine("approval", {"pending": ("approved", "rejected", "void"), "approved": ("void",), "rejected": (), "void": ()})
