"""What acting on an invoice asks for, filled in as most people would."""

from typing import Any

from django import forms
from django.utils import timezone

from makegood.billing.models import Payment
from makegood.billing.queries.invoices import InvoiceView

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class Pay(forms.Form):
    """A receipt."""

    amount = forms.DecimalField(label="Amount received", min_value=0.01, **MONEY)
    received_on = forms.DateField(label="Received on", widget=forms.DateInput(attrs={"type": "date"}))
    reference = forms.CharField(label="Reference", max_length=80, help_text="The bank's or the client's. The same one is recorded once.")


class Apply(forms.Form):
    """Money on account for an open bill."""

    amount = forms.DecimalField(label="Amount", min_value=0.01, **MONEY)


class Refund(forms.Form):
    """Money on account paid back."""

    amount = forms.DecimalField(label="Amount paid back", min_value=0.01, **MONEY)
    paid_on = forms.DateField(label="Paid on", widget=forms.DateInput(attrs={"type": "date"}))
    reference = forms.CharField(label="Reference", max_length=80, help_text="The bank's. The same one is recorded once.")
    why = forms.CharField(label="Why", max_length=200)


class Credit(forms.Form):
    """A credit note."""

    amount = forms.DecimalField(
        label="Amount, net", min_value=0.01, help_text="Off what is owed first. What was paid already goes onto the payer's account, for another bill or to be paid back.", **MONEY
    )
    reason = forms.CharField(label="Reason", max_length=200, help_text="Stands on the credit note; the client reads it.")


class Dispute(forms.Form):
    """A client's objection."""

    amount = forms.DecimalField(label="Disputed, net", min_value=0.01, **MONEY)
    reason = forms.CharField(label="What they object to", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class Settle(forms.Form):
    """The end of a dispute."""

    credited = forms.DecimalField(label="Credited", min_value=0, help_text="Zero rejects the dispute. What was paid already goes onto their account.", **MONEY)
    why = forms.CharField(label="Why", max_length=200, help_text="The client reads it.")


class Discard(forms.Form):
    """Why a draft is thrown away."""

    why = forms.CharField(label="Why", max_length=200)


class Act:
    """A form with its address, button and consequence, as the template places it."""

    def __init__(self, form: forms.Form, url: str, label: str, consequence: str, kind: str = "brand") -> None:
        self.form, self.url, self.label, self.consequence, self.kind = form, url, label, consequence, kind


ACTS = {  # key -> (form, label of the button, consequence)
    "pay": (Pay, "Record payment", "Posted to the ledger and applied to this invoice; more than it owes stays on account."),
    "credit": (Credit, "Issue credit note", "Cannot be undone: it gets its number and its ledger entry, and the client sees it."),
    "apply": (Apply, "Apply it", "The oldest payments go first."),
    "refund": (Refund, "Record refund", "Posted to the ledger. Cannot be undone: it says that the money has left."),
    "dispute": (Dispute, "Open dispute", "Opens a billing case with a clock; the account manager owns it."),
    "discard": (Discard, "Discard draft", "Its period can be billed anew."),
    "settle": (Settle, "Settle", "The client sees the outcome; a credit is a credit note."),
}


def act(key: str, url: str, form: forms.Form) -> Act:
    """A form ready to be placed."""
    _, label, consequence = ACTS[key]
    return Act(form, url, label, consequence)


def blank(view: InvoiceView) -> dict[str, Act]:
    """Every form of an invoice, with what is likely filled in."""
    invoice = view.invoice
    left = invoice.balance  # type: ignore[attr-defined]
    base = f"/billing/invoices/{invoice.pk}"
    first: dict[str, dict[str, Any]] = {
        "apply": {"amount": min(left, view.on_account)},
        "pay": {"amount": left, "received_on": timezone.localdate().isoformat()}, "credit": {}, "dispute": {"amount": left or invoice.net}, "discard": {},
    }  # fmt: skip
    found = {key: act(key, f"{base}/{key}/", ACTS[key][0](initial=initial, prefix=None, auto_id=f"{key}-%s")) for key, initial in first.items()}
    for dispute in view.disputes:
        if dispute.status == "open":
            form = Settle(initial={"credited": dispute.amount}, auto_id=f"settle-{dispute.pk}-%s")
            found[f"settle-{dispute.pk}"] = act("settle", f"{base}/disputes/{dispute.pk}/settle/", form)
    return found


def refund(payment: Payment) -> Act:
    """The form to pay back what is left of a payment."""
    initial = {"amount": payment.left, "paid_on": timezone.localdate().isoformat()}  # type: ignore[attr-defined]
    return act("refund", f"/billing/payments/{payment.pk}/refund/", Refund(initial=initial, auto_id="refund-%s"))
