"""From invoice records to the documents that leave the house. Only what was frozen at issue is used."""

import datetime
from decimal import Decimal
from typing import Any

from makegood.billing import computing, papers
from makegood.billing.gathering import local_day
from makegood.billing.models import Invoice, InvoiceLine
from makegood.documents.charts.counting import CountStep
from makegood.documents.written import credit_note, invoice


def invoice_pdf(record: Invoice) -> bytes:
    """The invoice of an issued record; the same record gives the same bytes."""
    lines = tuple(_line(line, record.inputs) for line in record.lines.order_by("number"))
    return invoice.pdf(invoice.InvoiceDocument(**_fields(record), lines=lines))


def credit_note_pdf(record: Invoice, number: str, amount: Decimal, reason: str, at: datetime.datetime, *, freed: Decimal) -> bytes:
    """A credit note over `amount` of the net of an issued invoice, `freed` of it paid before."""
    whole = invoice.InvoiceLine(
        number=1, description=f"Credit on invoice {record.number}", detail=reason, starts_on=record.period_start,
        ends_on=record.period_end, contracted=1, counted=1, billable=1, rate=amount, per=1, unit="credit", rate_unit="flat",
        amount=amount,
    )  # fmt: skip
    fields = _fields(record)
    issued_on, zone = fields["issued_on"], record.inputs["paper"]["zone"]
    fields |= {
        "number": number, "issued_on": local_day(at, zone), "gross": amount, "commission": Decimal("0.00"),
        "tax": Decimal("0.00"), "net_due": amount, "due_on": None, "commission_rate": Decimal(0),
    }  # fmt: skip
    return credit_note.pdf(
        credit_note.CreditNoteDocument(**fields, lines=(whole,), corrects=record.number or "", corrects_on=issued_on, reason=reason, freed=freed)
    )


def _fields(record: Invoice) -> dict[str, Any]:
    paper = record.inputs["paper"]
    assert record.issued_at is not None
    return {
        "seller": papers.seller_of(paper), "bill_to": papers.party_of(paper), "number": record.number,
        "issued_on": local_day(record.issued_at, paper["zone"]), "period_starts_on": record.period_start,
        "period_ends_on": record.period_end, "order_number": record.inputs["order"], "order_revision": record.inputs["revision"],
        "terms": f"Net {paper['payment_days']} days", "currency": record.currency, "gross": record.gross,
        "commission_rate": Decimal(record.inputs["commission_pct"]) / 100, "commission": record.commission, "tax": record.tax,
        "net_due": record.net, "due_on": record.due_on, "advertiser": paper["advertiser"], "campaign": paper["campaign"],
        "period_name": paper["period_name"], "po_number": paper["po_number"],
        "terms_followed": tuple((name, value) for name, value in paper["terms_followed"]),
    }  # fmt: skip


def _line(line: InvoiceLine, inputs: dict[str, Any]) -> invoice.InvoiceLine:
    data = computing.terms_of(inputs, line.line_id)
    per = 1000 if line.rate_type.upper() == "CPM" else 1
    billable = line.billable or (1 if line.amount else 0)  # a part of a flat sum is one sum, though no whole unit
    rate = line.rate if _agrees(line, per) else (line.amount * per / billable if billable else line.rate)
    return invoice.InvoiceLine(
        number=line.number, description=line.description, starts_on=datetime.date.fromisoformat(data["start"]),
        ends_on=datetime.date.fromisoformat(data["end"]), contracted=line.contracted,
        counted=line.counted if line.counted is not None else billable, billable=billable, rate=rate, amount=line.amount,
        unit=line.unit, rate_unit=line.rate_type, per=per, detail=inputs["paper"]["products"].get(str(line.line_id), ""),
        counts=tuple(CountStep(**step) for step in (line.explanation.get("steps", []) if line.billable == billable else [])), counts_note=line.explanation.get("sentence", ""),
    )  # fmt: skip


def _agrees(line: InvoiceLine, per: int) -> bool:
    """Whether the order's rate gives the amount; a line sold at a round sum over its units has an effective rate instead."""
    return abs(line.rate * line.billable / per - line.amount) <= Decimal("0.01")
