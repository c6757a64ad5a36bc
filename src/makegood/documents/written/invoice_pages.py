"""What stands where on an invoice or credit note, every figure already written out. No typesetting here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from makegood.documents.charts import figures
from makegood.documents.written import parties

if TYPE_CHECKING:
    from decimal import Decimal

    from makegood.documents.written.invoice import InvoiceDocument, InvoiceLine

Page = dict[str, object]


def invoice(doc: InvoiceDocument) -> Page:
    """The page of an invoice."""
    return {
        **_common(doc),
        "title": "Invoice",
        "headline": figures.money(doc.net_due, doc.currency),
        "headline_note": f"due {figures.day(doc.due_on)}" if doc.due_on else doc.terms,
        "facts": _facts(doc, [("Due date", figures.day(doc.due_on))] if doc.due_on else []),
        "total_label": f"Net due, {doc.currency}",
        "remit": f"Please quote {doc.number} with your payment.",
        "reason": "",
    }


def credit_note(doc: InvoiceDocument, *, corrects: str, corrects_on: date, reason: str, freed: Decimal) -> Page:
    """The page of a credit note against the invoice `corrects`, of which `freed` had been paid."""
    return {
        **_common(doc),
        "title": "Credit note",
        "headline": figures.money(doc.net_due, doc.currency),
        "headline_note": f"credited against {corrects}",
        "facts": _facts(doc, [("Corrects invoice", corrects), ("Invoice date", figures.day(corrects_on))]),
        "total_label": f"Credited, {doc.currency}",
        "remit": _settlement(doc, corrects, freed),
        "reason": reason,
        "seller": {**parties.letterhead(doc.seller), "bank": []},
    }


def _settlement(doc: InvoiceDocument, corrects: str, freed: Decimal) -> str:
    """What becomes of the credit: off what is owed, and to the payer's account as far as it was paid."""
    if not freed:
        return f"Set off this amount against invoice {corrects}; nothing is payable on this document."
    kept = f"{figures.money(freed, doc.currency)} stays to your credit, for another invoice or to be paid back to you."
    if freed == doc.net_due:
        return f"Invoice {corrects} was paid: {kept}"
    rest = figures.money(doc.net_due - freed, doc.currency)
    return f"Set off {rest} against invoice {corrects}. The rest of it was paid: {kept}"


def _facts(doc: InvoiceDocument, dates: list[tuple[str, str]]) -> list[list[str]]:
    period = figures.span(doc.period_starts_on, doc.period_ends_on)
    rows = [
        ("Number", doc.number),
        ("Date", figures.day(doc.issued_on)),
        *dates,
        ("Terms", doc.terms),
        ("Period", f"{doc.period_name}, {period}" if doc.period_name else period),
        ("Order", f"{doc.order_number}, revision {doc.order_revision}"),
        ("Your PO", doc.po_number),
        ("Advertiser", doc.advertiser),
        ("Campaign", doc.campaign),
    ]
    return [[label, value] for label, value in rows if value]


def _common(doc: InvoiceDocument) -> Page:
    rate = figures.percent(doc.commission_rate, 2 if doc.commission_rate * 100 % 1 else 0)
    totals = [["Gross", figures.amount(doc.gross, doc.currency)]]
    if doc.commission:
        totals.append([f"Agency commission, {rate}", figures.amount(-doc.commission, doc.currency)])
    totals.append([doc.tax_label, figures.amount(doc.tax, doc.currency)])
    return {
        "number": doc.number,
        "seller": parties.letterhead(doc.seller),
        "bill_to": parties.block(doc.bill_to),
        "lines": [_line(line, doc.currency) for line in doc.lines],
        "totals": totals,
        "total": figures.amount(doc.net_due, doc.currency),
        "terms": [list(pair) for pair in doc.terms_followed],
        "notes": list(doc.notes),
        "currency": doc.currency,
    }


def _line(line: InvoiceLine, currency: str) -> Page:
    price = figures.rate(line.rate, currency)
    return {
        "number": str(line.number),
        "name": line.description,
        "detail": line.detail,
        "dates": figures.span(line.starts_on, line.ends_on),
        "unit": line.unit,
        "contracted": figures.count(line.contracted),
        "counted": figures.count(line.counted),
        "billable": figures.count(line.billable),
        "capped": "capped" if line.billable < line.counted else "",
        "rate": price,
        "rate_unit": line.rate_unit,
        "amount": figures.amount(line.amount, currency),
        "steps": [
            {
                "label": step.label,
                "total": step.total,
                "units": figures.count(step.units) if step.total else figures.signed(step.units),
                "size": step.units,
            }
            for step in line.counts
        ],
        "note": line.counts_note,
        "formula": [
            figures.count(line.billable),
            f"÷ {line.per:,} ×" if line.per != 1 else "×",
            price,
            figures.money(line.amount, currency),
        ],
    }
