"""The credit note: an invoice's own page, turned round, naming the invoice it corrects and why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from makegood.documents.written import invoice, invoice_pages, typesetting


@dataclass(frozen=True, kw_only=True)
class CreditNoteDocument(invoice.InvoiceDocument):
    """Amounts are what is credited, as positive figures; `corrects` is the number of the invoice, `freed` what of it had been paid."""

    corrects: str
    corrects_on: date
    reason: str
    freed: Decimal = Decimal(0)


def pdf(doc: CreditNoteDocument) -> bytes:
    """The credit note as PDF/A-2b. Raises FiguresDisagree where `doc` does not add up."""
    invoice.check(doc)
    page = invoice_pages.credit_note(doc, corrects=doc.corrects, corrects_on=doc.corrects_on, reason=doc.reason, freed=doc.freed)
    return typesetting.pdf("invoice.typ", page, doc.issued_on)
