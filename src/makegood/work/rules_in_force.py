"""Which approval rule a measure passes. What one party's subjects measure together counts where the rule says so."""

import datetime
from decimal import Decimal

from django.db import models

from makegood.core.activity import label
from makegood.work.models import ApprovalRule, Measured
from makegood.work.models.subject import about


def exceeded(subject: models.Model, kind: str, measure: Decimal, *, at: datetime.datetime) -> tuple[ApprovalRule | None, Decimal]:
    """The rule with the highest threshold passed and the measure that passed it. Remembers the measure, needed or not."""
    party = about(subject)["party_id"]
    Measured.objects.create(kind=kind, party_id=party, subject_type=label(subject), subject_id=subject.pk, measure=measure, at=at)
    for rule in ApprovalRule.objects.filter(kind=kind, active=True).order_by("-above"):
        total = measure + _others(subject, kind, party, at - datetime.timedelta(days=rule.window_days)) if rule.window_days else measure
        if total > rule.above:
            return rule, total
    return None, measure


def _others(subject: models.Model, kind: str, party_id: int | None, since: datetime.datetime) -> Decimal:
    """The newest measure of each other subject of the party in the window; nothing for subjects of no party."""
    if party_id is None:
        return Decimal(0)
    rows = Measured.objects.filter(kind=kind, party=party_id, at__gte=since).exclude(subject_type=label(subject), subject_id=subject.pk)
    newest = rows.order_by("subject_type", "subject_id", "-at", "-pk").distinct("subject_type", "subject_id")
    return sum((row.measure for row in newest), Decimal(0))
