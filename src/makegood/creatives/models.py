"""The records of creatives."""

import pgtrigger
from django.db import models

from makegood.accounts.models import Account
from makegood.catalog.models import Format, Guideline, SpecProfile
from makegood.core import guards
from makegood.core.models import Person, StoredFile
from makegood.core.roots import RootName
from makegood.creatives import states


class Creative(models.Model):
    """One advertisement through all its versions. `campaign` is the root it belongs to, by name."""

    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="creatives")
    name = models.CharField(max_length=160)
    format = models.CharField(max_length=10, choices=Format.choices)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    duration_s = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    click_url = models.URLField(max_length=1000, blank=True)
    declared_category = models.CharField(max_length=60, blank=True)
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


class Decision(models.Model):
    """A reviewer's decision on exactly these bytes under these rules. Append-only."""

    class Outcome(models.TextChoices):
        """The four decisions."""

        APPROVE = "approve", "Approved"
        CHANGES = "changes", "Approved with changes"
        REJECT = "reject", "Rejected"
        EXCEPTION = "exception", "Exception"

    version = models.ForeignKey(Version, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    guideline = models.ForeignKey(Guideline, models.PROTECT, null=True, blank=True, related_name="decisions")
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    expires_on = models.DateField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    spec_version = models.CharField(max_length=80, blank=True)
    policy_version = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="approve") | ~models.Q(reason=""), name="decision_gives_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="exception") | models.Q(expires_on__isnull=False), name="exception_expires"
            ),
        ]


class Run(models.Model):
    """A version's code run in the jail: what it was seen to do, or why it was not run. Append-only."""

    class Outcome(models.TextChoices):
        """How it ended."""

        RAN = "ran", "Ran"
        STOPPED = "stopped", "Had to be ended"
        NOT_RUN = "not_run", "Not run"

    version = models.ForeignKey(Version, models.PROTECT, related_name="runs")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    facts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()


class RunPicture(models.Model):
    """What a run looked like at a moment: `moment` is 1 or 5 (seconds after it had loaded) or end."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="pictures")
    moment = models.CharField(max_length=4)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        triggers = guards.append_only()
        constraints = [models.UniqueConstraint(fields=["run", "moment"], name="run_picture_once")]


class Landing(models.Model):
    """One look at where a creative's click leads: the page's words, its picture, what is wrong with it. Append-only."""

    creative = models.ForeignKey(Creative, models.PROTECT, related_name="landings")
    url = models.URLField(max_length=1000)
    facts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    words_sha256 = models.CharField(max_length=64, blank=True, help_text="of the page's visible words; empty when it did not answer")
    picture = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        indexes = [models.Index(fields=["creative", "-at"], name="landing_newest")]
