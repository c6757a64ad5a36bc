"""Assigning in one go whatever is approved and fits: what a trafficker would do by hand for a plain campaign."""

import datetime

from makegood.catalog.models import Placement
from makegood.core import verbs
from makegood.core.models import Person
from makegood.creatives.models import Version
from makegood.creatives.queries import approvals
from makegood.orders.models import Flight, Order
from makegood.trafficking.actions import assigning
from makegood.trafficking.models import Assignment
from makegood.trafficking.plan import entries


@verbs.whole
def assign_all(order: Order, *, by: Person | None, at: datetime.datetime) -> list[Assignment]:
    """Put the newest approved version of each of the campaign's creatives on every open flight it fits and is not on.

    Creatives of other campaigns are left alone. All or nothing; empty when there is nothing to do.
    """
    made = []
    places = {row.pk: row for row in Placement.objects.filter(active=True)}
    versions = list(candidates(order, at=at))
    for flight in Flight.objects.filter(line__order=order, status__in=assigning.OPEN).order_by("pk"):
        on = set(flight.assignments.exclude(status="removed").values_list("version__creative_id", flat=True))
        here = [places[pk] for pk in flight.placement_ids if pk in places]
        for version in versions:
            if version.creative_id not in on and any(entries.fits(version, place) for place in here):
                made.append(assigning.assign(flight, version, by=by, at=at))
    return made


def candidates(order: Order, *, at: datetime.datetime) -> list[Version]:
    """The newest version in force of each creative that names this order as its campaign, or none."""
    rows = approvals.in_force(approvals.day(at)).filter(creative__advertiser=order.advertiser_id)
    rows = rows.filter(creative__root_id=order.pk, creative__root_type="orders.order") | rows.filter(
        creative__root_id=None
    )
    newest: dict[int, Version] = {}
    for version in rows.select_related("creative__advertiser", "file").order_by("creative_id", "number"):
        newest[version.creative_id] = version
    return list(newest.values())
