"""The list of launches: orders with flights to set up or running, with how far their set-up is."""

import datetime

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from makegood.core.models import Person
from makegood.orders.models import Flight, Order
from makegood.trafficking.models import Assignment, QaRun

OPEN = ("booked", "ready", "live", "paused")


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


def starting(actor: Person, first: datetime.date, last: datetime.date) -> QuerySet[Order]:
    """Launches from `first` to `last`, the next first. Orders without an open flight that starts then are not looked at."""
    then = Flight.objects.filter(line__order=OuterRef("pk"), status__in=OPEN, start__range=(first, last))
    return launch_list(actor).filter(Exists(then), launch__range=(first, last)).order_by("launch", "pk")


def _count(flights: QuerySet[Flight]) -> Coalesce:
    counted = flights.values("line__order").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
