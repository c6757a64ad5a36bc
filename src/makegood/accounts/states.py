"""State machines of accounts."""

from django.db import models

from makegood.core.states import Machine


class CreditStatus(models.TextChoices):
    """Credit states and their effect, after Google Ad Manager's."""

    ACTIVE = "active", "Active"
    ON_HOLD = "on_hold", "On hold: may book, needs approval"
    STOP = "stop", "Credit stop: no new orders"
    BLOCKED = "blocked", "Blocked: running lines stop"


class ContractStatus(models.TextChoices):
    """Life of a master agreement."""

    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    EXPIRED = "expired", "Expired"
    ENDED = "ended", "Ended early"


CREDIT = Machine(
    "credit",
    {
        "active": ("on_hold", "stop", "blocked"),
        "on_hold": ("active", "stop", "blocked"),
        "stop": ("active", "on_hold", "blocked"),
        "blocked": ("active", "on_hold", "stop"),
    },
)
CONTRACT = Machine("contract", {"draft": ("active",), "active": ("expired", "ended"), "expired": (), "ended": ()})
