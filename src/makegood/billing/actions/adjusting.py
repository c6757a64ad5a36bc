"""Counts of issued bills that changed afterwards: each change becomes a visible adjustment, the bill stays as issued."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from makegood.billing import computing, gathering, terms
from makegood.billing.models import CountAdjustment, Invoice
from makegood.core import activity, permissions, verbs
from makegood.core.models import Person
from makegood.delivery.actions.counting import KEEP
from makegood.engine.periods import Period

ISSUED = ("issued", "paid")
LATEST = KEEP + datetime.timedelta(days=30)  # a bill may be issued weeks after its last day; third parties correct late
COUNTS = ("gross", "net", "filtered", "third_party")


def recent(at: datetime.datetime) -> list[Invoice]:
    """Issued bills whose counts late events or corrected files may still change."""
    return list(_issued().filter(period_end__gte=(at - LATEST).date()))


def overlapping(first: datetime.date, last: datetime.date) -> list[Invoice]:
    """Issued bills with a day in the range, and one day more on either side for the zones."""
    day = datetime.timedelta(days=1)
    return list(_issued().filter(period_start__lte=last + day, period_end__gte=first - day))


@verbs.whole
def notice(invoices: Sequence[Invoice], *, why: str, by: Person | None, at: datetime.datetime) -> list[CountAdjustment]:
    """Adjustments for the lines of `invoices` whose counts differ from what was billed or noticed before."""
    permissions.check(by, "billing.adjust")
    known = _known(invoices)
    fresh = gathering.as_counted([(one.order, Period(one.period_start, one.period_end)) for one in invoices])
    made = []
    for invoice, data in zip(invoices, fresh, strict=True):
        for line, was, now in _changed(invoice, data, known):
            one = CountAdjustment.objects.create(
                invoice=invoice, line_id=line, before=was[0], after=now[0], amount=now[1] - was[1], why=why[:200], by=by, at=at
            )
            activity.record(invoice, "invoice.count_changed", by=by, at=at, why=why, before=was[0], after=now[0] | {"amount": str(one.amount)})
            made.append(one)
    return made


Standing = tuple[dict[str, Any], Decimal]


def _changed(invoice: Invoice, data: gathering.Inputs, known: dict[tuple[int, int], CountAdjustment]) -> Iterable[tuple[int, Standing, Standing]]:
    """(line, as known, as counted now) of each line that differs: its counts, and the gross they come to."""
    billed = _standings(invoice.inputs)
    for line, now in _standings(_counted_anew(invoice, data)).items():
        was, last = billed[line], known.get((invoice.pk, line))
        if last is not None:
            was = last.after, was[1] + _sum(invoice, line)
        if any(now[0].get(name) != was[0].get(name) for name in COUNTS):
            yield line, was, now


def _counted_anew(invoice: Invoice, data: gathering.Inputs) -> gathering.Inputs:
    """The bill's own terms with the counts as they are now; cycles of other bills as it froze them."""
    fresh = {
        (line["terms"]["line_id"], cycle.end): count
        for line in data["lines"] for cycle, count in zip(terms.thaw(line["terms"]).cycles(), line["counts"], strict=False)
    }  # fmt: skip
    lines = []
    for line in invoice.inputs["lines"]:
        pk, cycles = line["terms"]["line_id"], terms.thaw(line["terms"]).cycles()
        own = [invoice.period_start <= cycle.end <= invoice.period_end for cycle in cycles]
        pairs = zip(line["counts"], cycles, own, strict=False)
        lines.append(line | {"counts": [fresh.get((pk, cycle.end), old) if mine else old for old, cycle, mine in pairs]})
    return invoice.inputs | {"lines": lines}


def _standings(inputs: gathering.Inputs) -> dict[int, Standing]:
    return {
        one.data["terms"]["line_id"]: (one.count | {"billable": one.bill.units}, one.gross)
        for one in computing.compute(inputs).lines if one.bill is not None and one.data["terms"]["counts_impressions"]
    }  # fmt: skip


def _known(invoices: Sequence[Invoice]) -> dict[tuple[int, int], CountAdjustment]:
    """The last adjustment of each bill's line."""
    rows = CountAdjustment.objects.filter(invoice__in=invoices).order_by("pk")
    return {(one.invoice_id, one.line_id): one for one in rows}


def _sum(invoice: Invoice, line_id: int) -> Decimal:
    amounts = CountAdjustment.objects.filter(invoice=invoice, line_id=line_id).values_list("amount", flat=True)
    return sum(amounts, Decimal(0))


def _issued() -> Any:
    return Invoice.objects.filter(status__in=ISSUED).select_related("order").order_by("pk")
