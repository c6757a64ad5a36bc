"""The clauses on our papers, version by version. A published version is frozen: papers were signed with it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.catalog.models.sold import Property
from makegood.core import guards
from makegood.core.models import Person
from makegood.documents.papers import language

MEDIA = [("", "Every line of business"), *Property._meta.get_field("medium").flatchoices]


class Clause(models.Model):
    """A clause's place on papers: which, in which language, for which line of business (empty: all), after which others."""

    key = models.SlugField(max_length=40)
    language = models.CharField(max_length=2, choices=list(language.NAMES.items()))
    business = models.CharField(max_length=20, blank=True, choices=MEDIA)
    position = models.PositiveSmallIntegerField()
    papers = ArrayField(models.CharField(max_length=10), default=list, help_text="order, proposal")
    retired_on = models.DateField(null=True, blank=True, help_text="from this day on it stands on no new paper")

    class Meta:
        ordering = ["language", "position", "key", "business"]
        constraints = [models.UniqueConstraint(fields=["key", "language", "business"], name="clause_once")]

    def __str__(self) -> str:
        return f"{self.key}, {self.get_language_display()}{f', {self.get_business_display()}' if self.business else ''}"


class ClauseVersion(models.Model):
    """The words of a clause. A draft until published; in force from `starts_on`."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    note = models.CharField(max_length=200, blank=True, help_text="what this version changes, and why")
    starts_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="published_stays", operation=pgtrigger.Update | pgtrigger.Delete, condition=pgtrigger.Q(old__published_at__isnull=False)
            ),
            guards.no_truncate(),
        ]
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="clause_version_once"),
            models.UniqueConstraint(fields=["clause"], condition=models.Q(published_at=None), name="clause_one_draft"),
            models.CheckConstraint(condition=models.Q(published_at=None) | models.Q(starts_on__isnull=False), name="clause_published_from"),
        ]

    def __str__(self) -> str:
        return f"{self.clause} version {self.number}"
