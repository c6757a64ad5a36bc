"""Acting on an invoice. Each is one call of an action; what is refused stands in the form that asked."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.billing.actions import correcting, correcting_counts, issuing, preparing, receiving
from makegood.billing.models import Invoice
from makegood.billing.queries import invoices
from makegood.core.errors import Refused
from makegood.interfaces.web import formats, links, toasts
from makegood.interfaces.web.billing import forms
from makegood.interfaces.web.permitted import permitted


@require_POST
@permitted("billing.issue")
def issue(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """Number, document and ledger entry. The page asked once."""
    made = issuing.issue(found(request, invoice_id), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _done(request, made, f"Issued as {made.number}, due {formats.day(made.due_on)}.")


@require_POST
@permitted("billing.discard")
def discard(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """Throw a draft away and go back to the close."""
    invoice = found(request, invoice_id)
    form = forms.Discard(request.POST, auto_id="discard-%s")

    def act(asked: dict[str, Any]) -> str:
        preparing.discard(invoice, by=request.user, at=timezone.now(), why=asked["why"])  # type: ignore[arg-type]
        return "Draft discarded; its period can be billed anew."

    return _try(request, invoice, "discard", form, act, then=f"{links.page('billing')}close/")


@require_POST
@permitted("billing.record_payment")
def pay(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A receipt from whoever is billed, applied here first."""
    invoice = found(request, invoice_id)

    def act(asked: dict[str, Any]) -> str:
        part = min(asked["amount"], invoice.balance)  # type: ignore[attr-defined]
        receiving.record(
            invoice.bill_to, asked["amount"], currency=invoice.currency, received_on=asked["received_on"], reference=asked["reference"],
            by=request.user, at=timezone.now(), apply_to={invoice: part} if part else {},  # type: ignore[arg-type]
        )  # fmt: skip
        rest = asked["amount"] - part
        said = f"{formats.money(part, invoice.currency)} applied to {invoice}."
        return f"{said} {formats.money(rest, invoice.currency)} stays on account." if rest else said

    return _try(request, invoice, "pay", forms.Pay(request.POST, auto_id="pay-%s"), act)


@require_POST
@permitted("billing.credit")
def credit(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A credit note."""
    invoice = found(request, invoice_id)

    def act(asked: dict[str, Any]) -> str:
        note = correcting.credit(invoice, asked["amount"], reason=asked["reason"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return f"{note} issued over {formats.money(note.amount, invoice.currency)}."

    return _try(request, invoice, "credit", forms.Credit(request.POST, auto_id="credit-%s"), act)


@require_POST
@permitted("billing.credit")
def credit_counts(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A credit note over what was counted less since. The page asked once."""
    invoice = found(request, invoice_id)
    note = correcting_counts.credit(invoice, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _done(request, invoice, f"{note} issued over {formats.money(note.amount, invoice.currency)}.")


@require_POST
@permitted("core.sign_in")
def dispute(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A client's objection; the rule of the action says who may."""
    invoice = found(request, invoice_id)

    def act(asked: dict[str, Any]) -> str:
        owner = invoice.order.account_manager
        correcting.dispute(invoice, asked["amount"], asked["reason"], owner=owner, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return f"Dispute opened; {owner} owns the case."

    return _try(request, invoice, "dispute", forms.Dispute(request.POST, auto_id="dispute-%s"), act)


@require_POST
@permitted("billing.settle_dispute")
def settle(request: HttpRequest, invoice_id: int, dispute_id: int) -> HttpResponse:
    """End a dispute with a credit or a rejection."""
    invoice = found(request, invoice_id)
    one = invoice.disputes.filter(pk=dispute_id).first()
    if one is None:
        raise Http404("This dispute is not here.")

    def act(asked: dict[str, Any]) -> str:
        credited: Decimal = asked["credited"]
        correcting.settle(one, credited=credited, why=asked["why"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return f"Settled with a credit of {formats.money(credited, invoice.currency)}." if credited else "Dispute rejected."

    return _try(request, invoice, "settle", forms.Settle(request.POST, auto_id=f"settle-{dispute_id}-%s"), act)


def found(request: HttpRequest, invoice_id: int) -> Invoice:
    """The invoice, or 404 for what is not theirs."""
    invoice = invoices.invoice_list(request.user).filter(pk=invoice_id).first()  # type: ignore[arg-type]
    if invoice is None:
        raise Http404("This invoice is not here, or not yours to see.")
    return invoice


def _try(
    request: HttpRequest, invoice: Invoice, key: str, form: django_forms.Form, act: Callable[[dict[str, Any]], str], *, then: str = ""
) -> HttpResponse:
    """Call the action; what is wrong goes back into the form beside its field."""
    if form.is_valid():
        try:
            return _done(request, invoice, act(form.cleaned_data), then)
        except Refused as error:  # shown in the form that asked, which still holds what was typed
            if not getattr(request, "htmx", False):
                raise
            form.add_error(None, str(error))
    return render(request, "billing/form.html", {"act": forms.act(key, request.path, form)}, status=422)


def _done(request: HttpRequest, invoice: Invoice, text: str, then: str = "") -> HttpResponse:
    toasts.add(request, text)
    home = then or links.record(invoice)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": home})
    return HttpResponseRedirect(home, status=303)
