"""The rate card: card rates and floors for stretches of days, and the rates agreements protect."""

import datetime
from decimal import Decimal

from makegood.accounts.actions import contracts
from makegood.accounts.models import Contract
from makegood.catalog.models import ContractRate, Product, Rate
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.engine import currencies


@verbs.whole
def set_rate(
    product: Product, *, rate: Decimal, floor: Decimal, start: datetime.date, end: datetime.date, by: Person | None,
    at: datetime.datetime, currency: str = "USD", cost: Decimal | None = None,
) -> Rate:  # fmt: skip
    """A card entry; `cost` is what a unit costs us, for the margin. Refused when one of that product and currency already covers any of the days."""
    permissions.check(by, "catalog.set_rates", product)
    if currency not in currencies.MINOR_UNITS:
        raise Invalid(f"{currency!r} is not an ISO 4217 currency.", place="currency", remedy="Use a code like USD.")
    if not 0 <= floor <= rate:
        raise Invalid(f"a floor of {floor} is not between zero and the rate {rate}.", place="floor", remedy="Correct one of them.")
    if cost is not None and cost < 0:
        raise Invalid(f"a cost of {cost} is below zero.", place="cost", remedy="Give zero or more, or nothing.")
    if end < start:
        raise Invalid(f"it ends {end}, before it starts {start}.", place="end", remedy="Give a later end.")
    Product.objects.select_for_update(no_key=True).get(pk=product.pk)  # two entries at once cannot both find the days free
    other = product.rates.filter(currency=currency, start__lte=end, end__gte=start).first()
    if other:
        raise Refused(f"{other.start} to {other.end} already has a rate of {other.rate}.", place=str(product), remedy="Choose other days.")
    entry = Rate.objects.create(product=product, currency=currency, rate=rate, floor=floor, cost=cost, start=start, end=end)
    activity.record(product, "catalog.rate_set", by=by, at=at, after={"rate": rate, "floor": floor, "cost": cost, "currency": currency, "start": start, "end": end})
    return entry


@verbs.whole
def protect(contract: Contract, product: Product, rate: Decimal, *, by: Person | None, at: datetime.datetime) -> ContractRate:
    """The agreement's own rate for `product`, in its currency. Only of a draft: what is in force stays as agreed."""
    permissions.check(by, "accounts.draft_contract", contract.account)
    contracts.lock_draft(contract, remedy="Agree on a new one; rates of one in force stay.")
    if rate < 0:
        raise Invalid(f"a rate of {rate} is below zero.", place="rate", remedy="Give zero or more.")
    made, _ = ContractRate.objects.update_or_create(contract=contract, product=product, defaults={"rate": rate})
    activity.record(contract, "contract.rate_protected", by=by, at=at, after={"product": product.code, "rate": rate})
    return made


@verbs.whole
def unprotect(protected: ContractRate, *, by: Person | None, at: datetime.datetime) -> None:
    """Take a protected rate out of a draft agreement. One in force keeps it until it is ended."""
    contract = protected.contract
    permissions.check(by, "accounts.draft_contract", contract.account)
    contracts.lock_draft(contract, remedy="End the rate with its last day and the reason.")
    activity.record(contract, "contract.rate_taken_out", by=by, at=at, before={"product": protected.product.code, "rate": protected.rate})
    protected.delete()


@verbs.whole
def end_protection(protected: ContractRate, last: datetime.date, *, by: Person | None, at: datetime.datetime, why: str) -> ContractRate:
    """A rate of an agreement in force holds until `last`; lines that start after are priced by the card. What is ordered keeps its rate."""
    contract, known = protected.contract, protected.last or protected.contract.end
    permissions.check(by, "accounts.end_contract", contract)
    if not why.strip():
        raise Invalid("ending a protected rate needs a reason.", place="why", remedy="Say why in a sentence; it is what was agreed with the client.")
    if contract.status != "active":
        raise Refused(f"it is {contract.get_status_display().lower()}.", place=str(contract), remedy="Take it out of a draft; of one that is over nothing holds.")
    if not max(contract.start, at.date()) <= last < known:
        raise Invalid(f"it holds until {known}.", place="last", remedy=f"Choose a day from {max(contract.start, at.date())} and before that.")
    ContractRate.objects.filter(pk=protected.pk).update(last=last)
    activity.record(contract, "contract.rate_ended", by=by, at=at, why=why, before={"last": known}, after={"last": last, "product": protected.product.code, "rate": protected.rate})
    protected.last = last
    return protected
