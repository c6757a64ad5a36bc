"""State machines of delivery."""

from django.db import models

from makegood.core.states import Machine


class RecommendationStatus(models.TextChoices):
    """A proposed change waits, was applied or was declined."""

    PROPOSED = "proposed", "Proposed"
    APPLIED = "applied", "Applied"
    DECLINED = "declined", "Declined"


class MakeGoodStatus(models.TextChoices):
    """A make-good from offer to delivery."""

    PROPOSED = "proposed", "Proposed"
    OFFERED = "offered", "Offered to client"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    BOOKED = "booked", "Booked"


RECOMMENDATION = Machine("recommendation", {"proposed": ("applied", "declined"), "applied": (), "declined": ()})
MAKEGOOD = Machine(
    "make_good",
    {
        "proposed": ("offered", "declined"),
        "offered": ("accepted", "declined"),
        "accepted": ("booked",),
        "declined": (),
        "booked": (),
    },
)
