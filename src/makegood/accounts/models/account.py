"""An account, the names it goes by, the people there, and accounts that were found to be one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.accounts import states
from makegood.core.models import Party, Person


class Account(models.Model):
    """What the trade knows of a party: terms, credit, who looks after it. Shares the party's key."""

    machine = states.CREDIT
    party = models.OneToOneField(Party, models.PROTECT, primary_key=True, related_name="account")
    legal_name = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=60, blank=True, help_text="product category, for conflicts and guidelines")
    domains = models.JSONField(default=list, blank=True, help_text="landing-page domains that are theirs")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="accounts", help_text="account manager")
    address = models.TextField(blank=True)
    tax_id = models.CharField(max_length=40, blank=True)
    billing_email = models.EmailField(blank=True)
    currency = models.CharField(max_length=3, default="USD")
    payment_days = models.PositiveSmallIntegerField(default=30)
    credit_limit = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    credit_status = models.CharField(max_length=10, choices=states.CreditStatus.choices, default=states.CreditStatus.ACTIVE)
    prepay = models.BooleanField(default=False, help_text="pays before anything runs")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    notes = models.TextField(blank=True)

    class Meta:
        triggers = [states.CREDIT.trigger("credit_status")]
        constraints = [
            models.CheckConstraint(condition=models.Q(credit_limit__gte=0), name="credit_limit_positive"),
            models.CheckConstraint(condition=~models.Q(merged_into=models.F("party")), name="merged_into_another"),
        ]

    def __str__(self) -> str:
        return self.party.name

    def activity_party(self) -> int:
        """Itself."""
        return self.party_id


class Alias(models.Model):
    """Another name under which documents mention an account; learnt when a person confirms a match."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, unique=True, help_text="accounts.matching.key(name)")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Contact(models.Model):
    """A person at the client; with a login when invited to the portal. The signer is proposed for signature."""

    class Role(models.TextChoices):
        """What a contact is for us."""

        BUYER = "buyer", "Buyer"
        SIGNER = "signer", "Signer"
        BILLING = "billing", "Billing"
        CREATIVE = "creative", "Creative"

    account = models.ForeignKey(Account, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    roles = ArrayField(models.CharField(max_length=10, choices=Role.choices), default=list, blank=True)
    does = models.CharField(max_length=80, blank=True, help_text="buyer, creative, accounts payable …")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="contact_of")

    def __str__(self) -> str:
        return self.name


class Merge(models.Model):
    """Two accounts found to be one: what pointed at `gone` and now points at `kept` ({"app.model.field": ids}). Undone once at most."""

    kept = models.ForeignKey(Account, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Account, models.PROTECT, related_name="merged_away")
    moved = models.JSONField(default=dict)
    learnt = models.JSONField(default=list, help_text="names learnt as aliases of the kept account")
    why = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="merge_of_two")]

    def __str__(self) -> str:
        return f"{self.gone} merged into {self.kept}"
