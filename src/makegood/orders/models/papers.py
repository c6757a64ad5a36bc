"""An order's papers: what each revision said for ever, the files made of it, and requests to sign it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.accounts.models import Contact
from makegood.core import guards
from makegood.core.models import Person, StoredFile
from makegood.orders import states
from makegood.orders.models.order import Order
from makegood.orders.models.revision import Revision, Signature


class PaperLanguage(models.Model):
    """The language an order's papers are in, where it is not English."""

    order = models.OneToOneField(Order, models.CASCADE, related_name="paper_language")
    language = models.CharField(max_length=2)


class RevisionPaper(models.Model):
    """Everything a revision's paper says, as data: names, addresses and clauses as they stood. The same bytes come from it for ever."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="paper")
    content = models.JSONField()
    clauses = ArrayField(models.BigIntegerField(), default=list, help_text="catalog clause versions it was made from")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()


class IssuedFile(models.Model):
    """A file made of a revision and given out: to sign, or signed by both and sealed."""

    class Kind(models.TextChoices):
        """What stage it shows."""

        SENT = "sent", "To sign"
        SEALED = "sealed", "Signed and sealed"

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="issued")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        constraints = [models.UniqueConstraint(fields=["revision", "kind"], name="issued_once")]


class SignatureRequest(models.Model):
    """A revision sent to one contact to sign by link. The link is made from `nonce` and the installation's secret, and kept nowhere."""

    machine = states.SIGNING
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="requests")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    email = models.EmailField(help_text="where it was sent; a contact's later address does not open it")
    name = models.CharField(max_length=120)
    message = models.TextField(blank=True)
    nonce = models.CharField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=states.SigningStatus.choices, default=states.SigningStatus.SENT)
    code_nonce = models.CharField(max_length=32, blank=True)
    code_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    signature = models.OneToOneField(Signature, models.PROTECT, null=True, related_name="request")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [states.SIGNING.trigger()]
        indexes = [models.Index(fields=["status", "expires_at"], name="signing_due")]
        constraints = [
            models.UniqueConstraint(fields=["revision"], condition=models.Q(status__in=("sent", "opened")), name="one_open_request"),
        ]

    def __str__(self) -> str:
        return f"{self.revision}, to {self.name}"

    def activity_root(self) -> Order:
        """The order."""
        return self.revision.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.revision.order.advertiser_id
