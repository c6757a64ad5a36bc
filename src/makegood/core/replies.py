"""One effect and one answer for a write that is sent again: claimed, done and kept in one transaction.

The second of two at the same time waits for the first at the unique key; when the first fails, nothing is kept and the
second is done. After Stripe's idempotency keys (https://stripe.com/docs/api/idempotent_requests), with the effect and the
kept answer in one commit, so that no crash lies between them.
"""

import dataclasses
import datetime
import hashlib
from collections.abc import Callable

from django.db import transaction

from makegood.core.errors import Refused
from makegood.core.models import KeptReply, Person

KEPT = datetime.timedelta(days=2)
MOST_BYTES = 1 << 20


class Differs(Refused):
    """The key was used for another write."""


class TooLarge(Refused):
    """It was done, but its answer was too large to be kept."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a write answers with. One that had no effect (a refusal, a form with errors) is not kept: it may be tried again."""

    status: int
    headers: dict[str, str]
    body: bytes
    effect: bool = True


def once(sender: Person | str, key: str, asked: str, do: Callable[[], Answer], *, at: datetime.datetime) -> Answer | None:
    """Do it, keep its answer and return None; or return the answer kept for the key. `asked` is the sha256 of what is asked.

    The sender is a person, or the token of the link by which somebody without a sign-in came.

    Raises Differs when the key stands for something else, TooLarge when it was done and the answer is not there.
    """
    with transaction.atomic():
        whose = {"person": None, "link": hashlib.sha256(sender.encode()).hexdigest()} if isinstance(sender, str) else {"person": sender, "link": ""}
        KeptReply.objects.bulk_create([KeptReply(**whose, key=key, asked=asked, at=at)], ignore_conflicts=True)  # waits for a twin
        row = KeptReply.objects.get(**whose, key=key)
        if row.status:
            return _same(row, asked)
        answer = do()
        if not answer.effect:
            row.delete()
            return None
        row.status, row.headers, row.body = answer.status, answer.headers, answer.body
        if len(answer.body) > MOST_BYTES:
            row.headers, row.body = {}, None
        row.save(update_fields=["status", "headers", "body"])
    return None


def forget(*, at: datetime.datetime) -> int:
    """Drop what is older than two days; how many."""
    return KeptReply.objects.filter(at__lt=at - KEPT).delete()[0]


def _same(row: KeptReply, asked: str) -> Answer:
    if row.asked != asked:
        raise Differs("this key was used for something else.", place=row.key, remedy="Send a new key with a new request.")
    if row.body is None:
        raise TooLarge("it was done already; its answer was too large to keep.", place=row.key, remedy="Open the page to see it.")
    return Answer(row.status, row.headers, bytes(row.body))
