"""Making a draft bill of an order for a period, and throwing one away."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from makegood.billing import computing, explaining, terms
from makegood.billing.models import Invoice, InvoiceLine
from makegood.core import permissions, transitions
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.delivery.queries import counts
from makegood.engine.periods import Period, period_of
from makegood.orders.models import Line, Order

BILLABLE = ("live", "completed", "closed", "cancelled")


@transaction.atomic
def prepare(order: Order, on: datetime.date, *, by: Person | None, at: datetime.datetime) -> Invoice:
    """A draft bill of `order` for the period of its calendar that holds `on` (the whole flight when billed at the end).

    Inputs are frozen into the draft. Refused when the period has not ended, is billed already or holds nothing to bill.
    """
    permissions.check(by, "billing.prepare", order)
    period = bill_period(order, on)
    if order.status not in BILLABLE:
        raise Refused(f"the order is {order.status}; nothing has run.", place=str(order), remedy="Bill it once it is live.")
    if period.end >= at.date():
        raise Refused(f"the period ends on {period.end:%d %b %Y}.", place=str(order), remedy="Bill it when it is over.")
    inputs = _inputs(order, period)
    bill = computing.compute(inputs)
    if not bill.gross:
        raise Refused(f"nothing was delivered from {period.start} to {period.end}.", place=str(order), remedy="Nothing to do.")
    try:
        with transaction.atomic():
            invoice = Invoice.objects.create(
                order=order, bill_to=order.bill_to, period_start=period.start, period_end=period.end, currency=order.currency,
                gross=bill.gross, commission=bill.commission, tax=bill.tax, net=bill.net, inputs=inputs, made_by=by, made_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("this period is billed already.", place=str(order), remedy="Correct it by a credit note.") from error
    InvoiceLine.objects.bulk_create(_line(invoice, number, line, inputs) for number, line in enumerate(_worth(bill), 1))
    return transitions.start(invoice, by=by, at=at)


def discard(invoice: Invoice, *, by: Person, at: datetime.datetime, why: str) -> Invoice:
    """Throw a draft away; its period can be billed anew."""
    permissions.check(by, "billing.discard", invoice)
    return transitions.move(invoice, "discarded", by=by, at=at, why=why)


def bill_period(order: Order, on: datetime.date) -> Period:
    """The period a bill made for `on` covers."""
    if order.bill_schedule == Order.Schedule.END:
        return Period(order.start, order.end)
    if not order.start <= on <= order.end and period_of(on, terms.calendar(order)).end < order.start:
        raise Invalid(f"{on} lies before the order starts.", place=str(order), remedy=f"Choose a day from {order.start} on.")
    return period_of(on, terms.calendar(order))


def _inputs(order: Order, period: Period) -> dict[str, Any]:
    """Everything the bill depends on, as JSON."""
    lines = [line for line in order.lines.order_by("number") if line.start <= period.end]
    return {
        "order": order.number, "revision": order.revision, "start": period.start.isoformat(), "end": period.end.isoformat(),
        "currency": order.currency, "commission_pct": str(order.commission_pct), "tax_pct": "0",
        "lines": [{"terms": terms.frozen(line, order), "counts": _counts(line, order, period)} for line in lines],
    }  # fmt: skip


def _counts(line: Line, order: Order, period: Period) -> list[dict[str, Any]]:
    """What was counted in each cycle of the line up to the bill's period."""
    cycles = [cycle for cycle in terms.thaw(terms.frozen(line, order)).cycles() if cycle.end <= period.end]
    return [
        {"gross": count.gross, "net": count.net, "filtered": [list(pair) for pair in count.filtered]}
        | ({"third_party": count.third_party} if count.third_party is not None else {})
        for count in counts.of_line(line, cycles, order.zone)
    ]  # fmt: skip


def _worth(bill: computing.Bill) -> list[computing.Computed]:
    return [line for line in bill.lines if line.bill is not None]


def _line(invoice: Invoice, number: int, line: computing.Computed, inputs: dict[str, Any]) -> InvoiceLine:
    assert line.bill is not None
    data, counted = line.data["terms"], line.data["terms"]["counts_impressions"]
    return InvoiceLine(
        invoice=invoice, line_id=data["line_id"], number=number, description=data["name"],
        contracted=line.bill.contracted_units, gross_count=line.count["gross"] if counted else None,
        counted=line.count["net"] if counted else None, third_party=line.count.get("third_party"), billable=line.bill.units,
        unit=data["unit"], rate=data["rate"], rate_type=data["rate_type"], amount=line.gross,
        explanation=explaining.line(line, inputs),
    )  # fmt: skip
