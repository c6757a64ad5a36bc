"""Invoices as lists and pages show them."""

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from makegood.billing import balances, computing, corrections, explaining, held
from makegood.billing.models import CountAdjustment, CreditNote, Dispute, Invoice, InvoiceLine
from makegood.billing.queries import on_account
from makegood.core import visibility
from makegood.core.models import Activity, Person


def invoice_list(actor: Person) -> models.QuerySet[Invoice]:
    """Invoices `actor` may see, with paid, credited and balance. Clients see issued ones only."""
    rows = Invoice.objects.exclude(status="discarded").select_related("order", "bill_to__party", "order__advertiser__party")
    mine = visibility.scoped(
        rows, actor, "order__advertiser_id", "bill_to_id", client_only=Q(status__in=["issued", "paid"])
    )
    return balances.with_balance(mine)


def bill(actor: Person, pk: int) -> Invoice | None:
    """One invoice with its lines and credit notes, these with what they `freed`; None when the actor may not see it."""
    notes = models.Prefetch("credit_notes", balances.with_freed(CreditNote.objects.order_by("at")))
    return invoice_list(actor).prefetch_related("lines", notes).filter(pk=pk).first()


@dataclasses.dataclass(frozen=True)
class CountStanding:
    """What the changed counts of an issued bill's lines ask for, all bills of the order together: `more` waits for the next bill, `less` for a
    credit note (both gross), `over` units were counted beyond what was ordered. `billed` are later bills that have an item for it.
    """

    more: Decimal
    less: Decimal
    over: int
    billed: tuple[Invoice, ...]


@dataclasses.dataclass(frozen=True)
class InvoiceView:
    """One invoice with its lines, the same bill under other caps, and what corrected it. Credit notes carry what they `freed`.

    `on_account` is what its payer has there in its currency, for as long as it owes something.
    """

    invoice: Invoice
    lines: tuple[InvoiceLine, ...]
    alternates: tuple[dict[str, Any], ...]
    differing: tuple[dict[str, Any], ...]
    credit_notes: tuple[CreditNote, ...]
    disputes: tuple[Dispute, ...]
    adjustments: tuple[CountAdjustment, ...]
    standing: CountStanding | None
    history: tuple[Activity, ...]
    replays: bool
    delivered_not_billed: Decimal
    overdue_days: int
    on_account: Decimal


def invoice_view(actor: Person, pk: int, *, today: datetime.date) -> InvoiceView:
    """The invoice `pk` explained. Raises Invoice.DoesNotExist when the actor may not see it."""
    invoice = invoice_list(actor).get(pk=pk)
    alternates = explaining.alternates(invoice.inputs)
    uncapped = next((row["gross"] for row in alternates if row["name"] == explaining.CAPS["none"]), invoice.gross)
    replayed = computing.compute(invoice.inputs)
    adjustments = _adjustments(actor, invoice)
    disputes, notes = tuple(invoice.disputes.order_by("at")), tuple(balances.with_freed(invoice.credit_notes.order_by("at")))
    return InvoiceView(
        invoice=invoice, lines=tuple(invoice.lines.select_related("line__product__property")), alternates=tuple(alternates),
        differing=tuple(_differing(alternates)), credit_notes=notes,
        disputes=disputes, adjustments=adjustments, standing=_standing(invoice) if adjustments else None, history=_history(actor, invoice, [one.pk for one in disputes], [one.pk for one in notes]),
        replays=(replayed.gross, replayed.commission, replayed.tax, replayed.net) == (invoice.gross, invoice.commission, invoice.tax, invoice.net),
        delivered_not_billed=max(Decimal(0), uncapped - invoice.gross),
        overdue_days=max(0, (today - invoice.due_on).days) if invoice.due_on and invoice.status == "issued" else 0,
        on_account=on_account.of_payer(actor, invoice) if invoice.owed else Decimal(0),
    )  # fmt: skip


def _adjustments(actor: Person, invoice: Invoice) -> tuple[CountAdjustment, ...]:
    """Counts that changed since it was issued, oldest first; the client hears of them by a credit note or the next bill."""
    return tuple(invoice.adjustments.select_related("line").order_by("pk")) if actor.is_staff_member else ()


def _standing(invoice: Invoice) -> CountStanding:
    mine = {one.line_id for one in invoice.lines.all()}
    due = [one for one in corrections.due(invoice.order, held.issued([invoice.order])[invoice.order_id]) if one.line_id in mine]
    later = Invoice.objects.filter(order=invoice.order_id, pk__gt=invoice.pk).exclude(status="discarded").order_by("pk")
    billed = tuple(one for one in later if mine & {item["line_id"] for item in one.inputs.get("corrections", ())})
    zero = Decimal("0.00")
    return CountStanding(
        sum((one.amount for one in due if one.amount > 0), zero), -sum((one.amount for one in due if one.amount < 0), zero),
        sum(one.over for one in due), billed,
    )  # fmt: skip


def _differing(alternates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Per other bill {name, differences}: by line id, how much each line differs from the signed one."""
    own = {line.data["terms"]["line_id"]: line.gross for line in alternates[0]["bill"].lines}
    return [
        {"name": row["name"], "differences": {pk: line.gross - own[pk] for line in row["bill"].lines for pk in [line.data["terms"]["line_id"]]}}
        for row in alternates[1:]
    ]


def _history(actor: Person, invoice: Invoice, disputes: list[int], notes: list[int]) -> tuple[Activity, ...]:
    """What happened to it, its disputes and its credit notes, oldest first."""
    mine = Q(subject_type="billing.invoice", subject_id=invoice.pk)
    mine |= Q(subject_type="billing.dispute", subject_id__in=disputes) | Q(subject_type="billing.creditnote", subject_id__in=notes)
    rows = Activity.objects.filter(mine).select_related("actor").order_by("at", "pk")
    return tuple(rows if actor.is_staff_member else rows.filter(visible_to_client=True))
