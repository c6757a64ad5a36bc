"""Payments as a list with what is left of each, one of them beside it, and paying back."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from makegood.billing.actions import refunding
from makegood.billing.queries import on_account
from makegood.billing.queries.on_account import PaymentView
from makegood.core import permissions
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, grid, links
from makegood.interfaces.web.billing import asked, forms
from makegood.interfaces.web.grid import Column, Grid
from makegood.interfaces.web.grid.definition import Button
from makegood.interfaces.web.permitted import permitted

PAYMENTS = Grid(
    key="payments", title="Payments", rows=on_account.payments, area="billing", noun=("payment", "payments"), row_height=43,
    crumbs=(c.Crumb("Billing", links.page("billing")), c.Crumb("Payments")),
    columns=(
        Column("reference", "Payment", second="account.party.name", width=240),
        Column("left", "On account", "money", source=lambda one: one.left or None, field="left", total=True, filterable=True, strong=True),
        Column("received", "Received", "date", source="received_on", filterable=True),
        Column("amount", "Amount", "money", total=True, filterable=True),
        Column("applied", "Applied", "money", total=True),
        Column("refunded", "Paid back", "money", source=lambda one: one.refunded or None, field="refunded", total=True, filterable=True),
        Column("payer", "Payer", source="account.party.name", filterable=True, hidden=True),
        Column("currency", "Currency", filterable=True, hidden=True),
        Column("by", "Recorded by", source="by.name", field="by__name", hidden=True),
    ),
    default_sort="-received", default_filters={"left": "0.01.."}, groupable=("payer", "currency"), search=("reference", "account__party__name"),
    link=links.record, panel=links.record, quick=(("On account", "left=0.01.."), ("All", "left="), ("Paid back", "refunded=0.01..&left=")),
    buttons=(Button("Invoices", links.page("billing"), "receipt"),),
    empty=c.Empty("No payment yet", "What a client pays is recorded on the page of an invoice; what is above what it owes stays here, on account.", icon="cash"),
)  # fmt: skip


def head(request: HttpRequest) -> dict[str, Any]:
    """The sentence above the list: what is on account, by currency."""
    sums: dict[str, Any] = {}
    for one in on_account.by_payer(request.user):  # type: ignore[arg-type]
        sums[one.currency] = sums.get(one.currency, 0) + one.amount
    return {"there": [formats.money(amount, code) for code, amount in sorted(sums.items())]}


@require_safe
@permitted("billing.see")
def payment(request: HttpRequest, payment_id: int) -> HttpResponse:
    """One payment: the panel alone for the list, else the list with the panel open."""
    view = found(request, payment_id)
    if request.headers.get("HX-Target") == "mg-panel":
        response = render(request, "billing/payment.html", context(request, view))
        query = urlsplit(request.headers.get("HX-Current-URL", "")).query
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
        return response
    request.GET = request.GET.copy()  # type: ignore[assignment]
    request.GET["row"] = str(view.payment.pk)  # type: ignore[index]
    request.GET.setdefault("left", "")  # it stays in the list when nothing is left of it
    return render(request, "billing/payments.html", {**grid.context(request, PAYMENTS), **head(request), **context(request, view)})


@require_POST
@permitted("billing.refund")
def refund(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Money on account paid back."""
    one = found(request, payment_id).payment

    def act(wanted: dict[str, Any]) -> str:
        refunding.refund(one, wanted["amount"], **{name: wanted[name] for name in ("paid_on", "reference", "why")}, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        return f"{formats.money(wanted['amount'], one.currency)} paid back to {one.account}."

    return asked.attempt(request, "refund", forms.Refund(request.POST, auto_id="refund-%s"), act, home=links.record(one))


def found(request: HttpRequest, payment_id: int) -> PaymentView:
    """The payment with where it went, or 404 for what is not theirs."""
    view = on_account.payment_view(request.user, payment_id)  # type: ignore[arg-type]
    if view is None:
        raise Http404("This payment is not here, or not yours to see.")
    return view


def context(request: HttpRequest, view: PaymentView) -> dict[str, Any]:
    """What the panel places."""
    may = view.payment.left and permissions.may(request.user, "billing.refund", view.payment)  # type: ignore[arg-type, attr-defined]
    return {
        "one": view.payment, "went": view, "payer_url": links.record(view.payment.account), "act": forms.refund(view.payment) if may else None,
    }  # fmt: skip
