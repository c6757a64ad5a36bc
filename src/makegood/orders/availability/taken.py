"""What a flight claims of days sold whole or by share of voice, and the refusal by name when bookings leave too little."""

import datetime
from collections.abc import Sequence

from django.db.backends.postgresql.psycopg_any import DateRange

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.engine.avails.exclusive import WHOLE
from makegood.orders.availability import exclusive
from makegood.orders.errors import AlreadyTaken
from makegood.orders.models import Flight, Line, Reservation

ONE_DAY = datetime.timedelta(days=1)


def claims(line: Line, flight: Flight, at: datetime.datetime | None = None) -> list[Reservation]:
    """What a flight claims of its days, by placement: all of them, or the product's share of their voice."""
    days, span = DateRange(flight.start, flight.end + ONE_DAY), (flight.end - flight.start).days + 1
    return [
        Reservation(flight=flight, placement_id=pk, days=days, units=span, exclusive=line.product.exclusive, share_pct=line.product.voice_pct, at=at)
        for pk in sorted(flight.placement_ids)
    ]


def refuse_line(line: Line) -> None:
    """By what bookings alone leave of each day; holds are told apart, because they may be asked for."""
    for flight in line.flights.all():
        there = exclusive.reservations(flight.placement_ids, flight.start, flight.end)
        for row in claims(line, flight):
            if refusal := over(row, there):
                raise refusal


def refuse_booked(product: Product, start: datetime.date, end: datetime.date, share_pct: int, client: Account) -> None:
    """Raise AlreadyTaken when bookings of other clients leave less than `share_pct` of a day on a placement of the product."""
    places = [place.pk for place in product.placements.all()]
    there = [one for one in exclusive.reservations(places, start, end) if one.flight.line.order.advertiser_id != client.pk]
    for pk in places:
        row = Reservation(placement_id=pk, days=DateRange(start, end + ONE_DAY), share_pct=share_pct)
        if refusal := over(row, there):
            raise refusal


def over(row: Reservation, there: Sequence[Reservation]) -> AlreadyTaken | None:
    """The refusal that names who leaves too little of a day, what they have and until when; None while there is enough."""
    mine = [one for one in there if one.placement_id == row.placement_id]
    for n in range((row.days.upper - row.days.lower).days):
        day = row.days.lower + n * ONE_DAY
        having = [one for one in mine if one.days.lower <= day < one.days.upper]
        if having and sum(exclusive.share(one) for one in having) + exclusive.share(row) > WHOLE:
            return taken(having)
    return None


def taken(having: Sequence[Reservation]) -> AlreadyTaken:
    """The refusal by these reservations of a day: the one with most of it by name, until when, and how many more."""
    other = max(having, key=lambda one: (exclusive.share(one), -one.pk))
    order = other.flight.line.order
    return AlreadyTaken(
        placement=str(other.placement), holder=str(order.advertiser), order=order.number, start=other.days.lower,
        until=other.days.upper - ONE_DAY, share_pct=exclusive.share(other), others=len(having) - 1,
    )  # fmt: skip
