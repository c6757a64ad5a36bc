"""The records of billing."""

from makegood.billing.models.correction import CountAdjustment, CreditNote, Dispute, Freed
from makegood.billing.models.invoice import Invoice, InvoiceLine
from makegood.billing.models.ledger import Entry, LedgerAccount, Posting
from makegood.billing.models.payment import Allocation, Payment, Refund

__all__ = [
    "Allocation", "CountAdjustment", "CreditNote", "Dispute", "Entry", "Freed", "Invoice", "InvoiceLine", "LedgerAccount", "Payment", "Posting", "Refund",
]  # fmt: skip
