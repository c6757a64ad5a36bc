"""Thirty-two bookings of one exclusive week at once: one wins, the others learn who has it."""

import datetime
import threading
from collections import Counter

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from makegood.orders.actions import booking
from makegood.orders.errors import AlreadyTaken
from makegood.orders.models import Flight, Order, Reservation
from tests.factories import accounts, catalog, orders
from tests.factories.accounts import NOW

CONTENDERS = 32
WEEK = DateRange(orders.START, orders.START + datetime.timedelta(days=7))


def contested(product, number: int) -> Order:
    made = orders.order(f"Campaign {number}", advertiser=accounts.advertiser(f"Advertiser {number:02d}"))
    orders.line(made, product, quantity=7, start=orders.START, end=orders.START + datetime.timedelta(days=6))
    return orders.signed(made)


def at_once(jobs) -> list[object]:
    """Run every job in a thread with its own connection, released together; results or exceptions."""
    gate, found = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place: int, job) -> None:
        try:
            connection.ensure_connection()
            gate.wait(30)
            found[place] = job()
        except Exception as error:  # the outcome under test, whatever it is
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.mark.django_db(transaction=True)
def test_one_of_thirty_two_gets_the_week_and_the_others_are_told_who_has_it():
    product = catalog.takeover()
    made = [contested(product, number) for number in range(CONTENDERS)]
    found = at_once([lambda order=order: booking.book(order, by=None, at=NOW) for order in made])
    assert Counter(type(one) for one in found) == {Order: 1, AlreadyTaken: CONTENDERS - 1}
    winner = next(one for one in found if isinstance(one, Order))
    losers = [one for one in found if isinstance(one, AlreadyTaken)]
    assert {(one.holder, one.order, one.until) for one in losers} == {
        (str(winner.advertiser), winner.number, orders.START + datetime.timedelta(days=6))
    }
    assert [row.flight.line.order for row in Reservation.objects.all()] == [winner]
    assert Counter(Order.objects.values_list("status", flat=True)) == {"booked": 1, "signed": CONTENDERS - 1}


@pytest.mark.django_db(transaction=True)
def test_orders_over_two_placements_in_opposite_line_order_never_deadlock():
    first = catalog.takeover()
    second = catalog.products.add_product(
        catalog.site(), "night", "Night takeover", placements=[catalog.placement("night-billboard", size=(970, 250))], format="display",
        rate_type="day", spec_profile="display-970x250", by=None, at=NOW, exclusive=True,
    )  # fmt: skip
    catalog.priced(second, "9000", "8000")
    made = []
    for number in range(8):
        order = orders.order(f"Pair {number}", advertiser=accounts.advertiser(f"Advertiser {number:02d}"))
        for product in (first, second) if number % 2 else (second, first):
            orders.line(order, product, quantity=1, start=orders.START, end=orders.START)
        made.append(orders.signed(order))
    found = at_once([lambda order=order: booking.book(order, by=None, at=NOW) for order in made])
    assert Counter(type(one) for one in found) == {Order: 1, AlreadyTaken: 7}
    assert not any(isinstance(one, OperationalError) for one in found)


def reserve_unlocked(flight: Flight, both_looked: threading.Barrier):
    """What a careless booking would do: look, then write, with no lock between."""
    with transaction.atomic():
        taken = Reservation.objects.filter(placement_id=flight.placement_ids[0], exclusive=True, days__overlap=WEEK).exists()
        both_looked.wait(30)
        if not taken:
            Reservation.objects.create(flight=flight, placement_id=flight.placement_ids[0], days=WEEK, exclusive=True, at=NOW)
    return taken


@pytest.mark.django_db(transaction=True)
def test_control_without_locks_the_constraint_still_holds_and_without_it_the_week_is_sold_twice():
    product = catalog.takeover()
    flights = [contested(product, number).lines.get().flights.get() for number in range(2)]
    looked = threading.Barrier(2)
    found = at_once([lambda flight=flight: reserve_unlocked(flight, looked) for flight in flights])
    assert Counter(type(one) for one in found) == {bool: 1, IntegrityError: 1}
    Reservation.objects.all().delete()
    definition = _drop()
    try:
        looked = threading.Barrier(2)
        assert at_once([lambda flight=flight: reserve_unlocked(flight, looked) for flight in flights]) == [False, False]
        assert Reservation.objects.filter(exclusive=True, days__overlap=WEEK).count() == 2
    finally:
        Reservation.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE orders_reservation ADD CONSTRAINT exclusive_once {definition}")


def _drop() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'exclusive_once'")
        definition = cursor.fetchone()[0]
        cursor.execute("ALTER TABLE orders_reservation DROP CONSTRAINT exclusive_once")
    return definition
