"""Whether there is room for a hold beside what is booked: the `Room` that verbs of holds are given."""

import datetime
from collections.abc import Sequence

from django.db.backends.postgresql.psycopg_any import DateRange

from makegood.orders.availability import exclusive, taken
from makegood.orders.availability.checking import Wish, check_wishes
from makegood.orders.availability.taken import refuse_booked
from makegood.orders.models import Reservation
from makegood.sales import queries as sales
from makegood.sales.models import Hold

__all__ = ["in_the_way", "refuse_booked", "sold"]


def sold(shares: Sequence[Hold]) -> set[int]:
    """Ids of those holds of a share of voice of which bookings of other clients leave too little on a day: one query."""
    if not shares:
        return set()
    places = {place.pk for one in shares for place in one.product.placements.all()}
    booked = exclusive.reservations(places, min(one.start for one in shares), max(one.end for one in shares))
    return {one.pk for one in shares if _sold(one, [row for row in booked if row.flight.line.order.advertiser_id != one.advertiser_id])}


def in_the_way(hold: Hold, *, at: datetime.datetime) -> list[Hold] | None:
    """Holds in force of other clients that have the impressions it lacks, those with most first; None where they are not there even without these."""
    wish = Wish(hold.product, hold.start, hold.end, hold.units)
    found = check_wishes({1: wish}, hold.advertiser, at=at, relax=False)[1]
    if not found.short:
        return []
    held = {one.hold_id: one.units for one in found.holders if one.held}
    if found.held < found.short or not held:
        return None
    return sorted(sales.in_force(at).filter(pk__in=held), key=lambda one: (-held[one.pk], one.held_at, one.pk))


def _sold(one: Hold, booked: Sequence[Reservation]) -> bool:
    days = DateRange(one.start, one.end + taken.ONE_DAY)
    rows = (Reservation(placement=place, days=days, share_pct=one.share_pct) for place in one.product.placements.all())
    return any(taken.over(row, booked) for row in rows)
