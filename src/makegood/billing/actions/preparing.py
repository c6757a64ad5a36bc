"""Making a draft bill of an order for a period, and throwing one away."""

import datetime

from django.db import IntegrityError, transaction

from makegood.billing import computing, explaining, gathering, terms
from makegood.billing.actions import correcting_counts
from makegood.billing.models import Invoice, InvoiceLine
from makegood.core import permissions, transitions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.engine.periods import Period, period_of
from makegood.orders.models import Order

BILLABLE = ("live", "completed", "closed", "cancelled")


@verbs.whole
def prepare(order: Order, on: datetime.date, *, by: Person | None, at: datetime.datetime) -> Invoice:
    """A draft bill of `order` for the period of its calendar that holds `on` (the whole flight when billed at the end).

    Inputs are frozen into the draft. Refused when the period has not ended, is billed already or holds nothing to bill.
    """
    permissions.check(by, "billing.prepare", order)
    period = bill_period(order, on)
    early = in_advance(order) or _nothing_more(order)
    if order.status not in BILLABLE and not (in_advance(order) and order.status == "booked"):
        raise Refused(f"the order is {order.status}; nothing has run.", place=str(order), remedy="Bill it once it is live.")
    if period.end >= gathering.local_day(at, order.zone) and not early:
        raise Refused(f"the period ends on {period.end:%d %b %Y}.", place=str(order), remedy="Bill it when it is over.")
    inputs = correcting_counts.with_corrections(order, gathering.inputs([(order, period)])[0], at=at)
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
        raise Refused("this period, or a part of it, is billed already.", place=str(order), remedy="Correct it by a credit note.") from error
    lines = [_line(invoice, number, line) for number, line in enumerate(_worth(bill), 1)]
    InvoiceLine.objects.bulk_create([*lines, *(_item(invoice, number, one) for number, one in enumerate(inputs.get("corrections", ()), len(lines) + 1))])
    return transitions.start(invoice, by=by, at=at)


def discard(invoice: Invoice, *, by: Person, at: datetime.datetime, why: str) -> Invoice:
    """Throw a draft away; its period can be billed anew."""
    permissions.check(by, "billing.discard", invoice)
    return transitions.move(invoice, "discarded", by=by, at=at, why=why)


def in_advance(order: Order) -> bool:
    """Whether it is billed before it runs: a contracted amount, prepaid."""
    return order.bill_schedule == Order.Schedule.PREPAID and order.bill_source == Order.Source.CONTRACTED


def _nothing_more(order: Order) -> bool:
    """Whether a bill for the whole flight need not wait for its last day: the order was cancelled."""
    return order.status == "cancelled" and order.bill_schedule == Order.Schedule.END


def bill_period(order: Order, on: datetime.date) -> Period:
    """The period a bill made for `on` covers. One after the order's end can hold what was counted since its last bill."""
    if order.bill_schedule == Order.Schedule.END and not _billed_whole(order, on):
        return Period(order.start, order.end)
    if not order.start <= on <= order.end and period_of(on, terms.calendar(order)).end < order.start:
        raise Invalid(f"{on} lies before the order starts.", place=str(order), remedy=f"Choose a day from {order.start} on.")
    return period_of(on, terms.calendar(order))


def _billed_whole(order: Order, on: datetime.date) -> bool:
    """Whether `on` lies after an order that is billed at its end, and was."""
    return on > order.end and Invoice.objects.filter(order=order, status__in=["issued", "paid"]).exists()


def _worth(bill: computing.Bill) -> list[computing.Computed]:
    return [line for line in bill.lines if line.bill is not None]


def _line(invoice: Invoice, number: int, line: computing.Computed) -> InvoiceLine:
    assert line.bill is not None
    data, counted = line.data["terms"], line.data["terms"]["counts_impressions"]
    return InvoiceLine(
        invoice=invoice, line_id=data["line_id"], number=number, description=data["name"],
        contracted=line.bill.contracted_units, gross_count=line.count["gross"] if counted else None,
        counted=line.count["net"] if counted else None, third_party=line.count.get("third_party"), billable=line.bill.units,
        unit=data["unit"], rate=data["rate"], rate_type=data["rate_type"], amount=line.gross,
        explanation=explaining.line(line),
    )  # fmt: skip


def _item(invoice: Invoice, number: int, one: gathering.Inputs) -> InvoiceLine:
    """What an earlier bill was short of, as an item of this one."""
    data = one["terms"]
    over = f"; {one['over']:,} more were counted beyond what was ordered and are not billed" if one["over"] else ""
    return InvoiceLine(
        invoice=invoice, line_id=one["line_id"], number=number, description=one["words"], contracted=data["quantity"], billable=one["units"],
        unit=data["unit"], rate=data["rate"], rate_type=data["rate_type"], amount=one["amount"],
        explanation={"steps": [], "sentence": f"{one['units']:,} {data['unit']} counted since: {one['why']}{over}", "corrects": one["invoices"]},
    )  # fmt: skip
