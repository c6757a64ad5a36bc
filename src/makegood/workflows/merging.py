"""Merging two accounts: what it would touch, what stands in its way, and letting both happen or neither."""

import dataclasses
import datetime

from makegood.accounts.actions import merging
from makegood.accounts.models import Account, Merge
from makegood.billing.models import Invoice, Payment, Posting
from makegood.core import verbs
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.orders.models import Flight, Order

FROZEN = ("pending", "approved", "signed")


@dataclasses.dataclass(frozen=True)
class Preview:
    """How many records of each kind would move, running flights whose QA is done again, and why it cannot be (empty: it can)."""

    moves: tuple[tuple[str, int], ...]
    running: int
    problems: tuple[str, ...]


def preview(gone: Account, kept: Account) -> Preview:
    """What merging would do. Writes nothing."""
    moves = []
    for _, model, field in merging.pointing():
        count = model._base_manager.filter(**{field: gone.pk}).count()
        if count:
            moves.append((str(model._meta.verbose_name_plural), count))
    running = Flight.objects.filter(line__order__advertiser=gone, status__in=("ready", "live", "paused")).count()
    return Preview(tuple(sorted(moves)), running, tuple(_problems(gone, kept)))


@verbs.whole
def merge(gone: Account, kept: Account, *, by: Person, at: datetime.datetime, why: str) -> Merge:
    """Merge as previewed. Refused, naming each reason, while anything stands in its way."""
    problems = _problems(gone, kept)
    if problems:
        raise Refused(" ".join(problems), place=str(gone), remedy=f"Settle that first, or merge {kept} into {gone}.")
    return merging.merge(gone, kept, by=by, at=at, why=why)


def _problems(gone: Account, kept: Account) -> list[str]:
    """Money and papers that name the account for good."""
    found = []
    if Invoice.objects.filter(bill_to=gone, status__in=("issued", "paid")).exists() or Payment.objects.filter(account=gone).exists() or Posting.objects.filter(party_id=gone.pk).exists():
        found.append(f"{gone} was billed or has paid: its books stay its own.")
    waiting = Order.objects.filter(status__in=FROZEN, advertiser=gone) | Order.objects.filter(status__in=FROZEN, agency=gone)
    numbers = list(waiting.order_by("number").values_list("number", flat=True)[:4])
    if numbers:
        found.append(f"{', '.join(numbers)} {'is' if len(numbers) == 1 else 'are'} on the way to signature in its name: withdraw or book first.")
    if gone.contracts.filter(status="active").exists():
        found.append(f"{gone} has an agreement in force.")
    return found
