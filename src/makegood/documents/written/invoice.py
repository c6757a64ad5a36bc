"""The invoice as PDF: what a finance desk signs, with the way to every figure in its appendix.

The same InvoiceDocument gives the same bytes, so an invoice can be reproduced to its hash years later.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from makegood.documents.charts import counting
from makegood.documents.written import invoice_pages, parties, typesetting


@dataclass(frozen=True, kw_only=True)
class InvoiceLine:
    """One billed line. `rate` buys `per` units (1,000 for a CPM, 1 for a spot or a flat fee)."""

    number: int
    description: str
    starts_on: date
    ends_on: date
    contracted: int
    counted: int
    billable: int
    rate: Decimal
    amount: Decimal
    unit: str = "impressions"
    rate_unit: str = "CPM"
    per: int = 1000
    detail: str = ""
    counts: tuple[counting.CountStep, ...] = ()
    counts_note: str = ""


@dataclass(frozen=True, kw_only=True)
class InvoiceDocument:
    """Everything an invoice says. Amounts are in `currency`; rates are fractions (0.15 is 15 %)."""

    seller: parties.Seller
    bill_to: parties.Party
    number: str
    issued_on: date
    period_starts_on: date
    period_ends_on: date
    order_number: str
    order_revision: int
    terms: str
    currency: str
    lines: tuple[InvoiceLine, ...]
    gross: Decimal
    commission_rate: Decimal
    commission: Decimal
    tax: Decimal
    net_due: Decimal
    due_on: date | None = None
    advertiser: str = ""
    campaign: str = ""
    period_name: str = ""
    po_number: str = ""
    tax_label: str = "Sales tax"
    terms_followed: tuple[tuple[str, str], ...] = field(default=())
    notes: tuple[str, ...] = ()


def check(doc: InvoiceDocument) -> None:
    """Raise FiguresDisagree, naming the place, unless lines, gross, commission, tax and net due add up to the cent."""
    for line in doc.lines:
        place = f"{doc.number}, line {line.number}"
        counting.check(line.counts, place)
        due = line.rate * line.billable / line.per
        counting.demand(
            abs(due - line.amount) <= Decimal("0.01"),
            f"{place}: {line.billable:,} at {line.rate} per {line.per:,} is {due:.2f}, the line says {line.amount}",
        )
        if line.counts:
            counting.demand(
                line.counts[-1].units == line.billable,
                f"{place}: the counts end at {line.counts[-1].units:,}, the line bills {line.billable:,}",
            )
    total = sum((line.amount for line in doc.lines), Decimal(0))
    counting.demand(total == doc.gross, f"{doc.number}: lines sum to {total}, gross says {doc.gross}")
    net = doc.gross - doc.commission + doc.tax
    counting.demand(net == doc.net_due, f"{doc.number}: gross − commission + tax is {net}, net due says {doc.net_due}")


def pdf(doc: InvoiceDocument) -> bytes:
    """The invoice as PDF/A-2b. Raises FiguresDisagree where `doc` does not add up."""
    check(doc)
    return typesetting.pdf("invoice.typ", invoice_pages.invoice(doc), doc.issued_on)
