"""State machines of accounts."""

from django.db import models

from makegood.core.states import Machine


class CreditStatus(models.TextChoices):
    """Credit states, after Google Ad Manager's. Their effects are in credit.py."""

    ACTIVE = "active", "Active"
    ON_HOLD = "on_hold", "On hold: may book, nothing starts"
    STOP = "stop", "Credit stop: no new orders"
    BLOCKED = "blocked", "Blocked: running lines stop"
    INACTIVE = "inactive", "Inactive: no business any more"


class ContractStatus(models.TextChoices):
    """Life of a master agreement."""

    DRAFT = "draft", "Draft"
    ACTIVE = "active", "Active"
    EXPIRED = "expired", "Expired"
    ENDED = "ended", "Ended early"
    DISCARDED = "discarded", "Discarded"


CREDIT = Machine("credit", {one: tuple(other for other in CreditStatus.values if other != one) for one in CreditStatus.values})
CONTRACT = Machine("contract", {"draft": ("active", "discarded"), "active": ("expired", "ended"), "expired": (), "ended": (), "discarded": ()})
