"""The rebate of an agreement from what was billed, month by month, and what it will be at the end. Reads only."""

import dataclasses
from collections import defaultdict
from decimal import Decimal

from makegood.accounts.models import Contract
from makegood.billing.models import CreditNote, Invoice
from makegood.engine import rebates
from makegood.engine.rebates import Accrual, Part
from makegood.insight.agreement import Progress

REASON = "Volume rebate"


@dataclasses.dataclass(frozen=True)
class Rebate:
    """Earned on billed net, its months and its parts; `next` is (spend missing, per cent) of the next tier; `at_end` on what is booked.

    `credited` was given already by credit notes for it; `due` is what a credit note at the end would still be over.
    """

    contract: Contract
    billed: Decimal
    months: tuple[Accrual, ...]
    parts: tuple[Part, ...]
    earned: Decimal
    at_end: Decimal
    next: tuple[Decimal, Decimal] | None
    credited: Decimal

    @property
    def due(self) -> Decimal:
        """Still to be credited, never below zero."""
        return max(self.earned - self.credited, Decimal(0))


def of(seen: Progress) -> Rebate:
    """The rebate of one agreement; two queries."""
    contract = seen.contract
    tiers = [(tier.spend_from, tier.rebate_pct) for tier in contract.tiers.all()]
    months, credited = _billed(contract)
    total = sum((spend for _, spend in months), Decimal(0))
    return Rebate(
        contract, total, rebates.accruals(months, tiers, contract.rebate_basis), rebates.parts(total, tiers, contract.rebate_basis),
        rebates.earned(total, tiers, contract.rebate_basis), rebates.earned(max(seen.booked, total), tiers, contract.rebate_basis),
        rebates.following(total, tiers), credited,
    )  # fmt: skip


def _billed(contract: Contract) -> tuple[list[tuple[str, Decimal]], Decimal]:
    """([(month, net without tax of bills whose period ends in it, less credit notes)], rebates credited): a rebate lowers no spend."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    rows = Invoice.objects.filter(order__contract=contract, status__in=("issued", "paid"), currency=contract.currency)
    for end, net, tax in rows.values_list("period_end", "net", "tax"):
        found[f"{end:%Y-%m}"] += net - tax
    given = Decimal(0)
    notes = CreditNote.objects.filter(invoice__order__contract=contract, invoice__currency=contract.currency)
    for end, amount, reason in notes.values_list("invoice__period_end", "amount", "reason"):
        if reason.startswith(REASON):
            given += amount
        else:
            found[f"{end:%Y-%m}"] -= amount
    return sorted(found.items()), given
