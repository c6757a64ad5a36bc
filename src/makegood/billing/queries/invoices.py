"""Invoices as lists and pages show them."""

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from makegood.billing import balances, computing, explaining
from makegood.billing.models import CreditNote, Dispute, Invoice, InvoiceLine
from makegood.core import visibility
from makegood.core.models import Person


def invoice_list(actor: Person) -> models.QuerySet[Invoice]:
    """Invoices `actor` may see, with paid, credited and balance. Clients see issued ones only."""
    rows = Invoice.objects.exclude(status="discarded").select_related("order", "bill_to__party", "order__advertiser__party")
    mine = visibility.scoped(
        rows, actor, "order__advertiser_id", "bill_to_id", client_only=Q(status__in=["issued", "paid"])
    )
    return balances.with_balance(mine)


@dataclasses.dataclass(frozen=True)
class InvoiceView:
    """One invoice with its lines, the same bill under other caps, and what corrected it."""

    invoice: Invoice
    lines: tuple[InvoiceLine, ...]
    alternates: tuple[dict[str, Any], ...]
    differing: tuple[dict[str, Any], ...]
    credit_notes: tuple[CreditNote, ...]
    disputes: tuple[Dispute, ...]
    replays: bool
    delivered_not_billed: Decimal
    overdue_days: int


def invoice_view(actor: Person, pk: int, *, today: datetime.date) -> InvoiceView:
    """The invoice `pk` explained. Raises Invoice.DoesNotExist when the actor may not see it."""
    invoice = invoice_list(actor).get(pk=pk)
    alternates = explaining.alternates(invoice.inputs)
    uncapped = next((row["gross"] for row in alternates if row["name"] == explaining.CAPS["none"]), invoice.gross)
    replayed = computing.compute(invoice.inputs)
    return InvoiceView(
        invoice=invoice, lines=tuple(invoice.lines.select_related("line__product__property")), alternates=tuple(alternates),
        differing=tuple(_differing(alternates)), credit_notes=tuple(invoice.credit_notes.all()),
        disputes=tuple(invoice.disputes.all()),
        replays=(replayed.gross, replayed.commission, replayed.net) == (invoice.gross, invoice.commission, invoice.net),
        delivered_not_billed=max(Decimal(0), uncapped - invoice.gross),
        overdue_days=max(0, (today - invoice.due_on).days) if invoice.due_on and invoice.status == "issued" else 0,
    )  # fmt: skip


def _differing(alternates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Per other bill, the difference of each line from the signed one."""
    own = [line.gross for line in alternates[0]["bill"].lines]
    return [
        {"name": row["name"], "differences": [line.gross - base for line, base in zip(row["bill"].lines, own, strict=True)]}
        for row in alternates[1:]
    ]
