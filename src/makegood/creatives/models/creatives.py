"""Creatives, their versions, and the brief they answer."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.accounts.models import Account, Brand
from makegood.catalog.models import Format, SpecProfile
from makegood.core import guards
from makegood.core.models import Person, StoredFile
from makegood.core.roots import RootName
from makegood.creatives import states


class Creative(models.Model):
    """One advertisement through all its versions. `campaign` is the root it belongs to, by name."""

    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="creatives")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+", help_text="empty: it is for the advertiser itself")
    name = models.CharField(max_length=160)
    format = models.CharField(max_length=10, choices=Format.choices)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    duration_s = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    click_url = models.URLField(max_length=1000, blank=True)
    declared_category = models.CharField(max_length=60, blank=True)
    markets = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="empty: not said")
    products = ArrayField(models.CharField(max_length=50), default=list, blank=True, help_text="codes; empty: not said")
    root_type = models.CharField(max_length=40, blank=True)
    root_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["root_type", "root_id"], name="creative_root")]

    def __str__(self) -> str:
        return self.name

    def activity_party(self) -> int:
        """The advertiser."""
        return self.advertiser_id


class Version(models.Model):
    """One set of bytes of a creative with what the machine found in it."""

    machine = states.VERSION
    creative = models.ForeignKey(Creative, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, help_text="image, html, audio, video, vast_tag, native")
    asset_path = models.CharField(max_length=300, blank=True, help_text="entry file below the assets folder")
    facts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    verdict = models.CharField(max_length=8, blank=True, choices=[("pass", "Pass"), ("warn", "Warn"), ("fail", "Fail")])
    profile = models.ForeignKey(SpecProfile, models.PROTECT, null=True, related_name="+")
    dhash = models.CharField(max_length=32, blank=True)
    status = models.CharField(
        max_length=10, choices=states.VersionStatus.choices, default=states.VersionStatus.RECEIVED
    )
    uploaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        triggers = [
            states.VERSION.trigger(),
            pgtrigger.Protect(
                name="bytes_never_change", operation=pgtrigger.UpdateOf("sha256", "file_id"),
                condition=pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256")) | pgtrigger.Q(old__file_id__df=pgtrigger.F("new__file_id")),
            ),
        ]  # fmt: skip
        constraints = [models.UniqueConstraint(fields=["creative", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.creative} v{self.number}"

    def activity_party(self) -> int:
        """The advertiser."""
        return self.creative.advertiser_id

    def activity_root(self) -> "models.Model | RootName":
        """The campaign when the creative names one, else the creative."""
        if self.creative.root_id:
            return RootName(self.creative.root_type, self.creative.root_id)
        return self.creative


class AssetBrief(models.Model):
    """What a campaign asks of its creatives, in one version: the deliverables and what each must say. Append-only.

    `deliverables` are rows of name, format, width, height, duration_s, due (a day) and text.
    """

    root_type = models.CharField(max_length=40)
    root_id = models.BigIntegerField()
    party = models.ForeignKey(Account, models.PROTECT, related_name="asset_briefs")
    number = models.PositiveSmallIntegerField()
    deliverables = models.JSONField()
    text = models.TextField(blank=True)
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        constraints = [models.UniqueConstraint(fields=["root_type", "root_id", "number"], name="brief_number_once")]

    def __str__(self) -> str:
        return f"brief {self.number}"

    def activity_party(self) -> int:
        """The advertiser."""
        return self.party_id

    def activity_root(self) -> RootName:
        """The campaign."""
        return RootName(self.root_type, self.root_id)
