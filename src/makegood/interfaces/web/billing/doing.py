"""Acting on an invoice. Each is one call of an action; what is refused stands in the form that asked."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.billing.actions import applying, correcting, correcting_counts, issuing, preparing, receiving
from makegood.billing.models import CreditNote, Invoice
from makegood.billing.queries import invoices
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.billing import asked, forms
from makegood.interfaces.web.permitted import permitted


@require_POST
@permitted("billing.issue")
def issue(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """Number, document and ledger entry. The page asked once."""
    made = issuing.issue(found(request, invoice_id), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return asked.done(request, f"Issued as {made.number}, due {formats.day(made.due_on)}.", home=links.record(made))


@require_POST
@permitted("billing.discard")
def discard(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """Throw a draft away and go back to the close."""
    invoice = found(request, invoice_id)

    def act(wanted: dict[str, Any]) -> str:
        preparing.discard(invoice, by=request.user, at=timezone.now(), why=wanted["why"])  # type: ignore[arg-type]
        return "Draft discarded; its period can be billed anew."

    return asked.attempt(request, "discard", forms.Discard(request.POST, auto_id="discard-%s"), act, home=f"{links.page('billing')}close/")


@require_POST
@permitted("billing.record_payment")
def pay(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A receipt from whoever is billed, applied here first."""
    invoice = found(request, invoice_id)

    def act(wanted: dict[str, Any]) -> str:
        part = min(wanted["amount"], invoice.balance)  # type: ignore[attr-defined]
        receiving.record(
            invoice.bill_to, wanted["amount"], currency=invoice.currency, received_on=wanted["received_on"], reference=wanted["reference"],
            by=request.user, at=timezone.now(), apply_to={invoice: part} if part else {},  # type: ignore[arg-type]
        )  # fmt: skip
        rest = wanted["amount"] - part
        said = f"{formats.money(part, invoice.currency)} applied to {invoice}."
        return f"{said} {formats.money(rest, invoice.currency)} stays on account." if rest else said

    return asked.attempt(request, "pay", forms.Pay(request.POST, auto_id="pay-%s"), act, home=links.record(invoice))


@require_POST
@permitted("billing.record_payment")
def apply(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """What the payer has on account, applied here."""
    invoice = found(request, invoice_id)

    def act(wanted: dict[str, Any]) -> str:
        applying.on_account(invoice, wanted["amount"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return f"{formats.money(wanted['amount'], invoice.currency)} of what was on account applied to {invoice}."

    return asked.attempt(request, "apply", forms.Apply(request.POST, auto_id="apply-%s"), act, home=links.record(invoice))


@require_POST
@permitted("billing.credit")
def credit(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A credit note."""
    invoice = found(request, invoice_id)

    def act(wanted: dict[str, Any]) -> str:
        note = correcting.credit(invoice, wanted["amount"], reason=wanted["reason"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return _credited(note, invoice)

    return asked.attempt(request, "credit", forms.Credit(request.POST, auto_id="credit-%s"), act, home=links.record(invoice))


@require_POST
@permitted("billing.credit")
def credit_counts(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A credit note over what was counted less since. The page asked once."""
    invoice = found(request, invoice_id)
    note = correcting_counts.credit(invoice, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return asked.done(request, _credited(note, invoice), home=links.record(invoice))


@require_POST
@permitted("core.sign_in")
def dispute(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A client's objection; the rule of the action says who may."""
    invoice = found(request, invoice_id)

    def act(wanted: dict[str, Any]) -> str:
        owner = invoice.order.account_manager
        correcting.dispute(invoice, wanted["amount"], wanted["reason"], owner=owner, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return f"Dispute opened; {owner} owns the case."

    return asked.attempt(request, "dispute", forms.Dispute(request.POST, auto_id="dispute-%s"), act, home=links.record(invoice))


@require_POST
@permitted("billing.settle_dispute")
def settle(request: HttpRequest, invoice_id: int, dispute_id: int) -> HttpResponse:
    """End a dispute with a credit or a rejection."""
    invoice = found(request, invoice_id)
    one = invoice.disputes.filter(pk=dispute_id).first()
    if one is None:
        raise Http404("This dispute is not here.")

    def act(wanted: dict[str, Any]) -> str:
        credited: Decimal = wanted["credited"]
        correcting.settle(one, credited=credited, why=wanted["why"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return f"Settled with a credit of {formats.money(credited, invoice.currency)}." if credited else "Dispute rejected."

    return asked.attempt(request, "settle", forms.Settle(request.POST, auto_id=f"settle-{dispute_id}-%s"), act, home=links.record(invoice))


def found(request: HttpRequest, invoice_id: int) -> Invoice:
    """The invoice, or 404 for what is not theirs."""
    invoice = invoices.invoice_list(request.user).filter(pk=invoice_id).first()  # type: ignore[arg-type]
    if invoice is None:
        raise Http404("This invoice is not here, or not yours to see.")
    return invoice


def _credited(note: CreditNote, invoice: Invoice) -> str:
    """What was credited, and what of it went onto the account because it had been paid."""
    said, freed = f"{note} issued over {formats.money(note.amount, invoice.currency)}.", sum(one.amount for one in note.frees.all())
    return f"{said} {formats.money(freed, invoice.currency)} of it is on account." if freed else said
