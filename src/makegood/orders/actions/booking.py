"""Booking: inventory reserved in one transaction that cannot oversell an exclusive placement."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from makegood.accounts import credit
from makegood.catalog import supply
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Refused
from makegood.core.models import Notification, Person
from makegood.orders import allotment, availability, promises
from makegood.orders.actions import approval, revising
from makegood.orders.availability import exclusive, room, taken
from makegood.orders.errors import NotEnough
from makegood.orders.given import given
from makegood.orders.models import Flight, Line, Order, Reservation, Revision
from makegood.sales import queries as sales
from makegood.sales.actions import coming_up, holds, locking

ONE_DAY = datetime.timedelta(days=1)


@verbs.whole
def book(order: Order, *, by: Person | None, at: datetime.datetime) -> Order:
    """Reserve the signed order's inventory and book it, its lines and its flights. All or nothing.

    Rows are locked placements first, then the order, then lines, each in id order, so that no two bookings wait for
    one another; the database's exclusion constraint has the last word. Raises AlreadyTaken (who holds it, until when),
    NotEnough, Refused.
    """
    permissions.check(by, "orders.book", order)
    lines = _locked(order, at)
    if order.status != "signed":
        raise Refused(f"it is {order.get_status_display().lower()}.", place=str(order), remedy="Signed orders are booked.")
    revision = approval.current(order)
    credit.check(order.bill_to, credit.Step.BOOK, place=str(order))
    promises.refuse(order, revision, lines)
    for line in lines:
        if line.product.voice_pct:
            taken.refuse_line(line)
    _refuse_oversold(order, revision, lines, at)
    reserve([(line, flight) for line in lines for flight in line.flights.all()], at)
    _convert_holds(order, lines, by, at)
    transitions.move_all([flight for line in lines for flight in line.flights.all()], "booked", by=by, at=at)
    transitions.move_all(lines, "booked", by=by, at=at)
    return transitions.move(order, "booked", by=by, at=at, why=f"revision {revision.number}", visible_to_client=True)


@verbs.whole
def refused(order: Order, error: Refused, *, by: Person | None, at: datetime.datetime) -> None:
    """Log that a booking nobody waited for was refused, and tell who asked for it."""
    said = activity.record(order, "order.booking_refused", by=by, at=at, why=str(error))
    if by is not None:
        Notification.objects.create(person=by, activity=said, urgency=Notification.Urgency.NOW)


def _locked(order: Order, at: datetime.datetime) -> list[Line]:
    wanted = {pk for ids in Flight.objects.filter(line__order=order).values_list("placement_ids", flat=True) for pk in ids}
    locking.lock_places(order.lines.values_list("product_id", flat=True), wanted)
    holds.lapse_due(places=wanted, room=room, at=at)
    revising.lock(order)
    list(order.lines.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    rows = order.lines.exclude(status="cancelled").select_related("product", "order__advertiser__party")
    return list(rows.prefetch_related("flights", "product__placements").order_by("pk"))


def _refuse_oversold(order: Order, revision: Revision, lines: Sequence[Line], at: datetime.datetime) -> None:
    """Others' holds on exclusive days, and impressions beyond what is available without an approval of this revision."""
    found = availability.check(lines, at=at)
    for line in lines:
        answer = found[line.pk]
        if answer.short and answer.exclusive:
            first = next((one for one in answer.holders if one.held), answer.holders[0])
            raise NotEnough(f"{first.name} holds it until {first.until:%d %b}.", place=str(line), remedy=f"Ask {first.owner or 'a lead'}.")
    short = [line for line in lines if found[line.pk].short]
    if short and not given(order, revision, "overbooking"):
        answer = found[short[0].pk]
        raise NotEnough(
            f"short by {answer.short:,}: {answer.sum}, {answer.wanted:,} wanted.", place=str(short[0]),
            remedy="Lower the quantity, change dates or targeting, or withdraw and submit it for over-booking.",
        )  # fmt: skip


def reserve(flights: Sequence[tuple[Line, Flight]], at: datetime.datetime) -> None:
    """Reservations of flights with their lines, in the order of placement ids; a lost race is told as what it is."""
    seen = _outlooks([flight for line, flight in flights if line.counts_impressions and line.product.voice_pct is None], at.date())
    rows = sorted((row for line, flight in flights for row in _rows(line, flight, seen, at)), key=lambda row: row.placement_id)
    try:
        with transaction.atomic():
            Reservation.objects.bulk_create(rows)
    except IntegrityError as error:
        for row in rows:
            there = exclusive.reservations([row.placement_id], row.days.lower, row.days.upper - ONE_DAY) if exclusive.share(row) else []
            if refusal := taken.over(row, there):
                raise refusal from error
        raise


def _outlooks(flights: Sequence[Flight], today: datetime.date) -> dict[int, supply.Outlook]:
    """The outlook of every placement of `flights` over all their days, asked for once."""
    if not flights:
        return {}
    places = {pk for flight in flights for pk in flight.placement_ids}
    return supply.outlook(places, min(flight.start for flight in flights), max(flight.end for flight in flights), today=today)


def _rows(line: Line, flight: Flight, seen: Mapping[int, supply.Outlook], at: datetime.datetime) -> list[Reservation]:
    if line.product.voice_pct:
        return taken.claims(line, flight, at)
    if not line.counts_impressions:
        return []
    days = DateRange(flight.start, flight.end + ONE_DAY)
    return [Reservation(flight=flight, placement_id=pk, days=days, units=units, at=at) for pk, units in allotment.units(flight, seen).items() if units]


def _convert_holds(order: Order, lines: Sequence[Line], by: Person | None, at: datetime.datetime) -> None:
    mine = sales.in_force(at).filter(advertiser=order.advertiser_id, product__in={line.product_id for line in lines})
    taken_up = [hold for hold in mine if any(hold.product_id == line.product_id and hold.start <= line.end and hold.end >= line.start for line in lines)]
    holds.convert(taken_up, room=room, by=by, at=at, why=f"booked as {order.number}")
    for days in [flight for line in lines if line.product.voice_pct for flight in line.flights.all()]:
        coming_up.give_up_sold(days.placement_ids, days.start, days.end, room=room, by=by, at=at, why=f"booked as {order.number}")
