"""The list of invoices."""

import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from makegood.billing import papers, states
from makegood.billing.actions import issuing, preparing
from makegood.billing.models import Invoice
from makegood.billing.queries import invoices
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.grid import BulkAction, Column, Grid
from makegood.interfaces.web.grid.definition import Button

if TYPE_CHECKING:
    from makegood.core.models import Person

STATUSES = [choice for choice in states.InvoiceStatus.choices if choice[0] != "discarded"]


def name(invoice: Invoice) -> str:
    """Its number, or what a draft is called before it has one."""
    return invoice.number or f"Draft, {papers.period_name(invoice)}"


def _who(invoice: Invoice) -> str:
    advertiser = str(invoice.order.advertiser)
    return advertiser if invoice.bill_to_id == invoice.order.advertiser_id else f"{advertiser} via {invoice.bill_to}"


def _late(invoice: Invoice) -> str:
    """Red when overdue, so that age shows in the list."""
    due = invoice.due_on
    return "risk" if invoice.status == "issued" and due and due < timezone.localdate() else ""


def _due(invoice: Any) -> datetime.date | None:
    return invoice.due_on if invoice.status == "issued" else None


def _not_draft(invoice: Any, actor: "Person") -> str:
    return "" if invoice.status == "draft" else f"it is {invoice.get_status_display().lower()}"


def _issue(invoice: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    issuing.issue(invoice, by=actor, at=at)


def _discard(invoice: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    preparing.discard(invoice, by=actor, at=at, why="discarded from the list")


INVOICES = Grid(
    key="invoices",
    title="Billing",
    rows=invoices.invoice_list,
    columns=(
        Column("number", "Invoice", source=name, field="number", second=_who, width=220),
        Column("status", "Status", "badge", choices=STATUSES, filterable=True, live=()),
        Column("order", "Campaign", source="order.name", filterable=True, width=150),
        Column("period", "Period to", "date", source="period_end", filterable=True),
        Column("gross", "Gross", "money", total=True, filterable=True, hidden=True),
        Column("commission", "Commission", "money", total=True, hidden=True),
        Column("net", "Net", "money", total=True, filterable=True),
        Column("paid", "Paid", "money", total=True, hidden=True),
        Column("credited", "Credited", "money", total=True, hidden=True),
        Column("balance", "Open", "money", source=lambda invoice: invoice.owed or None, field="owed", total=True, filterable=True, strong=True),
        Column("due", "Due", "due", source=_due, field="due_on", sortable=True),
        Column("due_on", "Due on", "date", filterable=True, hidden=True, tone=_late),
        Column("bill_to", "Billed to", source="bill_to.party.name", field="bill_to__party__name", filterable=True, hidden=True),
        Column("issued", "Issued", "datetime", source="issued_at", filterable=True, hidden=True),
    ),
    default_sort="-period",
    groupable=("status", "bill_to"),
    search=("number", "order__name", "order__number", "order__advertiser__party__name", "bill_to__party__name"),
    link=links.record,
    actions=(
        BulkAction("issue", "Issue", _issue, check=_not_draft, verb="billing.issue", icon="lock",
                   consequence="Cannot be undone: each gets its number, its document and its ledger entry."),
        BulkAction("discard", "Discard drafts", _discard, check=_not_draft, verb="billing.discard", icon="trash",
                   consequence="Their periods can be billed anew."),
    ),
    quick=(("Drafts", "status=draft"), ("Overdue", "status=issued&due_on=..today-1"), ("Open", "status=issued"), ("Paid", "status=paid")),
    buttons=(Button("Payments", links.page("payments"), "cash"), Button("Ready to bill", f"{links.page('billing')}close/", "checklist")),
    empty=c.Empty(
        "No invoices yet", "Drafts appear here by themselves a day after a billing period ends, from the order's terms and the counts.",
        ("A period ends.", "Its draft is prepared.", "Finance issues it: number, PDF and ledger entry at once."), "receipt",
        "See what is ready", f"{links.page('billing')}close/",
    ),
    noun=("invoice", "invoices"),
    area="billing",
    crumbs=(c.Crumb("Billing", links.page("billing")), c.Crumb("Invoices")),
    row_height=43,
)  # fmt: skip
