"""The order: who bought, on which terms, and where it stands."""

from django.db import models

from makegood.accounts.models import Account, Brand, Contract
from makegood.core.models import Person
from makegood.orders import states
from makegood.orders.models import walls


class Order(models.Model):
    """An insertion order. Gross is the sum of its lines; net is gross less agency commission."""

    machine = states.ORDER

    class Source(models.TextChoices):
        """Whose figure is billed."""

        CONTRACTED = "contracted", "Contracted amount"
        DELIVERED = "delivered", "Our counts"
        THIRD_PARTY = "third_party", "Third-party counts"

    class Schedule(models.TextChoices):
        """When is billed."""

        MONTHLY = "monthly", "Monthly"
        END = "end", "At the end"
        PREPAID = "prepaid", "In advance"
        STRAIGHTLINE = "straightline", "Equal months"
        PRORATED = "prorated", "By days"

    class Cap(models.TextChoices):
        """How far delivery above the goal is billed."""

        NONE = "none", "No cap"
        CUMULATIVE = "cumulative", "At the goal"
        PER_CYCLE = "per_cycle", "At each period's goal"
        CUMULATIVE_PER_CYCLE = "cumulative_per_cycle", "At the goal to date"

    class Calendar(models.TextChoices):
        """What a month is."""

        CALENDAR = "calendar", "Calendar month"
        BROADCAST = "broadcast", "Broadcast month"

    number = models.CharField(max_length=30, unique=True)
    external_number = models.CharField(max_length=60, blank=True, help_text="the agency's order or contract number")
    name = models.CharField(max_length=160)
    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="orders")
    agency = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="agency_orders")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="orders")
    account_manager = models.ForeignKey(Person, models.PROTECT, related_name="+")
    campaign_manager = models.ForeignKey(Person, models.PROTECT, related_name="campaigns")
    trafficker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    currency = models.CharField(max_length=3)
    gross = models.DecimalField(max_digits=14, decimal_places=2)
    commission_pct = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    net = models.DecimalField(max_digits=14, decimal_places=2)
    start = models.DateField()
    end = models.DateField()
    zone = models.CharField(max_length=40, default="America/New_York")
    po_number = models.CharField(max_length=60, blank=True)
    estimate = models.CharField(max_length=60, blank=True)
    product_name = models.CharField(max_length=120, blank=True, help_text="the advertiser's product")
    bill_source = models.CharField(max_length=12, choices=Source.choices, default=Source.DELIVERED)
    bill_schedule = models.CharField(max_length=12, choices=Schedule.choices, default=Schedule.MONTHLY)
    bill_cap = models.CharField(max_length=20, choices=Cap.choices, default=Cap.CUMULATIVE)
    bill_calendar = models.CharField(max_length=10, choices=Calendar.choices, default=Calendar.CALENDAR)
    payment_days = models.PositiveSmallIntegerField(default=30)
    tolerance_pct = models.DecimalField(max_digits=5, decimal_places=2, default=10, help_text="third-party discrepancy")
    notes = models.TextField(blank=True)
    revision = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=states.OrderStatus.choices, default=states.OrderStatus.DRAFT)
    created_at = models.DateTimeField()

    class Meta:
        triggers = [states.ORDER.trigger(), walls.KEPT_FOR_ANOTHER]
        indexes = [
            models.Index(fields=["status", "end"], name="order_status"), models.Index(fields=["advertiser", "-start"], name="order_account"),
            models.Index(models.F("start").desc(nulls_last=True), "id", name="order_newest"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="order_dates"),
            models.CheckConstraint(condition=models.Q(gross__gte=0) & models.Q(net__gte=0) & models.Q(net__lte=models.F("gross")), name="order_money"),
            models.CheckConstraint(condition=models.Q(commission_pct__gte=0) & models.Q(commission_pct__lt=100), name="order_commission"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def activity_party(self) -> int:
        """The advertiser."""
        return self.advertiser_id

    @property
    def category(self) -> str:
        """What it advertises: the brand's category, else the advertiser's."""
        return (self.brand.category if self.brand else "") or self.advertiser.category

    @property
    def bill_to(self) -> Account:
        """Who gets the invoice: the agency when there is one."""
        return self.agency or self.advertiser
