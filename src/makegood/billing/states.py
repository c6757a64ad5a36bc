"""State machines of billing."""

from django.db import models

from makegood.core.states import Machine


class InvoiceStatus(models.TextChoices):
    """A draft may be thrown away; an issued invoice only changes by payments and credit notes."""

    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Issued"
    PAID = "paid", "Paid"
    DISCARDED = "discarded", "Discarded"


class DisputeStatus(models.TextChoices):
    """A client's objection to an invoice."""

    OPEN = "open", "Open"
    SETTLED = "settled", "Settled"
    REJECTED = "rejected", "Rejected"


INVOICE = Machine("invoice", {"draft": ("issued", "discarded"), "issued": ("paid",), "paid": ("issued",), "discarded": ()})
DISPUTE = Machine("dispute", {"open": ("settled", "rejected"), "settled": (), "rejected": ("open",)})
