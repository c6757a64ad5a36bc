"""Flights follow the facts: live with their first counted impression, completed when their last day is over.

What is not served (no placement: a flat fee, a mailing) follows its dates alone. Each order is a transaction of its own.
"""

import datetime
import zoneinfo
from collections import defaultdict

from django.db.models import QuerySet, Sum

from makegood.core.errors import Refused
from makegood.delivery.models import Fact
from makegood.orders.actions import running
from makegood.orders.models import Flight
from makegood.trafficking.actions import proving

WAITING, RUNNING = ("booked", "ready"), ("ready", "live", "paused")
ONE_DAY = datetime.timedelta(days=1)


def follow(*, at: datetime.datetime) -> tuple[int, int]:
    """Bring every flight to where its facts and dates say it is at `at`. Returns how many went live and how many completed."""
    return prove(at=at) + start_unserved(at=at), complete(at=at)


def prove(*, at: datetime.datetime) -> int:
    """Flights with counted impressions and no proof yet go live; how many were proved."""
    rows = Fact.objects.filter(flight__live_proof=None, flight__status__in=WAITING, net__gt=0)
    counted: dict[int, dict[int, int]] = defaultdict(dict)
    for order, flight, net in rows.values_list("flight__line__order", "flight").annotate(sum=Sum("net")).order_by():
        counted[order][flight] = net
    return sum(len(proving.seen(found, by=None, at=at)) for _, found in sorted(counted.items()))


def start_unserved(*, at: datetime.datetime) -> int:
    """What runs on no placement is live from its first day; how many began."""
    due = Flight.objects.filter(placement_ids=[], status__in=WAITING, start__lte=at.date() + ONE_DAY)
    return sum(_begin(flight, at) for flight in _loaded(due) if flight.start <= _today(flight, at))


def complete(*, at: datetime.datetime) -> int:
    """Flights whose last day is over, by the order's own clock; how many. One that never ran for lack of set-up stays, to be seen."""
    due = Flight.objects.filter(status__in=RUNNING, end__lte=at.date())
    return sum(_end(flight, at) for flight in _loaded(due) if flight.end < _today(flight, at))


def _begin(flight: Flight, at: datetime.datetime) -> bool:
    try:
        running.start(flight, by=None, at=at, why="its first day; nothing is served for it")
    except Refused:  # somebody moved it a moment ago; the next run sees it as it is
        return False
    return True


def _end(flight: Flight, at: datetime.datetime) -> bool:
    try:
        running.complete(flight, by=None, at=at, why="its days are over")
    except Refused:  # somebody moved it a moment ago; the next run sees it as it is
        return False
    return True


def _loaded(rows: QuerySet[Flight]) -> QuerySet[Flight]:
    """Of orders that run (a cancelled one's flights are cancelled too), in the order of ids."""
    return rows.filter(line__order__status__in=("booked", "live")).select_related("line__order").order_by("pk")


def _today(flight: Flight, at: datetime.datetime) -> datetime.date:
    return at.astimezone(zoneinfo.ZoneInfo(flight.line.order.zone)).date()
