"""Approval rules as data, and the changes by which they become other ones."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.core import guards
from makegood.core.models import Person, Team
from makegood.work.models import walls


class RuleFacts(models.Model):
    """What a rule says, the same in the rule in force and in the change that is to become one.

    `stages` are approving.stages.Stage as JSON. With `window_days` the measures of one party's other subjects in that time
    are added, so that splitting brings nothing. `from_amount`, `about`, `team` and the dates narrow it; empty means any.
    """

    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    above = models.DecimalField(max_digits=14, decimal_places=2, default=0, help_text="needed when the measure exceeds this")
    from_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0, help_text="only where this much money or more is about")
    about = ArrayField(models.CharField(max_length=60), default=list, blank=True, help_text="categories or clauses, of any of which it is")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    stages = models.JSONField()
    window_days = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        abstract = True


class ApprovalRule(RuleFacts):
    """When an approval of a kind is needed and by whom, as data. Changed only by an approved RuleChange."""

    change = models.ForeignKey("work.RuleChange", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        triggers = [walls.RULES_CHANGE_BY_APPROVAL]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "above", "from_amount", "about", "team", "starts"], name="one_rule_per_threshold", nulls_distinct=False
            ),
            models.CheckConstraint(condition=models.Q(ends__isnull=True) | models.Q(starts__isnull=True) | models.Q(ends__gte=models.F("starts")), name="rule_days"),
        ]

    def __str__(self) -> str:
        return self.name


class RuleChange(RuleFacts):
    """A rule as it is to become: a new one when `rule` is empty. Never edited; another wish is another change."""

    rule = models.ForeignKey(ApprovalRule, models.PROTECT, null=True, blank=True, related_name="changes")
    why = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"[:120]
