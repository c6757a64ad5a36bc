"""The list of launches: orders with flights to set up or running, with how far their set-up is."""

import dataclasses
import datetime
from collections.abc import Collection

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from makegood.core.models import Person
from makegood.orders.models import Flight, Order
from makegood.trafficking.models import Assignment, QaRun

FIELDS = ("line__order", "line__order__name", "line__order__advertiser__party__name")
OPEN = ("booked", "ready", "live", "paused")


@dataclasses.dataclass(frozen=True)
class Start:
    """An order that launches on a day, and whether every open flight is set up and the whole compared with its order."""

    order_id: int
    name: str
    client: str
    day: datetime.date
    ready: bool


def launch_list(actor: Person) -> QuerySet[Order]:
    """Orders with open flights: launch, open, covered, ready, qa_passed, qa_at. For the seller's people only."""
    flights = Flight.objects.filter(line__order=OuterRef("pk"), status__in=OPEN).order_by()
    active = Assignment.objects.filter(flight=OuterRef("pk"), status="active")
    run = QaRun.objects.filter(order=OuterRef("pk")).order_by("-at", "-pk")
    rows = Order.objects.select_related("advertiser__party", "trafficker").annotate(
        launch=Subquery(flights.values("line__order").annotate(first=Min("start")).values("first")),
        open=_count(flights),
        covered=_count(flights.filter(Exists(active))),
        ready=_count(flights.filter(status__in=("ready", "live"))),
        qa_passed=Subquery(run.values("passed")[:1]),
        qa_at=Subquery(run.values("at")[:1]),
    )
    return rows.filter(Exists(flights)) if actor.is_staff_member else rows.none()


def starting(people: Collection[int], first: datetime.date, last: datetime.date) -> list[Start]:
    """Orders of these people whose first open flight starts from `first` to `last`, the next first: one query.

    Orders without an open flight that starts then are not looked at.
    """
    mine = Q(account_manager__in=people) | Q(campaign_manager__in=people) | Q(trafficker__in=people)
    flights = Flight.objects.filter(status__in=OPEN).order_by()
    then = Order.objects.filter(mine, lines__flights__in=flights.filter(start__range=(first, last)))
    bare = ~Exists(Assignment.objects.filter(flight=OuterRef("pk"), status="active"))
    run = QaRun.objects.filter(order=OuterRef("line__order")).order_by("-at", "-pk")
    rows = flights.filter(line__order__in=then.values("pk")).values(*FIELDS)
    rows = rows.annotate(launch=Min("start"), bare=Count("pk", filter=bare), passed=Subquery(run.values("passed")[:1]))
    found = rows.filter(launch__range=(first, last)).order_by("launch", "line__order").values_list(*FIELDS, "launch", "bare", "passed")
    return [Start(pk, name, client, day, not bare and bool(passed)) for pk, name, client, day, bare, passed in found]


def _count(flights: QuerySet[Flight]) -> Coalesce:
    counted = flights.values("line__order").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
