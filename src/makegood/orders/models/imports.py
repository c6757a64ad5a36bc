"""Order documents as received and read, until they become an order or are thrown away."""

from django.db import models

from makegood.accounts.models import Account
from makegood.core.models import Person, StoredFile
from makegood.orders import states
from makegood.orders.models.order import Order


class OrderImport(models.Model):
    """What was read from a document (OrderDocument as JSON), the corrections a person made, and the order it became.

    `fixes` maps a place ("field:gross_amount", "line:3:end") to the value that replaces what was read, or to
    {"accepted": true} for a problem accepted as it is.
    """

    machine = states.IMPORT
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    document = models.JSONField()
    fixes = models.JSONField(default=dict)
    advertiser = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    products = models.JSONField(default=dict, help_text="line number -> product id, as matched or chosen")
    order = models.OneToOneField(Order, models.PROTECT, null=True, blank=True, related_name="imported_from")
    status = models.CharField(max_length=10, choices=states.ImportStatus.choices, default=states.ImportStatus.READ)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [states.IMPORT.trigger()]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=~models.Q(status="discarded"), name="document_imported_once"),
        ]

    def __str__(self) -> str:
        return self.file.name
