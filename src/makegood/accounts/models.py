"""The records of accounts."""

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
    notes = models.TextField(blank=True)

    class Meta:
        triggers = [states.CREDIT.trigger("credit_status")]
        constraints = [models.CheckConstraint(condition=models.Q(credit_limit__gte=0), name="credit_limit_positive")]

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


class Representation(models.Model):
    """An agency acting for an advertiser, with its commission."""

    agency = models.ForeignKey(Account, models.PROTECT, related_name="clients")
    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="agencies")
    commission_pct = models.DecimalField(max_digits=5, decimal_places=2, default=15)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)


class Contact(models.Model):
    """A person at the client; with a login when invited to the portal."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    does = models.CharField(max_length=80, blank=True, help_text="buyer, creative, accounts payable …")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="contact_of")

    def __str__(self) -> str:
        return self.name


class Contract(models.Model):
    """A master agreement for a year: commitment, tiers, renewal."""

    machine = states.CONTRACT
    number = models.CharField(max_length=30, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="contracts")
    title = models.CharField(max_length=160)
    start = models.DateField()
    end = models.DateField()
    commitment = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="USD")
    notice_days = models.PositiveSmallIntegerField(default=60)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="contracts")
    status = models.CharField(max_length=10, choices=states.ContractStatus.choices, default=states.ContractStatus.DRAFT)
    terms = models.TextField(blank=True)
    exclusive_category = models.CharField(max_length=60, blank=True)

    class Meta:
        triggers = [states.CONTRACT.trigger()]
        constraints = [models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="contract_dates")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def activity_party(self) -> int:
        """The account's party."""
        return self.account_id


class Tier(models.Model):
    """From this spend on, this rebate."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="tiers")
    spend_from = models.DecimalField(max_digits=14, decimal_places=2)
    rebate_pct = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["spend_from"]
        constraints = [models.UniqueConstraint(fields=["contract", "spend_from"], name="tier_once")]
