"""Master agreements: drafting, putting in force, ending, lapsing."""

import copy
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from makegood.accounts import exclusivity
from makegood.accounts.models import Account, Contract, Tier
from makegood.core import activity, numbers, permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.engine import currencies

Steps = Sequence[tuple[Decimal, Decimal]]
"""Tiers as (spend from, rebate per cent)."""
EDITABLE = frozenset(
    {"title", "start", "end", "commitment", "currency", "owner", "notice_days", "terms", "rebate_basis", "card_on", "exclusive_category", "exclusive_properties"}
)


@verbs.whole
def create(
    account: Account, title: str, *, start: datetime.date, end: datetime.date, commitment: Decimal, by: Person | None,
    at: datetime.datetime, currency: str = "", owner: Person | None = None, tiers: Steps = (),
    notice_days: int = 60, terms: str = "", exclusive_category: str = "", exclusive_properties: Sequence[int] = (),
    rebate_basis: str = Contract.Basis.RETROACTIVE, card_on: datetime.date | None = None,
) -> Contract:  # fmt: skip
    """A draft agreement with its tiers of (spend from, rebate per cent), promises and protected card."""
    permissions.check(by, "accounts.draft_contract", account)
    contract = Contract(
        number=f"MC-{numbers.take('contract'):05d}", account=account, title=title, start=start, end=end, commitment=commitment,
        currency=currency or account.currency, owner=owner or account.owner, notice_days=notice_days, terms=terms,
        exclusive_category=exclusive_category, exclusive_properties=sorted(set(exclusive_properties)), rebate_basis=rebate_basis, card_on=card_on,
    )  # fmt: skip
    _fit(contract, tiers)
    contract.save(force_insert=True)
    Tier.objects.bulk_create(Tier(contract=contract, spend_from=spend, rebate_pct=rebate) for spend, rebate in tiers)
    return transitions.start(contract, by=by, at=at)


@verbs.whole
def edit(contract: Contract, *, by: Person | None, at: datetime.datetime, why: str = "", tiers: Steps | None = None, **terms: object) -> Contract:
    """Change what a draft agreement says (EDITABLE), and its tiers unless they are None. Refused once it is in force: what was agreed stays."""
    permissions.check(by, "accounts.draft_contract", contract.account)
    strange = sorted(set(terms) - EDITABLE)
    if strange:
        raise Invalid(f"{', '.join(strange)} cannot be set here.", place=str(contract), remedy=f"Set {', '.join(sorted(EDITABLE))}.")
    lock_draft(contract, remedy="Agree on a new one; what is in force stays.")
    _fit(_with(contract, terms), tiers or ())
    activity.change(contract, "contract.edited", by=by, at=at, why=why, **terms)
    before = list(contract.tiers.values_list("spend_from", "rebate_pct"))
    if tiers is not None and sorted(tiers) != before:
        contract.tiers.all().delete()
        Tier.objects.bulk_create(Tier(contract=contract, spend_from=spend, rebate_pct=rebate) for spend, rebate in tiers)
        activity.record(contract, "contract.tiers_set", by=by, at=at, why=why, before={"tiers": _said(before)}, after={"tiers": _said(sorted(tiers))})
    return contract


def lock_draft(contract: Contract, *, remedy: str) -> None:
    """Lock the agreement for the rest of the transaction. Raises Refused with `remedy` unless it is a draft still."""
    locked = Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    if locked.status != "draft":
        raise Refused(f"it is {locked.get_status_display().lower()}.", place=str(locked), remedy=remedy)


@verbs.whole
def activate(contract: Contract, *, by: Person | None, at: datetime.datetime, why: str = "") -> Contract:
    """Put the agreement in force. Refused when the category it promises alone is promised to another on any of its days."""
    permissions.check(by, "accounts.activate_contract", contract)
    transitions.move(contract, "active", by=by, at=at, why=why)
    exclusivity.promise(contract)
    return contract


@verbs.whole
def discard(contract: Contract, *, by: Person | None, at: datetime.datetime, why: str) -> Contract:
    """Throw a draft away, with the reason: it was never in force, and its number is given to no other."""
    permissions.check(by, "accounts.draft_contract", contract.account)
    if not why.strip():
        raise Invalid("discarding an agreement needs a reason.", place=str(contract), remedy="Say why in a sentence.")
    return transitions.move(contract, "discarded", by=by, at=at, why=why)


@verbs.whole
def end(contract: Contract, *, by: Person | None, at: datetime.datetime, why: str) -> Contract:
    """End it early, with the reason; what it promised alone is free again."""
    permissions.check(by, "accounts.end_contract", contract)
    if not why.strip():
        raise Invalid("ending an agreement needs a reason.", place=str(contract), remedy="Say why in a sentence.")
    exclusivity.release(contract, at=at)
    return transitions.move(contract, "ended", by=by, at=at, why=why)


@verbs.whole
def give_notice(contract: Contract, on: datetime.date, *, by_us: bool, by: Person | None, at: datetime.datetime, why: str) -> Contract:
    """Note that one side gave notice: it lapses at its end and is not renewed. Refused after the last day for notice."""
    permissions.check(by, "accounts.end_contract", contract)
    last = contract.end - datetime.timedelta(days=contract.notice_days)
    if contract.status != "active":
        raise Refused(f"it is {contract.get_status_display().lower()}.", place=str(contract), remedy="Notice is given of an agreement in force.")
    if on > last:
        raise Refused(f"notice was due by {last}.", place=str(contract), remedy="Agree on an early end with the client, and end it with that reason.")
    activity.change(contract, "contract.notice_given", by=by, at=at, why=why, notice_given_on=on, notice_by_us=by_us)
    return contract


@verbs.whole
def expire_due(*, today: datetime.date, at: datetime.datetime) -> int:
    """Let agreements whose last day is over lapse; how many did."""
    due = list(Contract.objects.filter(status="active", end__lt=today).order_by("pk"))
    for contract in due:
        exclusivity.release(contract, at=at)
        transitions.move(contract, "expired", by=None, at=at, why=f"ended on {contract.end}")
    return len(due)


def _with(contract: Contract, terms: Mapping[str, object]) -> Contract:
    """The agreement as it would be, not saved."""
    found = copy.copy(contract)
    for name, value in terms.items():
        setattr(found, name, value)
    return found


def _said(tiers: Steps) -> str:
    return ", ".join(f"{rebate.normalize():f} % from {spend.normalize():f}" for spend, rebate in tiers) or "none"


def _fit(one: Contract, tiers: Steps) -> None:
    """Raises Invalid, naming the place, where the agreement contradicts itself or a rebate is no share."""
    if not one.title.strip():
        raise Invalid("an agreement needs a title.", place="title", remedy="Say what it is: the client and the year.")
    if one.end <= one.start:
        raise Invalid(f"the agreement ends {one.end}, not after {one.start}.", place="end", remedy="Give a later end.")
    if one.commitment < 0:
        raise Invalid(f"a commitment of {one.commitment} is below zero.", place="commitment", remedy="Give zero or more.")
    if one.currency not in currencies.MINOR_UNITS:
        raise Invalid(f"{one.currency!r} is not an ISO 4217 currency.", place="currency", remedy="Use a code like USD.")
    if one.exclusive_properties and not one.exclusive_category:
        raise Invalid("properties are kept for a category.", place="exclusive_category", remedy="Name the category, or no property.")
    if one.rebate_basis not in Contract.Basis.values:
        raise Invalid(f"{one.rebate_basis!r} is no way to reckon a rebate.", place="rebate_basis", remedy=f"Use one of {', '.join(Contract.Basis.values)}.")
    for spend, rebate in tiers:
        if spend < 0 or not 0 <= rebate < 100:
            raise Invalid(f"{rebate} % from {spend} cannot be.", place="tiers", remedy="Give a spend from zero and a rebate below 100 per cent.")
    if len({spend for spend, _ in tiers}) != len(tiers):
        raise Invalid("two tiers begin at one spend.", place="tiers", remedy="Give each its own.")
