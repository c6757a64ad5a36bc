"""What each credit state stops, as data, and the refusal that names who can lift it. Asked at create, submit, book, start and serve."""

import enum

from makegood.accounts.models import Account
from makegood.core import permissions
from makegood.core.errors import Refused


class Step(enum.StrEnum):
    """Where credit is asked for, in the order of a campaign's life."""

    CREATE = "create"
    SUBMIT = "submit"
    BOOK = "book"
    START = "start"
    SERVE = "serve"


STOPS: dict[str, frozenset[Step]] = {
    "active": frozenset(),
    "on_hold": frozenset({Step.START}),
    "stop": frozenset({Step.CREATE, Step.SUBMIT, Step.BOOK, Step.START}),
    "blocked": frozenset(Step),
    "inactive": frozenset(Step),
}
SAYS = {
    "on_hold": "is on credit hold: nothing new starts", "stop": "is on credit stop: no new orders", "blocked": "is blocked: nothing of it runs",
    "inactive": "is inactive: no business with it",
}  # fmt: skip
EFFECTS = {  # each step in words: as it goes on, as it is stopped
    Step.CREATE: ("New orders are made", "No new order is made"), Step.SUBMIT: ("Orders are submitted", "No order is submitted"),
    Step.BOOK: ("Signed orders are booked", "No signed order is booked"), Step.START: ("Booked flights start", "No booked flight starts"),
    Step.SERVE: ("What runs keeps running", "What runs is stopped"),
}  # fmt: skip


def effects(payer: Account) -> list[tuple[str, bool]]:
    """Each step in words, and whether it goes on, for the payer's state."""
    return [(words[stops(payer, step)], not stops(payer, step)) for step, words in EFFECTS.items()]


def stops(payer: Account, step: Step) -> bool:
    """Whether the payer's credit state refuses this step."""
    return step in STOPS[payer.credit_status]


def why(payer: Account) -> tuple[str, str]:
    """(what is wrong, who can lift it) of a payer whose state stops something."""
    return f"{payer} {SAYS[payer.credit_status]}.", f"Ask {permissions.VERBS['accounts.set_credit'].who.partition(' and ')[0]} to lift it, with the reason."


def check(payer: Account, step: Step, *, place: str) -> None:
    """Raise Refused, naming who lifts it, when the payer's credit refuses this step."""
    if stops(payer, step):
        message, remedy = why(payer)
        raise Refused(message, place=place, remedy=remedy)
