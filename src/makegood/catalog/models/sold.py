"""What is sold: properties, placements, products, rates, spec profiles, and the supply counted of them."""

import builtins

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Format(models.TextChoices):
    """What a placement shows or plays."""

    DISPLAY = "display", "Display"
    AUDIO = "audio", "Audio"
    VIDEO = "video", "Video"
    NATIVE = "native", "Native"


class Property(models.Model):
    """A site, service or store network of the seller."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    medium = models.CharField(
        max_length=20, choices=[("news", "News site"), ("audio", "Audio streaming"), ("retail", "Retail media"), ("other", "Other")]
    )

    class Meta:
        verbose_name_plural = "properties"

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """A place an ad can be: one size or duration. `code` is what tags and requests name."""

    property = models.ForeignKey(Property, models.PROTECT, related_name="placements")
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    section = models.CharField(max_length=80, blank=True)
    format = models.CharField(max_length=10, choices=Format.choices)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    duration_s = models.PositiveIntegerField(null=True, blank=True)
    device = models.CharField(max_length=12, blank=True, help_text="mobile, desktop … or empty for all")
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class RateType(models.TextChoices):
    """What one unit of a rate is."""

    CPM = "CPM", "CPM"
    CPC = "CPC", "CPC"
    CPV = "CPV", "CPV"
    DAY = "day", "Per day"
    FLAT = "flat", "Flat"
    SPOT = "spot", "Per spot"
    UNIT = "unit", "Per unit"


class Product(models.Model):
    """What is sold: one or more placements under one name, rate type and spec profile."""

    property = models.ForeignKey(Property, models.PROTECT, related_name="products")
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    placements = models.ManyToManyField(Placement, related_name="products")
    format = models.CharField(max_length=10, choices=Format.choices)
    rate_type = models.CharField(max_length=5, choices=RateType.choices)
    exclusive = models.BooleanField(default=False, help_text="sold by the day to one advertiser at a time")
    share_pct = models.PositiveSmallIntegerField(null=True, blank=True, help_text="share of voice on its days that one buyer has; empty: sold otherwise")
    spec_profile = models.CharField(max_length=60, help_text="code of the spec profile its creatives must meet")
    lead_days = models.PositiveSmallIntegerField(default=5, help_text="business days before launch creatives are due")
    priority = models.CharField(max_length=16, default="guaranteed")
    targeting = models.JSONField(default=dict, blank=True)
    aliases = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    fallback_for = ArrayField(
        models.CharField(max_length=20), default=list, blank=True,
        help_text="document layouts (broadcast, table, labels) whose unknown lines may become this product",
    )
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(share_pct=None) | models.Q(exclusive=False, share_pct__gte=1, share_pct__lte=99), name="product_share"),
        ]

    def __str__(self) -> str:
        return self.name

    @builtins.property  # `property` is the field above
    def voice_pct(self) -> int | None:
        """What one buyer has of the voice on its days: all of it when exclusive, None where impressions or units are sold."""
        return 100 if self.exclusive else self.share_pct


class Rate(models.Model):
    """Rate card entry: card rate and floor of a product for a stretch of days."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="rates")
    currency = models.CharField(max_length=3, default="USD")
    rate = models.DecimalField(max_digits=12, decimal_places=4)
    floor = models.DecimalField(max_digits=12, decimal_places=4)
    cost = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True, help_text="what a unit costs us; empty when nobody knows")
    start = models.DateField()
    end = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(rate__gte=models.F("floor")) & models.Q(floor__gte=0), name="rate_above_floor"),
            models.CheckConstraint(condition=models.Q(cost__isnull=True) | models.Q(cost__gte=0), name="rate_cost"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="rate_dates"),
        ]


class SpecProfile(models.Model):
    """A version of a spec profile as data (engine.specs.Profile as JSON), with where its numbers come from."""

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    format = models.CharField(max_length=10)
    body = models.JSONField()
    source = models.CharField(max_length=200)
    dated = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="profile_version_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class SupplyDay(models.Model):
    """Requests of a placement on a day, as counted; what forecasts are made from."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="supply_days")
    day = models.DateField()
    requests = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "day"], name="supply_day_once"),
            models.CheckConstraint(condition=models.Q(requests__gte=0), name="supply_positive"),
        ]


class SupplyCell(models.Model):
    """Share of a placement's requests by geography, device and audience: the weighted sample of its supply."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="supply_cells")
    geo = models.CharField(max_length=40)
    device = models.CharField(max_length=12)
    audiences = ArrayField(models.CharField(max_length=40), default=list)
    share = models.FloatField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(share__gt=0, share__lte=1), name="cell_share")]


class TrafficCurve(models.Model):
    """Share of a day's requests by hour of week for a placement: 168 numbers, Monday 00:00 first, in the seller's zone."""

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="curve")
    shares = ArrayField(models.FloatField(), size=168)
