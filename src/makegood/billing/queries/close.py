"""The close: what has ended and is not billed yet, what a bill for it would say, and what stands in its way."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from makegood.billing import computing, gathering, terms
from makegood.billing.actions import preparing
from makegood.billing.models import Invoice
from makegood.core import visibility
from makegood.core.models import Person
from makegood.engine.periods import Period, periods_between
from makegood.orders.models import Order

LEAST = 1_000  # below this a discrepancy says nothing (Google investigates from here, reference/peers.md section 3)


@dataclasses.dataclass(frozen=True)
class Closing:
    """One order and period ready to bill, or to be looked at first: `exceptions` say why, in words."""

    order: Order
    period: Period
    contracted: int
    ours: int
    third_party: int | None
    billable: int
    gross: Decimal
    net: Decimal
    exceptions: tuple[str, ...]


def unbilled(orders: Sequence[Order], at: datetime.datetime) -> list[tuple[Order, Period]]:
    """Every period of `orders` that is over and lies in no draft or bill."""
    billed: dict[int, list[Period]] = defaultdict(list)
    taken = Invoice.objects.filter(order__in=orders).exclude(status="discarded")
    for order_id, start, end in taken.values_list("order_id", "period_start", "period_end"):
        billed[order_id].append(Period(start, end))
    return [
        (order, period)
        for order in orders
        for period in _over(order, gathering.local_day(at, order.zone))
        if not any(one.start <= period.end and period.start <= one.end for one in billed[order.pk])
    ]


def billable(actor: Person | None) -> list[Order]:
    """Orders whose running may be billed."""
    rows = Order.objects.filter(status__in=preparing.BILLABLE).select_related("advertiser__party", "agency__party")
    return list((visibility.scoped(rows, actor, "advertiser_id") if actor else rows).order_by("pk"))


def closings(actor: Person, *, at: datetime.datetime) -> list[Closing]:
    """What is ready to bill, exceptions first, then by money. Queries do not grow with the number of orders."""
    waiting = unbilled(billable(actor), at)
    found = [_closing(order, period, data) for (order, period), data in zip(waiting, gathering.inputs(waiting), strict=True)]
    return sorted((one for one in found if one), key=lambda one: (not one.exceptions, -one.gross, one.order.pk, one.period))


def _over(order: Order, today: datetime.date) -> list[Period]:
    if order.bill_schedule == Order.Schedule.END:
        over = order.end < today or order.status == "cancelled"
        return [Period(order.start, order.end)] if over else []
    calendar = terms.calendar(order)
    return [period for period in periods_between(order.start, order.end, calendar) if period.end < today]


def _closing(order: Order, period: Period, inputs: gathering.Inputs) -> Closing | None:
    """None where the period holds nothing: no line ran in it, or all was billed with another."""
    bill = computing.compute(inputs)
    lines = [line for line in bill.lines if line.bill is not None]
    if not lines or not (bill.gross or any(line.data["terms"]["source"] != "contracted" for line in lines)):
        return None
    counted = [line for line in lines if line.data["terms"]["counts_impressions"]]
    third = [line.count.get("third_party") for line in counted]
    return Closing(
        order, period, contracted=sum(line.bill.contracted_units for line in counted if line.bill),
        ours=sum(line.count["net"] for line in counted),
        third_party=sum(one or 0 for one in third) if any(one is not None for one in third) else None,
        billable=sum(line.bill.units for line in counted if line.bill), gross=bill.gross, net=bill.net,
        exceptions=tuple(_exceptions(order, counted, bill)),
    )  # fmt: skip


def _exceptions(order: Order, counted: Sequence[computing.Computed], bill: computing.Bill) -> list[str]:
    """What somebody should look at before it leaves the house."""
    found = [] if order.po_number else ["no PO number"]
    for line in counted:
        place, ours, other = f"line {line.data['terms']['number']}", line.count["net"], line.count.get("third_party")
        if not ours and line.data["terms"]["source"] != "contracted":
            found.append(f"{place}: nothing was counted")
        elif other is None and line.data["terms"]["source"] == "third_party":
            found.append(f"{place}: no third-party count, ours would be billed")
        elif other is not None and ours >= LEAST and abs(ours - other) * 100 > order.tolerance_pct * ours:
            words = "fewer" if other < ours else "more"
            share = Decimal(abs(ours - other) * 100) / ours
            found.append(f"{place}: third party counts {share:.1f} % {words}, tolerance {order.tolerance_pct.normalize():f} %")
    return found
