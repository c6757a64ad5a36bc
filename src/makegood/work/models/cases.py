"""Cases: a client's issue, a delivery incident, a billing request. One owner, a clock, a cause, a resolution."""

from django.db import models

from makegood.core.models import Person
from makegood.work import states
from makegood.work.models.subject import About


class Case(About):
    """One thing that went wrong or was asked for. Cause and resolution feed the process analysis."""

    machine = states.CASE

    class Kind(models.TextChoices):
        """What sort of case."""

        ISSUE = "issue", "Client issue"
        INCIDENT = "incident", "Delivery incident"
        BILLING = "billing", "Billing request"

    class Severity(models.TextChoices):
        """How much it hurts; sets the clock."""

        LOW = "low", "Low"
        NORMAL = "normal", "Normal"
        HIGH = "high", "High"

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    severity = models.CharField(max_length=8, choices=Severity.choices, default=Severity.NORMAL)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=states.CaseStatus.choices, default=states.CaseStatus.OPEN)
    cause = models.CharField(max_length=60, blank=True)
    resolution = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        triggers = [states.CASE.trigger()]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["resolved", "closed"]) | (~models.Q(cause="") & ~models.Q(resolution="")),
                name="resolved_case_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"Case {self.number}: {self.title}"
