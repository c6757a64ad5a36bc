"""Whom an order reached: each person once, over flights and days, with what was shown to nobody known told apart."""

import datetime

import pytest

from makegood.delivery import jobs
from makegood.delivery.actions import warehousing
from makegood.delivery.models import Reach
from tests.delivery.test_counting import START, event, write
from tests.factories import orders
from tests.factories.accounts import NOW

DAY = datetime.timedelta(days=1)


@pytest.fixture
def two(db):
    """Two flights of one order, and one of another."""
    made = orders.order()
    for _ in range(2):
        orders.line(made, quantity=100_000)
    orders.booked(made)
    first, second = (line.flights.get() for line in made.lines.all())
    return first, second, orders.booked().lines.get().flights.get()


def seen(flight, number, person, *, day=0, **more):
    return event(flight, number, hour=24 * day, person=person, **more)


def test_a_person_is_one_over_flights_and_days(two, settings):
    first, second, other = two
    write(settings.EVENTS_FOLDER, [
        seen(first, 1, "ada"), seen(first, 2, "ada", day=1), seen(second, 3, "ada"), seen(second, 4, "bob", day=2), seen(first, 5, ""),
        seen(first, 6, "robot", bot="x"), seen(other, 7, "ada"), event(first, 8, "served", person="never seen"),
    ])  # fmt: skip
    jobs.ship_events(0)
    days = warehousing.roll_up(at=NOW)
    assert warehousing.count_people(days, at=NOW) == 2
    found = {one.order_id: (one.people, one.impressions, one.of_nobody) for one in Reach.objects.all()}
    assert found == {first.line.order_id: (2, 4, 1), other.line.order_id: (1, 1, 0)}
    one = Reach.objects.get(order=first.line.order)
    assert (one.frequency, one.known_share) == (2.0, 0.8)


def test_what_comes_later_is_added_and_other_orders_stay(two, settings):
    first, _, other = two
    write(settings.EVENTS_FOLDER, [seen(first, 1, "ada"), seen(other, 2, "ada")])
    jobs.ship_events(0)
    warehousing.count_people(warehousing.roll_up(at=NOW), at=NOW)
    write(settings.EVENTS_FOLDER, [seen(first, 3, "cy", day=3), seen(first, 4, "ada", day=3)], name="20261123T09-1")
    jobs.ship_events(0)
    assert warehousing.roll_up(at=NOW) == [(START + 3 * DAY).date()]
    assert warehousing.count_people([(START + 3 * DAY).date()], at=NOW + DAY) == 1
    assert list(Reach.objects.order_by("order_id").values_list("people", "as_of")) == sorted([(2, NOW + DAY), (1, NOW)], key=lambda row: row[1], reverse=first.line.order_id < other.line.order_id)


def test_nobody_known_is_no_reach(two, settings):
    write(settings.EVENTS_FOLDER, [seen(two[0], 1, "")])
    jobs.ship_events(0)
    warehousing.count_people(warehousing.roll_up(at=NOW), at=NOW)
    one = Reach.objects.get()
    assert (one.people, one.frequency, one.known_share) == (0, None, 0.0)
