"""Proof that flights are live: the first impressions counted for them. Status comes from this fact, never from a tick."""

import datetime
from collections.abc import Mapping

from makegood.core import permissions, verbs
from makegood.core.models import Person
from makegood.orders.actions import running
from makegood.orders.models import Flight
from makegood.trafficking.models import LiveProof


@verbs.whole
def seen(impressions: Mapping[int, int], *, by: Person | None, at: datetime.datetime) -> list[int]:
    """Impressions counted by flight id: flights seen for the first time go live, with their lines and order. Their ids."""
    permissions.check(by, "trafficking.prove")
    known = set(LiveProof.objects.filter(flight__in=impressions).values_list("flight_id", flat=True))
    first = {pk: count for pk, count in impressions.items() if count > 0 and pk not in known}
    flights = list(Flight.objects.filter(pk__in=first).select_related("line__order").order_by("pk"))
    for flight in flights:
        LiveProof.objects.create(flight=flight, at=at, impressions=first[flight.pk])
        if flight.machine.allows(flight.status, "live") and flight.status != "paused":
            running.start(flight, by=by, at=at, why=f"{first[flight.pk]:,} impressions counted")
    return [flight.pk for flight in flights]
