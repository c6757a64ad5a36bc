"""A year's rebate becomes credit notes: proposed from what was billed, posted over the agreement's bills, open ones before paid ones."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet

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
    """What would be credited: on each bill how much. On a paid bill it goes onto the client's account."""

    rebate: Rebate
    parts: tuple[tuple[Invoice, Decimal], ...]


def propose(contract: Contract, *, at: datetime.datetime) -> Proposal:
    """The credit of an agreement as it would be given now. Writes nothing."""
    (seen,) = agreement.progress([contract], at.date())
    found = rebate.of(seen)
    return _spread(found, list(balances.with_balance(_bills(contract)).order_by("status", "-period_end", "-pk")))  # issued, then paid


@verbs.whole
def credit(contract: Contract, *, by: Person, at: datetime.datetime) -> list[CreditNote]:
    """Give what is due as credit notes. Refused before the agreement is over or when nothing is due."""
    permissions.check(by, "billing.credit")
    Contract.objects.select_for_update().get(pk=contract.pk)  # two people crediting one rebate wait for one another
    list(_bills(contract).order_by("pk").select_for_update(of=("self",)))  # nor does a payment come between
    found = propose(contract, at=at)
    if contract.status not in ENDED and contract.end >= at.date():
        raise Refused(f"it runs until {contract.end}.", place=str(contract), remedy="A rebate is credited when the agreement is over.")
    if not found.rebate.due:
        raise Refused("no rebate is due.", place=str(contract), remedy="Look at its months: the tiers were not reached, or it was credited.")
    if sum(amount for _, amount in found.parts) != found.rebate.due:  # cannot be while a rebate is a part of what was billed and not credited
        raise Refused(f"the bills have no room for {found.rebate.due} {contract.currency}.", place=str(contract), remedy="Look at what was credited of them already.")
    why = f"{REASON} {contract.number}, {contract.start:%d %b %Y} to {contract.end:%d %b %Y}"
    return [correcting.credit(invoice, amount, reason=why, by=by, at=at) for invoice, amount in found.parts]


def _bills(contract: Contract) -> QuerySet[Invoice]:
    return Invoice.objects.filter(order__contract=contract, status__in=("issued", "paid"), currency=contract.currency)


def _spread(found: Rebate, invoices: Sequence[Invoice]) -> Proposal:
    """Over the bills in turn. A rebate is below what was billed, so they have room for all of it."""
    left, parts = found.due, []
    for invoice in invoices:
        part = min(left, invoice.net - invoice.credited)  # type: ignore[attr-defined]
        if part > 0:
            parts.append((invoice, part))
            left -= part
    return Proposal(found, tuple(parts))
