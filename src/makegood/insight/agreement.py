"""A master agreement against what happened under it: booked, delivered, billed, where it will end, which rebate it earns."""

import dataclasses
import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from makegood.accounts.models import Contract
from makegood.billing.models import CreditNote, Invoice
from makegood.orders.models import Line
from makegood.orders.queries.commitments import BOOKED, booked_against

__all__ = ["BOOKED", "Progress", "progress"]
CENT = Decimal("0.01")
ZERO = Decimal(0)


@dataclasses.dataclass(frozen=True)
class Progress:
    """Net money of one agreement. `outlook` is where it ends if booking goes on as so far (booked ÷ share of days gone)."""

    contract: Contract
    booked: Decimal
    delivered: Decimal
    billed: Decimal
    today: datetime.date

    @property
    def notice_by(self) -> datetime.date:
        """The last day to give notice."""
        return self.contract.end - datetime.timedelta(days=self.contract.notice_days)

    @property
    def days_left(self) -> int:
        """Days until the end, never below zero."""
        return max(0, (self.contract.end - self.today).days)

    @property
    def elapsed(self) -> Decimal:
        """Share of its days that are over, 0 to 1."""
        length = (self.contract.end - self.contract.start).days
        return Decimal(min(max((self.today - self.contract.start).days, 0), length)) / length

    @property
    def outlook(self) -> Decimal | None:
        """Booked by its end at the rate so far; None in its first tenth, when that says nothing."""
        return (self.booked / self.elapsed).quantize(CENT) if self.elapsed >= Decimal("0.1") else None

    @property
    def state(self) -> str:
        """On track when it reaches its commitment at the rate so far; watched within a tenth of it; else at risk."""
        if self.contract.status != "active" or not self.contract.commitment or self.outlook is None:
            return ""
        share = max(self.outlook, self.booked) / self.contract.commitment
        return "ok" if share >= 1 else "watch" if share >= Decimal("0.9") else "risk"

    @property
    def rebate(self) -> Decimal:
        """Per cent of rebate at what is booked."""
        return max((tier.rebate_pct for tier in self.contract.tiers.all() if tier.spend_from <= self.booked), default=ZERO)

    @property
    def missing(self) -> Decimal:
        """What has still to be booked."""
        return max(ZERO, self.contract.commitment - self.booked)


def progress(contracts: Iterable[Contract], today: datetime.date) -> list[Progress]:
    """One Progress a contract, in their order; four queries for any number."""
    rows = list(contracts)
    ids = [one.pk for one in rows]
    booked, delivered, billed = booked_against(ids), _delivered(ids), _billed(ids)
    return [Progress(one, booked[one.pk], delivered.get(one.pk, ZERO), billed.get(one.pk, ZERO), today) for one in rows]


def _delivered(ids: list[int]) -> dict[int, Decimal]:
    """Net worth of what was counted, a line never beyond what was contracted; lines that are not counted by their days gone."""
    rows = Line.objects.filter(order__contract__in=ids, order__status__in=BOOKED).exclude(status__in=("cancelled", "draft"))
    lines = rows.select_related("order").annotate(counted=Sum("flights__facts__net"))
    found: dict[int, Decimal] = {}
    for line in lines:
        share = min(Decimal(line.counted or 0) / line.quantity, Decimal(1))  # type: ignore[attr-defined]
        if not line.counts_impressions and line.status == "completed":
            share = Decimal(1)
        net = line.amount * share * (100 - line.order.commission_pct) / 100
        key = line.order.contract_id
        found[key] = found.get(key, ZERO) + net  # type: ignore[index,arg-type]
    return {key: value.quantize(CENT) for key, value in found.items()}


def _billed(ids: list[int]) -> dict[int, Decimal]:
    """Net of issued bills less tax and credit notes."""
    rows = Invoice.objects.filter(order__contract__in=ids, status__in=("issued", "paid"))
    sums = {key: net - tax for key, net, tax in rows.values_list("order__contract_id").annotate(net_sum=Sum("net"), tax_sum=Sum("tax"))}
    notes = CreditNote.objects.filter(invoice__order__contract__in=ids).values_list("invoice__order__contract_id").annotate(total=Sum("amount"))
    for key, amount in notes:
        sums[key] = sums.get(key, ZERO) - amount
    return sums
