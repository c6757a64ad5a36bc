"""What the machine has seen of a version's code and of where its click leads."""

from django.db import models

from makegood.core import guards
from makegood.core.models import StoredFile
from makegood.creatives.models.creatives import Creative, Version


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
