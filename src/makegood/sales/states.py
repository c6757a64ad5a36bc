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
    """A hold is in force, became an order, was released or lapsed."""

    HELD = "held", "Held"
    CONVERTED = "converted", "Converted"
    RELEASED = "released", "Released"
    EXPIRED = "expired", "Expired"


BRIEF = Machine("brief", {"open": ("proposed", "won", "lost"), "proposed": ("open", "won", "lost"), "won": (), "lost": ("open",)})
HOLD = Machine("hold", {"held": ("converted", "released", "expired"), "converted": (), "released": (), "expired": ()})
PLAN = Machine(
    "plan", {"draft": ("proposed", "accepted", "superseded"), "proposed": ("draft", "accepted", "superseded"), "accepted": (), "superseded": ()}
)
