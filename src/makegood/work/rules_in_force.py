"""Which approval rule a measure passes. What one party's subjects measure together counts where the rule says so."""

import dataclasses
import datetime
from collections.abc import Collection
from decimal import Decimal

from django.db import models
from django.db.models import Q

from makegood.core.activity import label
from makegood.work.models import ApprovalRule, Measured
from makegood.work.models.subject import about


@dataclasses.dataclass(frozen=True, slots=True)
class Asking:
    """What is measured: the kind, how much, the money it is about, what it is about (categories, clauses), whose team's it is."""

    kind: str
    measure: Decimal
    amount: Decimal | None = None
    about: frozenset[str] = frozenset()
    team: int | None = None


def exceeded(subject: models.Model, asking: Asking, *, at: datetime.datetime) -> tuple[ApprovalRule | None, Decimal]:
    """The rule with the highest threshold passed and the measure that passed it. Remembers the measure, needed or not."""
    party = about(subject)["party_id"]
    Measured.objects.create(kind=asking.kind, party_id=party, subject_type=label(subject), subject_id=subject.pk, measure=asking.measure, at=at)
    return passed(asking, party=party, at=at, subject=subject)


def passed(
    asking: Asking, *, at: datetime.datetime, party: int | None = None, subject: models.Model | None = None
) -> tuple[ApprovalRule | None, Decimal]:
    """The same without remembering: what would be asked. Of two with one threshold the narrower decides."""
    for rule in sorted(standing(asking, at.date()), key=lambda one: (-one.above, -len(one.about), -one.from_amount, one.team_id is None, one.pk)):
        others = _others(subject, asking.kind, party, at - datetime.timedelta(days=rule.window_days)) if rule.window_days else Decimal(0)
        if asking.measure + others > rule.above:
            return rule, asking.measure + others
    return None, asking.measure


def standing(asking: Asking, on: datetime.date) -> Collection[ApprovalRule]:
    """The active rules of the kind that are for this money, subject and team on a day, whatever their threshold."""
    rows = ApprovalRule.objects.filter(Q(starts=None) | Q(starts__lte=on), Q(ends=None) | Q(ends__gte=on), kind=asking.kind, active=True)
    rows = rows.filter(Q(team=None) | Q(team=asking.team) if asking.team else Q(team=None)).filter(from_amount__lte=asking.amount or 0)
    meant = {one.casefold() for one in asking.about}
    return [one for one in rows if not one.about or meant & {word.casefold() for word in one.about}]


def _others(subject: models.Model | None, kind: str, party_id: int | None, since: datetime.datetime) -> Decimal:
    """The newest measure of each other subject of the party in the window; nothing for subjects of no party."""
    if party_id is None:
        return Decimal(0)
    rows = Measured.objects.filter(kind=kind, party=party_id, at__gte=since)
    rows = rows.exclude(subject_type=label(subject), subject_id=subject.pk) if subject else rows
    newest = rows.order_by("subject_type", "subject_id", "-at", "-pk").distinct("subject_type", "subject_id")
    return sum((row.measure for row in newest), Decimal(0))
