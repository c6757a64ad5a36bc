"""Approvals on any subject: asked by a maker, decided by others in stages, bound to what was shown."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from makegood.core import guards
from makegood.core.models import Party, Person
from makegood.work import states
from makegood.work.models import walls
from makegood.work.models.subject import About


class Approval(About):
    """One approval asked for. `binds_to` is the hash of exactly what is approved; another hash voids it.

    `makers` are all who edited what is to be approved: none of them may decide. `stages` are frozen with the people who may
    decide each; `stage` is the one that waits and `roles` are whose turn it is.
    """

    machine = states.APPROVAL
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    measure = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    facts = models.JSONField(default=dict)
    binds_to = models.CharField(max_length=64)
    stages = models.JSONField()
    stage = models.PositiveSmallIntegerField(default=0)
    roles = ArrayField(models.CharField(max_length=24))
    makers = models.ManyToManyField(Person, related_name="+")
    requested_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=10, choices=states.ApprovalStatus.choices, default=states.ApprovalStatus.PENDING)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True, help_text="what has to be met, when it was approved with conditions")

    class Meta:
        triggers = [states.APPROVAL.trigger(), walls.ASKED_AS_PENDING, walls.APPROVED_BY_OTHERS, walls.what_was_asked()]
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


class Vote(models.Model):
    """What one person said in one stage, and in whose name. Append-only."""

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="votes")
    stage = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    acted_for = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24, blank=True)
    outcome = models.CharField(max_length=10, choices=[("approved", "Approved"), ("rejected", "Rejected")])
    reason = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    binds_to = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        constraints = [models.CheckConstraint(condition=~models.Q(acted_for=models.F("person")), name="vote_for_another")]


class Measured(models.Model):
    """What a subject measured when an approval of a kind was considered, needed or not. Append-only."""

    kind = models.CharField(max_length=30)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    measure = models.DecimalField(max_digits=14, decimal_places=2)
    at = models.DateTimeField()

    class Meta:
        triggers = guards.append_only()
        indexes = [models.Index(fields=["kind", "party", "at"], name="measured_party")]


class Delegation(models.Model):
    """Approvals of `giver` given to `taker` for some days; of all kinds when `kinds` is empty."""

    giver = models.ForeignKey(Person, models.PROTECT, related_name="delegated")
    taker = models.ForeignKey(Person, models.PROTECT, related_name="entrusted")
    kinds = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    start = models.DateField()
    end = models.DateField()
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="delegation_stays", operation=pgtrigger.UpdateOf("giver_id", "taker_id", "kinds", "start", "end") | pgtrigger.Delete)
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="delegation_dates"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("taker")), name="delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} to {self.taker}, {self.start} to {self.end}"
