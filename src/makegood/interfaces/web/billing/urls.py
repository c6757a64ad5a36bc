"""Addresses of billing, and what it adds to the palette."""

from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from makegood.billing.queries import invoices
from makegood.interfaces.web import links, palette
from makegood.interfaces.web.billing import closing, doing, invoice, payments, receivables
from makegood.interfaces.web.billing.payments import PAYMENTS
from makegood.interfaces.web.billing.tables import INVOICES, name
from makegood.interfaces.web.grid import grid_view

_one = "billing/invoices/<int:invoice_id>/"
urlpatterns = [
    path("billing/", grid_view(INVOICES, verb="billing.see", template="billing/list.html", extra=receivables.beside), name="billing"),
    path("billing/close/", closing.close, name="billing-close"),
    path("billing/close/prepare/", closing.prepare, name="billing-prepare"),
    path("billing/payments/", grid_view(PAYMENTS, verb="billing.see", template="billing/payments.html", extra=payments.head), name="payments"),
    path("billing/payments/<int:payment_id>/", payments.payment, name="payment"),
    path("billing/payments/<int:payment_id>/refund/", payments.refund, name="payment-refund"),
    path("billing/invoices/", require_safe(RedirectView.as_view(url="/billing/", query_string=True)), name="invoices"),
    path(_one, invoice.page, name="invoice"),
    path(f"{_one}pdf/", invoice.pdf, name="invoice-pdf"),
    path(f"{_one}lines/<int:number>/", invoice.line, name="invoice-line"),
    path(f"{_one}issue/", doing.issue, name="invoice-issue"),
    path(f"{_one}discard/", doing.discard, name="invoice-discard"),
    path(f"{_one}pay/", doing.pay, name="invoice-pay"),
    path(f"{_one}apply/", doing.apply, name="invoice-apply"),
    path(f"{_one}credit/", doing.credit, name="invoice-credit"),
    path(f"{_one}credit-counts/", doing.credit_counts, name="invoice-credit-counts"),
    path(f"{_one}dispute/", doing.dispute, name="invoice-dispute"),
    path(f"{_one}disputes/<int:dispute_id>/settle/", doing.settle, name="dispute-settle"),
]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """Invoices by number, campaign or client."""
    pages = [("Close the month", f"{links.page('billing')}close/", "checklist"), ("Payments and money on account", links.page("payments"), "cash")]
    found = [palette.Entry(label, url, icon=icon) for label, url, icon in pages if palette.matches(q, label)]
    if not q:
        return found
    rows = invoices.invoice_list(actor)  # type: ignore[arg-type]
    rows = (rows.filter(number__icontains=q) | rows.filter(order__name__icontains=q)).order_by("-pk")[: palette.LIMIT]
    return found + [palette.Entry(name(one), links.record(one), "Invoices", str(one.order.advertiser), "receipt") for one in rows]
