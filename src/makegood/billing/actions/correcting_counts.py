"""Counts that changed after their bill was issued, made good: more goes onto the next bill as an item of its own, less is credited."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from makegood.billing import corrections, gathering, held, terms
from makegood.billing.actions import adjusting, correcting
from makegood.billing.corrections import Due
from makegood.billing.models import CountAdjustment, CreditNote, Invoice
from makegood.core import permissions, verbs
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.engine.money import Money
from makegood.orders.models import Line, Order

LATE = "events that came late"


def with_corrections(order: Order, inputs: gathering.Inputs, *, at: datetime.datetime) -> gathering.Inputs:
    """The inputs of a draft bill with what the order's issued bills are short of by now, up to what was ordered.

    While another draft of the order waits, that one has it. Runs inside the transaction that makes the draft.
    """
    Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    issued = held.issued([order])[order.pk]
    if not issued or Invoice.objects.filter(order=order, status="draft").exists():
        return inputs
    adjusting.notice(_whole(issued), why=LATE, by=None, at=at)
    found = [one for one in corrections.due(order, issued, inputs) if one.amount > 0]
    return inputs | {"corrections": [_item(order, one, issued) for one in found]} if found else inputs


@verbs.whole
def credit(invoice: Invoice, *, by: Person, at: datetime.datetime) -> CreditNote:
    """A credit note over what the lines of an issued bill come to less by now, all bills of the order taken together."""
    permissions.check(by, "billing.credit", invoice)
    order = Order.objects.select_for_update(no_key=True).get(pk=invoice.order_id)
    if Invoice.objects.filter(order=order, status="draft").exists():
        raise Refused("a draft bill of this order waits.", place=str(invoice), remedy="Issue or discard it; it was made from the counts as they stood.")
    issued = held.issued([order])[order.pk]
    adjusting.notice(_whole(issued), why=LATE, by=None, at=at)
    mine = set(invoice.lines.values_list("line_id", flat=True))
    found = [one for one in corrections.due(order, issued) if one.amount < 0 and one.line_id in mine]
    if not found:
        raise Refused("its counts give nothing to credit.", place=str(invoice), remedy="What was counted since is billed with the next bill.")
    net = _net(invoice, -sum((one.amount for one in found), Decimal("0.00")))
    return correcting.credit(invoice, net, reason=_reason(found, issued), corrections=tuple(one.plain() for one in found), by=by, at=at)


def _whole(issued: Sequence[Invoice]) -> list[Invoice]:
    return list(Invoice.objects.filter(pk__in=[one.pk for one in issued]).select_related("order").order_by("pk"))


def _item(order: Order, one: Due, issued: Sequence[Invoice]) -> gathering.Inputs:
    line = Line.objects.get(pk=one.line_id)
    corrected, why = _changed(one, issued)
    words = f"{line.name}, counted since {', '.join(corrected)}"[:200]
    return one.plain() | {"terms": terms.frozen(line, order), "invoices": corrected, "words": words, "why": why}


def _changed(one: Due, issued: Sequence[Invoice]) -> tuple[list[str], str]:
    """The bills whose counts of the line were noticed to have changed, and why."""
    rows = CountAdjustment.objects.filter(invoice__in=[bill.pk for bill in issued], line_id=one.line_id).select_related("invoice").order_by("pk")
    numbers = dict.fromkeys(f"{row.invoice.number} ({row.invoice.period_start:%d %b %Y} to {row.invoice.period_end:%d %b %Y})" for row in rows)
    return list(numbers), "; ".join(dict.fromkeys(row.why for row in rows))


def _net(invoice: Invoice, gross: Decimal) -> Decimal:
    """What `gross` of the invoice is without commission and with tax, in its own proportions."""
    whole = Money(gross, invoice.currency)
    kept = whole.times(Decimal(invoice.inputs["commission_pct"]) / 100).rounded()
    taxed = (whole - kept).times(Decimal(invoice.inputs.get("tax_pct", "0")) / 100).rounded()
    return (whole - kept + taxed).amount


def _reason(found: Sequence[Due], issued: Sequence[Invoice]) -> str:
    numbers = dict(Line.objects.filter(pk__in=[one.line_id for one in found]).values_list("pk", "number"))
    parts = [f"line {numbers[one.line_id]}: {one.units:,} units, {_changed(one, issued)[1]}" for one in found]
    return f"Counts that changed: {'; '.join(parts)}"[:200]
