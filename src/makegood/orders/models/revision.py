"""Revisions (the order as it stood, frozen) and the signatures under them."""

import pgtrigger
from django.db import models

from makegood.core import guards
from makegood.core.models import Person, StoredFile
from makegood.orders.models.order import Order


class Revision(models.Model):
    """The terms and lines as sent for approval; `sha256` is of the snapshot's canonical JSON. Never edited.

    A delivery revision changes no promise and one by notice exercises what was agreed: both rest on the signatures before them.
    """

    class Kind(models.TextChoices):
        """What it rests on."""

        AGREED = "agreed", "Approved and signed"
        DELIVERY = "delivery", "Delivery only"
        NOTICE = "notice", "By notice"

    order = models.ForeignKey(Order, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.AGREED)
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="frozen", operation=pgtrigger.UpdateOf("snapshot", "sha256", "number", "kind") | pgtrigger.Delete),
        ]
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.order.number} revision {self.number}"


class Signature(models.Model):
    """One side's signature under a revision: who, when, from where, and the hash of what was signed."""

    class Side(models.TextChoices):
        """Client or seller."""

        CLIENT = "client", "Client"
        SELLER = "seller", "Seller"

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=6, choices=Side.choices)
    name = models.CharField(max_length=120, help_text="as typed")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ip = models.GenericIPAddressField(null=True)
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=120, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True, help_text="of the PDF that was shown")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        constraints = [models.UniqueConstraint(fields=["revision", "side"], name="one_signature_a_side")]
