"""One invoice: its page, the panel of the chosen line, its document."""

from typing import Any
from urllib.parse import urlsplit

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from makegood.billing import papers
from makegood.billing.models import Invoice
from makegood.billing.queries import invoices
from makegood.billing.queries.invoices import InvoiceView
from makegood.core import permissions
from makegood.core.models import Activity, Person
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.billing import forms, funnel, tables
from makegood.interfaces.web.permitted import permitted

VERBS = ("issue", "discard", "record_payment", "credit", "dispute", "settle_dispute")
SAID = {
    "invoice.created": "Draft prepared", "invoice.issued": "Locked and issued", "invoice.document_written": "PDF written",
    "invoice.paid": "Paid in full", "invoice.discarded": "Draft discarded", "payment.applied": "Payment applied",
    "credit_note.issued": "Credit note issued", "dispute.created": "Dispute opened", "dispute.settled": "Dispute settled",
    "dispute.rejected": "Dispute rejected",
}  # fmt: skip


@require_safe
@permitted("core.sign_in")
def page(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """The invoice with the line of `?line=` explained. A client's contact is led to the portal; a rival finds nothing."""
    view = found(request, invoice_id)
    if request.user.is_client:  # type: ignore[union-attr]
        return HttpResponseRedirect(links.page("portal"))
    return render(request, "billing/invoice.html", context(request, view) | funnel.context(view, _chosen(view, request.GET.get("line", ""))))


@require_safe
@permitted("billing.see")
def line(request: HttpRequest, invoice_id: int, number: int) -> HttpResponse:
    """The panel alone, as a row of the page opens it."""
    view = found(request, invoice_id)
    if request.headers.get("HX-Target") != "mg-panel":
        return HttpResponseRedirect(f"{links.record(view.invoice)}?line={number}")
    response = render(request, "billing/panel.html", context(request, view) | funnel.context(view, _chosen(view, str(number))))
    response["HX-Push-Url"] = f"{urlsplit(links.record(view.invoice)).path}?line={number}"
    return response


@require_safe
@permitted("core.sign_in")
def pdf(request: HttpRequest, invoice_id: int) -> FileResponse:
    """The document as issued."""
    invoice = invoices.invoice_list(request.user).select_related("document").filter(pk=invoice_id).first()  # type: ignore[arg-type]
    if invoice is None or invoice.document is None:
        raise Http404("This document is not here, or not yours to read.")
    return FileResponse(invoice.document.path.open("rb"), filename=invoice.document.name, content_type="application/pdf")


def found(request: HttpRequest, invoice_id: int) -> InvoiceView:
    """The invoice explained, or 404 for what is not theirs."""
    try:
        return invoices.invoice_view(request.user, invoice_id, today=timezone.localdate())  # type: ignore[arg-type]
    except Invoice.DoesNotExist as none:
        raise Http404("This invoice is not here, or not yours to see.") from none


def context(request: HttpRequest, view: InvoiceView) -> dict[str, Any]:
    """What the page places besides the panel."""
    invoice, actor = view.invoice, request.user
    paper = invoice.inputs.get("paper")
    title = f"Invoice {invoice.number}" if invoice.number else "Draft bill"
    acts = forms.blank(view)
    return {
        "area": "billing", "crumbs": [c.Crumb("Billing", links.page("billing")), c.Crumb("Invoices", links.page("billing")), c.Crumb(tables.name(invoice))],
        "asof": f"Locked {formats.moment(invoice.issued_at)}" if invoice.issued_at else f"Prepared {formats.moment(invoice.made_at)}",
        "view": view, "invoice": invoice, "title": title, "who": _who(invoice), "period": paper["period_name"] if paper else papers.period_name(invoice),
        "stats": _stats(view), "lines": [(one, funnel.how(one), funnel.words(one, invoice.inputs)) for one in view.lines],
        "commission_pct": f"{invoice.inputs['commission_pct']}".rstrip("0").rstrip("."), "order_url": links.record(invoice.order),
        "terms": [*(paper["terms_followed"] if paper else papers.terms(invoice)), ["Payment", f"Net {_days(invoice)}, to {invoice.bill_to}"]],
        "history": [_event(row) for row in view.history], "may": _may(actor, invoice), "forms": acts,  # type: ignore[arg-type]
        "creditable": invoice.net > invoice.credited,  # type: ignore[attr-defined]
        "disputes": [(one, acts.get(f"settle-{one.pk}")) for one in view.disputes],
    }  # fmt: skip


def _days(invoice: Invoice) -> int:
    return int(invoice.inputs["paper"]["payment_days"]) if "paper" in invoice.inputs else invoice.order.payment_days


def _may(actor: Person, invoice: Invoice) -> dict[str, bool]:
    return {verb: permissions.may(actor, f"billing.{verb}", invoice) for verb in VERBS}


def _chosen(view: InvoiceView, number: str) -> int:
    """The line asked for, else the largest whose billed units are not what was counted, else the largest."""
    numbers = [one.number for one in view.lines]
    if number.isascii() and number.isdigit() and int(number) in numbers:
        return int(number)
    telling = [one for one in view.lines if one.counted is not None and one.billable != one.counted] or view.lines
    return max(telling, key=lambda one: one.amount).number if telling else 0


def _who(invoice: Invoice) -> str:
    advertiser = str(invoice.order.advertiser)
    return advertiser if invoice.bill_to_id == invoice.order.advertiser_id else f"{advertiser} via {invoice.bill_to}"


def _stats(view: InvoiceView) -> list[c.Stat | None]:
    invoice = view.invoice
    code, lines = invoice.currency, len(view.lines)
    left = invoice.balance  # type: ignore[attr-defined]
    due = f"due {formats.day(invoice.due_on)}" if invoice.due_on else f"net {_days(invoice)} days"
    if view.overdue_days:
        due = f"{view.overdue_days} day{'s' if view.overdue_days > 1 else ''} late"
    notes = sum(one.amount for one in view.credit_notes)
    said = f"{len(view.disputes)} dispute{'' if len(view.disputes) == 1 else 's'}"
    pct = f"{invoice.inputs['commission_pct']}".rstrip("0").rstrip(".")
    return [
        c.Stat("Gross", formats.money(invoice.gross, code), f"{lines} line{'' if lines == 1 else 's'}"),
        c.Stat("Commission", formats.money(invoice.commission, code), f"{pct} % of gross"),
        c.Stat("Net due", formats.money(invoice.net, code), due if not invoice.tax else f"{due}, with sales tax", change_tone="risk" if view.overdue_days else ""),
        c.Stat("Open", formats.money(left, code) if invoice.status in ("issued", "paid") else "–", "paid in full" if invoice.status == "paid" else "of net due"),
        c.Stat("Delivered, not billed", formats.money(view.delivered_not_billed, code), "over the goal, capped" if view.delivered_not_billed else "nothing is capped"),
        c.Stat("Credit notes", formats.money(notes, code) if notes else "none", said),
    ]  # fmt: skip


def _event(row: Activity) -> c.Event:
    who = row.actor.name if row.actor else "Makegood"
    amount = row.after.get("amount")
    text = SAID.get(row.verb, row.verb.partition(".")[2].replace("_", " ").capitalize())
    return c.Event(row.at, f"{text}, {formats.number(amount, 2)}" if amount else text, who, row.why)
