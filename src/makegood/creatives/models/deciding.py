"""What is decided on a version: decisions, opinions, evidence, exceptions asked for, remarks pinned to a place."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.catalog.models import Guideline
from makegood.core import guards
from makegood.core.models import Person, StoredFile
from makegood.core.roots import RootName
from makegood.creatives import states
from makegood.creatives.models.creatives import AssetBrief, Creative, Version
from makegood.work.models import Comment


class Decision(models.Model):
    """A reviewer's decision on exactly these bytes under these rules. Append-only.

    `policy` are the rules (CODE@version) in force for the creative that day, `policy_ahead` those announced as well; None: decided
    before rules were bound. `placements` (codes) and `markets` narrow where an exception holds; empty: everywhere.
    """

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
    starts_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    placements = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    markets = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    sha256 = models.CharField(max_length=64)
    spec_version = models.CharField(max_length=80, blank=True)
    policy_version = models.CharField(max_length=80, blank=True)
    policy = ArrayField(models.CharField(max_length=30), null=True)
    policy_ahead = ArrayField(models.CharField(max_length=30), null=True)
    brief = models.ForeignKey(AssetBrief, models.PROTECT, null=True, related_name="+")
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


class Opinion(models.Model):
    """A second reviewer's view, or the first's before it was decided. Two that differ go to the lead. Append-only."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="opinions")
    outcome = models.CharField(max_length=10, choices=Decision.Outcome.choices)
    guideline = models.ForeignKey(Guideline, models.PROTECT, null=True, blank=True, related_name="opinions")
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="opinion_gives_reason")]


class Evidence(models.Model):
    """What an advertiser showed for a rule that asks for it: a licence, an age gate, a disclaimer. Append-only."""

    creative = models.ForeignKey(Creative, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=Guideline.Evidence.choices)
    text = models.TextField(help_text="its number, address or wording")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    valid_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()


class ExceptionRequest(models.Model):
    """Somebody asks that a version may run although it fails or breaks a rule: why, where, from when to when.

    Who decides follows from `risk`, through an approval (work) of this record; given, it becomes a Decision.
    """

    machine = states.EXCEPTION
    version = models.ForeignKey(Version, models.PROTECT, related_name="exception_requests")
    guideline = models.ForeignKey(Guideline, models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=60, blank=True, help_text="rule of the spec it fails, when it is none of the guidelines")
    why = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    placements = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    markets = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    risk = models.PositiveSmallIntegerField(choices=Guideline.Risk.choices)
    status = models.CharField(max_length=10, choices=states.ExceptionStatus.choices, default=states.ExceptionStatus.ASKED)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="exception_request")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [states.EXCEPTION.trigger()]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="exception_dates"),
            models.UniqueConstraint(fields=["version"], condition=models.Q(status="asked"), name="one_exception_asked"),
        ]

    def __str__(self) -> str:
        return f"Exception for {self.version}"

    def activity_party(self) -> int:
        """The advertiser."""
        return self.version.activity_party()

    def activity_root(self) -> "models.Model | RootName":
        """The campaign of its creative."""
        return self.version.activity_root()


class Pin(models.Model):
    """The place of a remark on a version: a point of the picture (shares of its width and height), a second of sound or film."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="pins")
    comment = models.OneToOneField(Comment, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    at_s = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="pin_number_once"),
            models.CheckConstraint(
                condition=models.Q(x__isnull=True, y__isnull=True) | models.Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1), name="pin_on_picture"
            ),
            models.CheckConstraint(condition=models.Q(x__isnull=False) | models.Q(at_s__gte=0), name="pin_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.number}"
