"""Issuing: the number, the document, the ledger entry, in one transaction. Irreversible; corrections are credit notes."""

import datetime

from makegood.billing import computing, documents, gathering, ledger, papers
from makegood.billing.models import Invoice
from makegood.core import activity, files, numbers, permissions, transitions, verbs
from makegood.core.errors import Refused
from makegood.core.models import Person


@verbs.whole
def issue(invoice: Invoice, *, by: Person, at: datetime.datetime) -> Invoice:
    """Number, freeze, write and post a draft. Refused when its inputs no longer give its figures."""
    permissions.check(by, "billing.issue", invoice)
    invoice = Invoice.objects.select_for_update().select_related("order", "bill_to__party").get(pk=invoice.pk)
    if invoice.status != "draft":
        raise Refused(f"it is {invoice.status}.", place=str(invoice), remedy="Only a draft is issued.")
    if computing.compute(invoice.inputs).net != invoice.net:
        raise Refused("the draft does not replay to its own figures.", place=str(invoice), remedy="Discard it and prepare it anew.")
    _freeze_words(invoice)
    today = gathering.local_day(at, invoice.order.zone)
    number = f"{today:%Y}-{numbers.take(f'invoice-{today:%Y}'):04d}"
    due = today + datetime.timedelta(days=invoice.order.payment_days)
    transitions.move(invoice, "issued", by=by, at=at, visible_to_client=True, number=number, issued_at=at, due_on=due)
    pdf = documents.invoice_pdf(invoice)
    stored = files.store_bytes(
        pdf, name=f"invoice-{number}.pdf", media_type="application/pdf", by=by, at=at, party=invoice.order.advertiser_id,
        visible_to_client=True,
    )  # fmt: skip
    activity.change(invoice, "invoice.document_written", by=by, at=at, document=stored)
    ledger.post(
        "invoice", number,
        [
            (ledger.RECEIVABLE, invoice.net), (ledger.COMMISSION, invoice.commission), (ledger.REVENUE, -invoice.gross),
            (ledger.TAX, -invoice.tax),
        ],
        currency=invoice.currency, party_id=invoice.bill_to_id, by=by, at=at, memo=str(invoice.order),
    )  # fmt: skip
    return invoice


def _freeze_words(invoice: Invoice) -> None:
    """Names, addresses and terms as of now into the draft's inputs; from the issue on the database keeps them."""
    invoice.inputs = invoice.inputs | {"paper": papers.frozen(invoice)}
    Invoice.objects.filter(pk=invoice.pk).update(inputs=invoice.inputs)  # logged by the move to issued that follows
