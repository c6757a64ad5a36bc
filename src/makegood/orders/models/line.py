"""Lines (what is sold) and flights (their dated slices)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.catalog.models import Product, RateType
from makegood.engine.plan import CONVERSION_DAYS, MOST_CONVERSION_DAYS
from makegood.orders import states
from makegood.orders.models.order import Order


class Line(models.Model):
    """One product at one rate over one stretch of days. Units are impressions unless `unit` says otherwise."""

    machine = states.LINE
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, models.PROTECT, related_name="lines")
    name = models.CharField(max_length=160)
    start = models.DateField()
    end = models.DateField()
    rate_type = models.CharField(max_length=5, choices=RateType.choices)
    rate = models.DecimalField(max_digits=12, decimal_places=4)
    card_rate = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    quantity = models.BigIntegerField()
    unit = models.CharField(max_length=12, default="impressions")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    targeting = models.JSONField(default=dict, blank=True)
    priority = models.CharField(max_length=16, default="guaranteed")
    cap_count = models.PositiveSmallIntegerField(null=True, blank=True)
    cap_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    conversion_days = models.PositiveSmallIntegerField(default=CONVERSION_DAYS, help_text="days after a click in which a conversion is the line's")
    status = models.CharField(max_length=10, choices=states.LineStatus.choices, default=states.LineStatus.DRAFT)

    class Meta:
        triggers = [states.LINE.trigger()]
        ordering = ["order_id", "number"]
        indexes = [models.Index(models.F("start").desc(nulls_last=True), "id", name="line_newest"), models.Index(fields=["status", "end"], name="line_status")]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="line_number_once"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="line_dates"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="line_quantity"),
            models.CheckConstraint(condition=models.Q(conversion_days__gte=1, conversion_days__lte=MOST_CONVERSION_DAYS), name="line_conversion_days"),
            models.CheckConstraint(condition=models.Q(amount__gte=0) & models.Q(rate__gte=0), name="line_money"),
        ]

    def __str__(self) -> str:
        return f"{self.order.number}/{self.number} {self.name}"

    def activity_root(self) -> Order:
        """The order."""
        return self.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.order.advertiser_id

    COUNTED_UNITS = ("impressions", "spots")

    @property
    def counts_impressions(self) -> bool:
        """Whether the ad server counts its units (else days, sends or a flat fee, proved otherwise)."""
        return self.unit in self.COUNTED_UNITS


class Flight(models.Model):
    """A dated slice of a line with its own goal; what the ad server serves."""

    machine = states.FLIGHT
    line = models.ForeignKey(Line, models.PROTECT, related_name="flights")
    number = models.PositiveSmallIntegerField(default=1)
    start = models.DateField()
    end = models.DateField()
    goal = models.BigIntegerField()
    placement_ids = ArrayField(models.BigIntegerField(), default=list, help_text="catalog placements it may serve on")
    status = models.CharField(max_length=10, choices=states.LineStatus.choices, default=states.LineStatus.DRAFT)

    class Meta:
        triggers = [states.FLIGHT.trigger()]
        ordering = ["line_id", "number"]
        indexes = [models.Index(models.F("start").desc(nulls_last=True), "id", name="flight_newest"), models.Index(fields=["status", "start"], name="flight_status")]
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="flight_number_once"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="flight_dates"),
            models.CheckConstraint(condition=models.Q(goal__gt=0), name="flight_goal"),
        ]

    def __str__(self) -> str:
        return f"{self.line} flight {self.number}"

    def activity_root(self) -> Order:
        """The order."""
        return self.line.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.line.order.advertiser_id
