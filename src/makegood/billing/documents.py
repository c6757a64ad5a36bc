"""From invoice records to the documents that leave the house. Only frozen inputs and issued figures are used."""

import datetime
import zoneinfo
from decimal import Decimal
from typing import Any

from makegood.accounts.models import Account
from makegood.billing.models import Invoice, InvoiceLine
from makegood.core import queries
from makegood.documents.charts.counting import CountStep
from makegood.documents.written import credit_note, invoice, parties
from makegood.engine.periods import Calendar, Period, label
from makegood.orders.models import Line, Order

SOURCES = dict(Order.Source.choices)
CAP_WORDS = dict(Order.Cap.choices)


def invoice_pdf(record: Invoice) -> bytes:
    """The invoice of an issued record; the same record gives the same bytes."""
    return invoice.pdf(invoice.InvoiceDocument(**_fields(record), lines=tuple(_line(line) for line in _lines(record))))


def credit_note_pdf(record: Invoice, number: str, amount: Decimal, reason: str, at: datetime.datetime) -> bytes:
    """A credit note over `amount` of the net of an issued invoice."""
    whole = invoice.InvoiceLine(
        number=1, description=f"Credit on invoice {record.number}", detail=reason, starts_on=record.period_start,
        ends_on=record.period_end, contracted=1, counted=1, billable=1, rate=amount, per=1, unit="credit", rate_unit="flat",
        amount=amount,
    )  # fmt: skip
    fields = _fields(record) | {
        "number": number, "issued_on": local_day(at, record.order.zone), "gross": amount, "commission": Decimal("0.00"),
        "tax": Decimal("0.00"), "net_due": amount, "due_on": None, "commission_rate": Decimal(0),
    }  # fmt: skip
    return credit_note.pdf(
        credit_note.CreditNoteDocument(
            **fields, lines=(whole,), corrects=record.number or "", corrects_on=local_day(record.issued_at, record.order.zone), reason=reason
        )
    )


def local_day(at: datetime.datetime | None, zone: str) -> datetime.date:
    """The day of a moment in `zone`."""
    assert at is not None
    return at.astimezone(zoneinfo.ZoneInfo(zone)).date()


def _lines(record: Invoice) -> list[InvoiceLine]:
    return list(record.lines.select_related("line").order_by("number"))


def _fields(record: Invoice) -> dict[str, Any]:
    order = record.order
    period = Period(record.period_start, record.period_end)
    whole = order.bill_schedule == Order.Schedule.END
    return {
        "seller": seller(), "bill_to": party(record.bill_to), "number": record.number, "issued_on": local_day(record.issued_at, order.zone),
        "period_starts_on": period.start, "period_ends_on": period.end, "order_number": order.number, "order_revision": record.inputs["revision"],
        "terms": f"Net {order.payment_days} days", "currency": record.currency, "gross": record.gross,
        "commission_rate": Decimal(record.inputs["commission_pct"]) / 100, "commission": record.commission, "tax": record.tax,
        "net_due": record.net, "due_on": record.due_on, "advertiser": order.advertiser.party.name, "campaign": order.name,
        "period_name": "Whole campaign" if whole else label(period, Calendar(order.bill_calendar)), "po_number": order.po_number,
        "terms_followed": (
            ("Order", f"{order.number}, revision {record.inputs['revision']}"), ("Source", SOURCES[order.bill_source]),
            ("Cap", CAP_WORDS[order.bill_cap]), ("Tolerance", f"{order.tolerance_pct.normalize():f} %"),
        ),
    }  # fmt: skip


def _line(line: InvoiceLine) -> invoice.InvoiceLine:
    per = 1000 if line.rate_type.upper() == "CPM" else 1
    rate = line.rate if _agrees(line, per) else (line.amount * per / line.billable if line.billable else line.rate)
    return invoice.InvoiceLine(
        number=line.number, description=line.description, starts_on=line.line.start, ends_on=line.line.end, contracted=line.contracted,
        counted=line.counted if line.counted is not None else line.billable, billable=line.billable, rate=rate, amount=line.amount,
        unit=line.unit, rate_unit=line.rate_type, per=per, detail=product_of(line.line),
        counts=tuple(CountStep(**step) for step in line.explanation.get("steps", [])), counts_note=line.explanation.get("sentence", ""),
    )  # fmt: skip


def _agrees(line: InvoiceLine, per: int) -> bool:
    """Whether the order's rate gives the amount; a line sold at a round sum over its units has an effective rate instead."""
    return abs(line.rate * line.billable / per - line.amount) <= Decimal("0.01")


def product_of(line: Line) -> str:
    """Product and property of a line."""
    return f"{line.product.name}, {line.product.property.name}"


def seller() -> parties.Seller:
    """The seller as letterhead."""
    own = queries.seller()
    bank = tuple((pair[0].strip(), pair[1].strip()) for row in own.bank.splitlines() if len(pair := row.split(":", 1)) == 2)
    return parties.Seller(name=own.name, address=tuple(own.address.splitlines()), tax_id=own.tax_id, email=own.email, bank=bank)


def party(account: Account) -> parties.Party:
    """An account as addressee."""
    return parties.Party(name=account.legal_name or account.party.name, address=tuple(account.address.splitlines()), tax_id=account.tax_id)
