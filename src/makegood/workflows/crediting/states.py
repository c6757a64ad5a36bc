"""Moving a credit state and letting the ad servers follow at once."""

import dataclasses
import datetime

from django.db.models import Q

from makegood.accounts import credit
from makegood.accounts.actions import accounts
from makegood.accounts.credit import Step
from makegood.accounts.models import Account
from makegood.core import verbs
from makegood.core.models import Person
from makegood.orders.models import Flight, Order
from makegood.trafficking.models import Publication
from makegood.workflows import publishing

RUNS = ("booked", "ready", "live", "paused")


@dataclasses.dataclass(frozen=True)
class Effect:
    """What a change of credit did: flights of the payer that are booked or running, and whether a plan was published for it."""

    flights: int
    published: bool


@verbs.whole
def set_credit(account: Account, status: str, *, by: Person | None, at: datetime.datetime, why: str) -> Effect:
    """Set the state with its reason. Where it changes what may be served or started, the plan is published anew in the same moment."""
    before = _stops(account)
    accounts.set_credit(account, status, by=by, at=at, why=why)
    running = Flight.objects.filter(status__in=RUNS, line__order__in=_orders(account)).count()
    follows = bool(running) and _stops(account) != before and Publication.objects.exists()
    if follows:
        publishing.publish(by=None, at=at, why=f"Credit of {account}: {account.get_credit_status_display()}")
    return Effect(running, follows)


def _stops(account: Account) -> tuple[bool, bool]:
    return credit.stops(account, Step.SERVE), credit.stops(account, Step.START)


def _orders(account: Account):  # noqa: ANN202 - a queryset of ids
    """What the account pays for."""
    return Order.objects.filter(Q(agency=account) | Q(advertiser=account, agency=None)).values("pk")
