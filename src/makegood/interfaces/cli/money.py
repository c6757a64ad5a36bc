"""`makegood bill`, `pay`: an order's invoice for a period, and money received."""

import pathlib
from typing import Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who


def bill(
    context: typer.Context, number: Annotated[str, typer.Argument(help="The order's number.")],
    on: Annotated[str, typer.Option("--on", help="A day of the period to bill (ISO).")], who: Who = "",
    draft: Annotated[bool, typer.Option("--draft", help="Prepare only; do not issue.")] = False,
    out: Annotated[pathlib.Path | None, typer.Option("--out", help="Also copy the PDF here.")] = None, json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Prepare and issue the invoice of a period by the order's terms. Issuing cannot be undone, only credited."""
    with session.opened(context, as_json=json):
        from makegood.billing.actions import issuing, preparing
        from makegood.billing.models import Invoice

        by, when = session.actor(who), session.moment(at)
        invoice = preparing.prepare(session.order(number), _day(on), by=by, at=when)
        if not draft:
            invoice = issuing.issue(invoice, by=by, at=when)
        invoice = Invoice.objects.select_related("document", "order").get(pk=invoice.pk)
        if out and invoice.document:
            out.mkdir(parents=True, exist_ok=True)
            (out / invoice.document.name).write_bytes(invoice.document.path.read_bytes())
        output.show(_invoice(invoice), as_json=json)


def pay(
    context: typer.Context, invoice: Annotated[str, typer.Argument(help="The invoice's number, like 2026-0007.")],
    reference: Annotated[str, typer.Option("--reference", help="The bank's reference; the same one is recorded once.")], who: Who = "",
    amount: Annotated[str, typer.Option("--amount", help="What was received; else what is owed.")] = "",
    on: Annotated[str, typer.Option("--on", help="The day it came in (ISO); else today.")] = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Record a payment and apply it to an invoice."""
    with session.opened(context, as_json=json):
        from makegood.billing import balances
        from makegood.billing.actions import receiving
        from makegood.billing.models import Invoice
        from makegood.core.errors import Invalid

        found = Invoice.objects.filter(number=invoice).select_related("bill_to", "order").first()
        if found is None:
            raise Invalid("there is no such invoice.", place=invoice, remedy="Invoices are named like 2026-0007.")
        when, received = session.moment(at), _amount(amount) if amount else balances.of(found)
        receiving.record(
            found.bill_to, received, currency=found.currency, received_on=_day(on) if on else when.date(), reference=reference,
            by=session.actor(who), at=when, apply_to={found: received},
        )  # fmt: skip
        found.refresh_from_db()
        output.show(_invoice(found) | {"received": received, "owed": balances.of(found)}, as_json=json)


def _day(text: str) -> Any:
    import datetime

    from makegood.core.errors import Invalid

    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is no day.", place="--on", remedy="Write it like 2026-10-31.") from None


def _amount(text: str) -> Any:
    from decimal import Decimal, InvalidOperation

    from makegood.core.errors import Invalid

    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise Invalid(f"{text!r} is no amount.", place="--amount", remedy="Write it like 1234.50.") from None


def _invoice(invoice: Any) -> dict[str, Any]:
    return {
        "invoice": invoice.number or "", "order": invoice.order.number, "status": invoice.status, "from": invoice.period_start,
        "to": invoice.period_end, "gross": invoice.gross, "commission": invoice.commission, "tax": invoice.tax, "net": invoice.net,
        "currency": invoice.currency, "due": invoice.due_on, "document": invoice.document.name if invoice.document else "",
    }  # fmt: skip


COMMANDS = {"bill": bill, "pay": pay}
