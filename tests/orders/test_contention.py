"""R4: many who want the same days at once. Nothing is sold twice, every loser learns who has it, nobody waits in a circle.

The quick sizes run always; `nightly` makes 10,000 contested bookings and 10,000 contested holds.
"""

import datetime
import threading
import time
from collections import Counter

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from makegood.catalog.models import Placement
from makegood.orders.actions import booking
from makegood.orders.errors import AlreadyTaken
from makegood.orders.models import Flight, Order, Reservation
from makegood.sales.actions import locking
from makegood.sales.models import Hold
from tests.factories import accounts, catalog, orders
from tests.factories.accounts import NOW
from tests.orders import contending
from tests.orders.contending import at_once

CONTENDERS = 8
WEEK = DateRange(orders.START, orders.START + datetime.timedelta(days=7))


def contested(product, number: int) -> Order:
    made = orders.order(f"Campaign {number}", advertiser=accounts.advertiser(f"Advertiser {number:02d}"))
    orders.line(made, product, quantity=7, start=orders.START, end=orders.START + datetime.timedelta(days=6))
    return orders.signed(made)


@pytest.mark.django_db(transaction=True)
def test_one_of_eight_gets_the_week_and_the_others_are_told_who_has_it():
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


def contested_bookings(attempts: int, seed: int = 4) -> contending.Tally:
    home, tally = contending.Homepage(seed), contending.Tally()
    pool = [[home.order(client) for _ in range(1 if attempts < 1_000 else 4)] for client in home.clients]
    with contending.people() as crew:
        while tally.attempts < attempts:
            if tally.attempts:
                contending.afresh([order for some in pool for order in some])
            contending.book_round(home, pool, tally, crew)
    return tally


def contested_holds(attempts: int, seed: int = 5) -> contending.Tally:
    home, tally = contending.Homepage(seed), contending.Tally()
    with contending.people() as crew:
        while tally.attempts < attempts:
            contending.hold_round(home, tally, crew)
            if Hold.objects.filter(status="queued").count() > MOST_QUEUED:
                contending.emptied()
    return tally


def sound(tally: contending.Tally) -> dict[str, object]:
    return {"over": tally.over, "untold": tally.untold, "needless": tally.needless, "others": dict(tally.others)}


MOST_QUEUED = 60  # then the book is begun anew
NOTHING = {"over": 0, "untold": 0, "needless": 0, "others": {}}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("contest", [contested_bookings, contested_holds])
def test_days_whole_and_in_shares_are_never_sold_beyond_the_whole(contest):
    tally = contest(32)
    assert sound(tally) == NOTHING
    assert tally.won > 0 and tally.refused > tally.attempts / 4


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("contest", [contested_bookings, contested_holds])
def test_ten_thousand_contested_attempts(contest):
    began = time.process_time()
    tally = contest(10_000)
    print(f"{contest.__name__}: {tally}, {time.process_time() - began:.0f} s of processor in this process")
    assert sound(tally) == NOTHING


def locked_in(order, looked: threading.Barrier):
    """What a careless booking would do: lock placements in the order of its own lines."""
    with transaction.atomic():
        for number, pk in enumerate(order):
            Placement.objects.select_for_update(no_key=True).get(pk=pk)
            if number == 0:
                looked.wait(30)
    return True


@pytest.mark.django_db(transaction=True)
def test_control_locks_in_the_order_of_each_ones_lines_deadlock_and_ours_do_not():
    first, second = catalog.placement("one"), catalog.placement("two")
    looked = threading.Barrier(2)
    found = at_once([lambda ids=ids: locked_in(ids, looked) for ids in ((first.pk, second.pk), (second.pk, first.pk))])
    assert Counter(type(one) for one in found) == {bool: 1, OperationalError: 1}
    assert "deadlock detected" in str(next(one for one in found if isinstance(one, OperationalError)))

    def ordered(ids):
        with transaction.atomic():
            locking.lock_places(places=ids)
        return True

    assert at_once([lambda ids=ids: ordered(ids) for ids in ((first.pk, second.pk), (second.pk, first.pk)) * 4]) == [True] * 8


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
    _voice("DISABLE")
    try:
        looked = threading.Barrier(2)
        assert at_once([lambda flight=flight: reserve_unlocked(flight, looked) for flight in flights]) == [False, False]
        assert Reservation.objects.filter(exclusive=True, days__overlap=WEEK).count() == 2
    finally:
        Reservation.objects.all().delete()
        _voice("ENABLE")
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE orders_reservation ADD CONSTRAINT exclusive_once {definition}")


def _drop() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'exclusive_once'")
        definition = cursor.fetchone()[0]
        cursor.execute("ALTER TABLE orders_reservation DROP CONSTRAINT exclusive_once")
    return definition


def _voice(to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE orders_reservation {to} TRIGGER voice_kept")


@pytest.mark.django_db(transaction=True)
def test_control_without_locks_shares_stay_within_the_whole_and_without_the_trigger_they_do_not():
    products = [catalog.shared(50), catalog.shared(25), catalog.shared(25), catalog.shared(50)]
    flights = [contested(product, number).lines.get().flights.get() for number, product in enumerate(products)]

    def claim(flight):
        return Reservation.objects.create(flight=flight, placement_id=flight.placement_ids[0], days=WEEK, share_pct=flight.line.product.share_pct, at=NOW)

    found = at_once([lambda flight=flight: claim(flight) for flight in flights])
    assert max(contending.taken().values()) <= 100 and sum(isinstance(one, IntegrityError) for one in found) in (1, 2)
    Reservation.objects.all().delete()
    _voice("DISABLE")
    try:
        assert all(isinstance(one, Reservation) for one in at_once([lambda flight=flight: claim(flight) for flight in flights]))
        assert set(contending.taken().values()) == {150}
    finally:
        Reservation.objects.all().delete()
        _voice("ENABLE")
