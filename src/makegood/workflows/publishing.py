"""Publishing with what delivery knows: the plan is compiled from what each flight still needs."""

import datetime

from django.db.models import Sum

from makegood.core.models import Person
from makegood.delivery.models import Fact
from makegood.orders.models import Order
from makegood.trafficking.actions import publishing
from makegood.trafficking.actions.publishing import Published
from makegood.trafficking.plan import compiling


def publish(*, by: Person | None, at: datetime.datetime, why: str, order: Order | None = None) -> Published:
    """Publish all cleared flights, their chances from the net impressions counted so far. Errors as trafficking's publish."""
    return publishing.publish(by=by, at=at, why=why, order=order, delivered=delivered(at))


def delivered(at: datetime.datetime) -> dict[int, int]:
    """Net impressions so far by id of every flight the plan may hold."""
    rows = Fact.objects.filter(flight__in=compiling.flights(at).values("pk"), hour__lt=at)
    return dict(rows.values("flight").annotate(net=Sum("net")).values_list("flight", "net"))
