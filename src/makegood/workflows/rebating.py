"""A year's rebate becomes credit notes: proposed from what was billed, posted over the agreement's bills that are still open."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal

from makegood.accounts.models import Contract
from makegood.billing import balances
from makegood.billing.actions import correcting
from makegood.billing.models import CreditNote, Invoice
from makegood.core import permissions, verbs
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.insight import agreement, rebate
from makegood.insight.rebate import REASON, Rebate

ENDED = ("expired", "ended")


@dataclasses.dataclass(frozen=True)
class Proposal:
    """What would be credited: on each open bill how much, newest first, and what no open bill has room for."""

    rebate: Rebate
    parts: tuple[tuple[Invoice, Decimal], ...]
    left: Decimal


def propose(contract: Contract, *, at: datetime.datetime) -> Proposal:
    """The credit of an agreement as it would be given now. Writes nothing."""
    (seen,) = agreement.progress([contract], at.date())
    found = rebate.of(seen)
    rows = balances.with_balance(Invoice.objects.filter(order__contract=contract, status="issued", currency=contract.currency)).order_by("-period_end", "-pk")
    return _spread(found, list(rows))


@verbs.whole
def credit(contract: Contract, *, by: Person, at: datetime.datetime) -> list[CreditNote]:
    """Give what is due as credit notes. Refused before the agreement is over, when nothing is due, or when open bills have no room for it."""
    permissions.check(by, "billing.credit")
    Contract.objects.select_for_update().get(pk=contract.pk)  # two people crediting one rebate wait for one another
    found = propose(contract, at=at)
    if contract.status not in ENDED and contract.end >= at.date():
        raise Refused(f"it runs until {contract.end}.", place=str(contract), remedy="A rebate is credited when the agreement is over.")
    if not found.rebate.due:
        raise Refused("no rebate is due.", place=str(contract), remedy="Look at its months: the tiers were not reached, or it was credited.")
    if found.left:
        raise Refused(
            f"open bills have room for {found.rebate.due - found.left} of {found.rebate.due} {contract.currency}.", place=str(contract),
            remedy="Credit notes need an open bill: wait for the next one, or pay the rest out and note it in the ledger.",
        )  # fmt: skip
    why = f"{REASON} {contract.number}, {contract.start:%d %b %Y} to {contract.end:%d %b %Y}"
    return [correcting.credit(invoice, amount, reason=why, by=by, at=at) for invoice, amount in found.parts]


def _spread(found: Rebate, invoices: Sequence[Invoice]) -> Proposal:
    left, parts = found.due, []
    for invoice in invoices:
        part = min(left, invoice.balance)  # type: ignore[attr-defined]
        if part > 0:
            parts.append((invoice, part))
            left -= part
    return Proposal(found, tuple(parts), left)
