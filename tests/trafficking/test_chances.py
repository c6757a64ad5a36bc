"""What is published is the certified plan: who needs scarce requests gets them, and one bad line stops nobody."""

import datetime
import logging

import numpy as np
import pytest

from makegood.catalog.models import SupplyCell, SupplyDay
from makegood.engine.decision import shares
from makegood.orders.models import Flight
from makegood.trafficking.plan import chances, compiling, terms
from tests.factories import trafficking

DAYS = (trafficking.END - trafficking.START).days + 1
TODAY = trafficking.START
DAILY = 10_000


def counted(place, daily=DAILY, mix=(("US-NY", 0.25), ("US-CA", 0.75))):
    """Eight weeks of counted requests, alike every day, and what they are made of."""
    for n in range(1, 57):
        SupplyDay.objects.create(placement=place, day=TODAY - datetime.timedelta(days=n), requests=daily)
    for geo, share in mix:
        SupplyCell.objects.create(placement=place, geo=geo, device="mobile", audiences=[], share=share)


@pytest.fixture
def product(db):
    made = trafficking.product()
    counted(made.placements.get())
    return made


def booked(bank, owner, product, goal, name, **line):
    """A booked order's flight; `line` are facts of its line."""
    flight = trafficking.flight(trafficking.order(bank, owner, product, goal=goal, name=name))
    flight.line.__class__.objects.filter(pk=flight.line_id).update(**line)
    return Flight.objects.select_related("line__order").get(pk=flight.pk)


def planned(*flights, needed=None, **more):
    needs = {one.pk: one.goal for one in flights} if needed is None else needed
    return chances.chances(flights, needs, today=TODAY, **more)


def served(found, *flights):
    """The part of a request each takes, by the ad server's own arithmetic."""
    return shares.shares([entry(one, found[one.pk]) for one in flights])


def entry(flight, chance):
    return type("Entry", (), {"priority": "guaranteed", "theta": chance.theta, "alpha": chance.alpha, "weight": chance.weight, "throttle": 1.0})()


def test_alone_a_flight_takes_what_it_needs_evenly(bank, campaign_manager, product):
    flight = booked(bank, campaign_manager, product, 26_000, "Alone")
    found = planned(flight)[flight.pk]
    assert (found.theta, found.alpha, found.why) == (pytest.approx(26_000 / (DAYS * DAILY), rel=0.01), 0.0, None)


def test_a_flexible_flight_makes_room_for_a_narrow_one(bank, campaign_manager, product):
    """Half of everything and nine tenths of New York: evenly they would collide there."""
    broad = booked(bank, campaign_manager, product, int(0.5 * DAYS * DAILY), "Broad")
    narrow = booked(bank, campaign_manager, product, int(0.9 * 0.25 * DAYS * DAILY), "Narrow", targeting={"geo": ["US-NY"]})
    found = planned(broad, narrow)
    both, alone = served(found, broad, narrow), served(found, broad)
    assert both[1] == pytest.approx(0.9, rel=0.02)
    assert 0.25 * both[0] + 0.75 * alone[0] == pytest.approx(0.5, rel=0.02)
    assert found[narrow.pk].alpha > 0


def test_scarce_requests_go_to_the_dearer_line(bank, campaign_manager, product):
    """Both fit when booked; since then requests have halved."""
    goal = int(0.35 * DAYS * DAILY)
    cheap, dear = (booked(bank, campaign_manager, product, goal, name) for name in ("Cheap", "Dear"))
    SupplyDay.objects.update(requests=DAILY // 2)
    cheap.line.amount, dear.line.amount = cheap.line.amount / 4, dear.line.amount * 2
    assert terms.penalty(cheap, terms.usual([cheap, dear])) < terms.penalty(dear, terms.usual([cheap, dear]))
    assert served(planned(cheap, dear), cheap, dear) == pytest.approx([0.3, 0.7], abs=0.02)


def test_a_house_line_is_planned_on_what_is_left(bank, campaign_manager, product):
    own = booked(bank, campaign_manager, product, int(0.6 * DAYS * DAILY), "Paid")
    house = booked(bank, campaign_manager, product, int(0.3 * DAYS * DAILY), "House", priority="house")
    alone, both = planned(own), planned(own, house)
    assert both[own.pk] == alone[own.pk]
    assert both[house.pk].theta == pytest.approx(0.3 / 0.4, rel=0.02)


def test_a_cap_asks_for_more_of_the_requests_that_remain(bank, campaign_manager, product):
    goal = int(0.15 * DAYS * DAILY)
    free = booked(bank, campaign_manager, product, goal, "Free")
    capped = booked(bank, campaign_manager, product, goal, "Capped", cap_count=1, cap_hours=24)
    assert planned(capped)[capped.pk].theta > 1.2 * planned(free)[free.pk].theta


def test_one_bad_line_is_left_even_and_named_and_stops_nobody(bank, campaign_manager, product, caplog):
    good = booked(bank, campaign_manager, product, 26_000, "Good")
    nobody = booked(bank, campaign_manager, product, 26_000, "Nobody", targeting={"geo": ["FR"]})
    found = planned(good, nobody)
    assert found[good.pk] == planned(good)[good.pk]
    assert (found[nobody.pk].theta, found[nobody.pk].alpha) == (1.0, 0.0)
    assert "nobody matches" in found[nobody.pk].why
    with caplog.at_level(logging.WARNING):
        compiling._report(found)
    assert [record.getMessage() for record in caplog.records] == [f"Flight {nobody.pk} is served evenly, not by the plan: {found[nobody.pk].why}."]


def test_without_a_recorded_mix_a_targeted_flight_is_served_evenly(bank, campaign_manager, db):
    product = trafficking.product("bare")
    counted(product.placements.get(), mix=())
    aimed = booked(bank, campaign_manager, product, 26_000, "Aimed", targeting={"geo": ["US-NY"]})
    found = planned(aimed)[aimed.pk]
    assert (found.theta, "mix" in found.why) == (pytest.approx(26_000 / (DAYS * DAILY), rel=0.01), True)


def test_nothing_needed_nothing_known_and_promises_not_in_units(bank, campaign_manager, product):
    over = booked(bank, campaign_manager, product, 26_000, "Over")
    unknown = booked(bank, campaign_manager, trafficking.product("new"), 26_000, "New")
    found = planned(over, unknown, needed={over.pk: 0, unknown.pk: 26_000})
    assert [(found[one.pk].theta, found[one.pk].why) for one in (over, unknown)] == [(0.0, None), (1.0, None)]
    assert planned(over, needed={over.pk: None})[over.pk].theta == 1.0


def test_the_alphas_before_are_where_the_next_plan_starts(bank, campaign_manager, product):
    broad = booked(bank, campaign_manager, product, int(0.5 * DAYS * DAILY), "Broad")
    narrow = booked(bank, campaign_manager, product, int(0.9 * 0.25 * DAYS * DAILY), "Narrow", targeting={"geo": ["US-NY"]})
    cold = planned(broad, narrow)
    warm = planned(broad, narrow, warm={pk: one.alpha for pk, one in cold.items()})
    assert np.allclose(served(warm, broad, narrow), served(cold, broad, narrow), rtol=1e-2)


@pytest.mark.parametrize("flights", [1, 3])
def test_queries_do_not_grow_with_the_flights(bank, campaign_manager, product, flights, django_assert_num_queries):
    made = [booked(bank, campaign_manager, product, 26_000, f"Order {n}") for n in range(flights)]
    with django_assert_num_queries(2):
        planned(*made)




def test_a_flight_for_hours_is_planned_for_the_requests_of_those_hours(bank, campaign_manager, product):
    evenings = [24 * day + hour for day in range(7) for hour in range(18, 24)]  # a quarter of a flat day
    flight = booked(bank, campaign_manager, product, 26_000, "Evenings", targeting={"hour_of_week": {"include": evenings}})
    found = planned(flight)[flight.pk]
    assert (found.why, found.theta) == (None, pytest.approx(26_000 / (DAYS * DAILY / 4), rel=0.02))
