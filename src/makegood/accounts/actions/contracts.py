"""Master agreements: drafting, putting in force, ending, lapsing."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from makegood.accounts.models import Account, Contract, Tier
from makegood.core import numbers, permissions, transitions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person


@verbs.whole
def create(
    account: Account, title: str, *, start: datetime.date, end: datetime.date, commitment: Decimal, by: Person | None,
    at: datetime.datetime, currency: str = "", owner: Person | None = None, tiers: Sequence[tuple[Decimal, Decimal]] = (),
    notice_days: int = 60, terms: str = "", exclusive_category: str = "",
) -> Contract:  # fmt: skip
    """A draft agreement with its tiers of (spend from, rebate per cent)."""
    permissions.check(by, "accounts.draft_contract", account)
    if end <= start:
        raise Invalid(f"the agreement ends {end}, not after {start}.", place="end", remedy="Give a later end.")
    if commitment < 0:
        raise Invalid(f"a commitment of {commitment} is below zero.", place="commitment", remedy="Give zero or more.")
    contract = Contract.objects.create(
        number=f"MC-{numbers.take('contract'):05d}", account=account, title=title, start=start, end=end, commitment=commitment,
        currency=currency or account.currency, owner=owner or account.owner, notice_days=notice_days, terms=terms,
        exclusive_category=exclusive_category,
    )  # fmt: skip
    Tier.objects.bulk_create(Tier(contract=contract, spend_from=spend, rebate_pct=rebate) for spend, rebate in tiers)
    return transitions.start(contract, by=by, at=at)


def activate(contract: Contract, *, by: Person | None, at: datetime.datetime, why: str = "") -> Contract:
    """Put the agreement in force."""
    permissions.check(by, "accounts.activate_contract", contract)
    return transitions.move(contract, "active", by=by, at=at, why=why)


def end(contract: Contract, *, by: Person | None, at: datetime.datetime, why: str) -> Contract:
    """End it early, with the reason."""
    permissions.check(by, "accounts.end_contract", contract)
    if not why.strip():
        raise Invalid("ending an agreement needs a reason.", place=str(contract), remedy="Say why in a sentence.")
    return transitions.move(contract, "ended", by=by, at=at, why=why)


def expire_due(*, today: datetime.date, at: datetime.datetime) -> int:
    """Let agreements whose last day is over lapse; how many did."""
    due = list(Contract.objects.filter(status="active", end__lt=today).order_by("pk"))
    for contract in due:
        transitions.move(contract, "expired", by=None, at=at, why=f"ended on {contract.end}")
    return len(due)
