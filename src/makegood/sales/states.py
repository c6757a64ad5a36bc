"""State machines of sales."""

from django.db import models

from makegood.core.states import Machine


class BriefStatus(models.TextChoices):
    """From asked to won or lost."""

    OPEN = "open", "Open"
    PROPOSED = "proposed", "Proposed"
    WON = "won", "Won"
    LOST = "lost", "Lost"


class PlanStatus(models.TextChoices):
    """A plan is drafted, proposed to the client, accepted; a newer version of the brief's plan supersedes it."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    ACCEPTED = "accepted", "Accepted"
    SUPERSEDED = "superseded", "Superseded"


class HoldStatus(models.TextChoices):
    """A hold is in force or in the queue behind one; it became an order, was given to the next, was released or lapsed."""

    HELD = "held", "Held"
    QUEUED = "queued", "In the queue"
    CONVERTED = "converted", "Converted"
    HANDED_OVER = "handed_over", "Handed over"
    RELEASED = "released", "Released"
    EXPIRED = "expired", "Expired"


BRIEF = Machine("brief", {"open": ("proposed", "won", "lost"), "proposed": ("open", "won", "lost"), "won": (), "lost": ("open",)})
HOLD = Machine(
    "hold",
    {
        "held": ("converted", "handed_over", "released", "expired"),
        "queued": ("held", "released", "expired"),
        "converted": (),
        "handed_over": (),
        "released": (),
        "expired": (),
    },
)
PLAN = Machine(
    "plan", {"draft": ("proposed", "accepted", "superseded"), "proposed": ("draft", "accepted", "superseded"), "accepted": (), "superseded": ()}
)
