"""Contracts that begin or end about now: wins on one side, renewals on the other. One query for both."""

import dataclasses
import datetime

from django.db.models import Exists, OuterRef, Q

from makegood.accounts.models import Contract
from makegood.core.models import Activity

RENEWAL = datetime.timedelta(days=90)
SINCE = datetime.timedelta(days=28)


@dataclasses.dataclass(frozen=True)
class Agreements:
    """Active contracts that end within 90 days, and those put in force in the last four weeks, the largest first."""

    ending: tuple[Contract, ...]
    begun: tuple[Contract, ...]


def of(*, today: datetime.date, at: datetime.datetime) -> Agreements:
    """As of `at`."""
    signed = Activity.objects.filter(subject_type="accounts.contract", verb="contract.active", subject_id=OuterRef("pk"), at__gte=at - SINCE)
    ending = Q(status="active", end__range=(today, today + RENEWAL))
    rows = Contract.objects.annotate(begun=Exists(signed)).filter(ending | Q(begun=True)).select_related("account__party")
    found = list(rows.order_by("-commitment", "pk"))
    return Agreements(
        tuple(one for one in found if one.status == "active" and today <= one.end <= today + RENEWAL),
        tuple(one for one in found if one.begun),  # type: ignore[attr-defined]
    )
