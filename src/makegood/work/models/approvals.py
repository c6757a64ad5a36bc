"""Approvals on any subject: asked by a maker, decided by another, bound to what was shown."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.core.models import Person
from makegood.work import states
from makegood.work.models.subject import About


class ApprovalRule(models.Model):
    """When an approval of a kind is needed and which roles may give it, as data."""

    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    above = models.DecimalField(max_digits=14, decimal_places=2, default=0, help_text="needed when the measure exceeds this")
    roles = ArrayField(models.CharField(max_length=24))
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "above"], name="one_rule_per_threshold")]

    def __str__(self) -> str:
        return self.name


class Approval(About):
    """One decision asked for. `binds_to` is the hash of exactly what is approved; another hash voids it.

    `makers` are all who edited what is to be approved: none of them may decide.
    """

    machine = states.APPROVAL
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    measure = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    facts = models.JSONField(default=dict)
    binds_to = models.CharField(max_length=64)
    roles = ArrayField(models.CharField(max_length=24))
    makers = models.ManyToManyField(Person, related_name="+")
    requested_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    due_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=10, choices=states.ApprovalStatus.choices, default=states.ApprovalStatus.PENDING)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        triggers = [states.APPROVAL.trigger()]
        indexes = [models.Index(fields=["status", "due_at"], name="approval_queue")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["approved", "rejected"]) | models.Q(decided_by__isnull=False), name="decision_has_decider"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("requested_by")), name="never_own_request"
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind"], condition=models.Q(status="pending"), name="one_pending_approval"
            ),
        ]

    def __str__(self) -> str:
        return self.title
