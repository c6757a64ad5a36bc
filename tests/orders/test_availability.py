"""The sum of availability, and who stands in the way."""

import datetime

import pytest

from makegood.catalog.actions import supply
from makegood.engine.avails import Contender
from makegood.orders import availability
from makegood.orders.availability import losing
from makegood.orders.models import Flight
from tests.factories import accounts, catalog, orders, sales
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
DAYS = (orders.END - orders.START).days + 1


def test_matched_less_reserved_less_held_is_available(account_manager):
    product = catalog.run_of_site(requests=100_000)
    other = orders.order("Rival", advertiser=accounts.advertiser("Meridian Rail"))
    orders.line(other, product, quantity=300_000)
    orders.booked(other)
    sales.hold(product, accounts.advertiser("Kestrel Outdoor"), by=account_manager, start=orders.START, end=orders.END, units=200_000)
    mine = orders.order()
    line = orders.line(mine, product, quantity=950_000)
    found = availability.check(line, at=NOW, relax=True)[line.pk]
    assert found.matched == pytest.approx(100_000 * DAYS, rel=0.03)
    assert (found.reserved, found.held, found.caps) == (300_000, 200_000, 0)
    assert found.available == found.matched - 500_000
    assert found.short == 950_000 - found.available
    assert [(one.name, one.units, one.held) for one in found.holders] == [
        (f"Meridian Rail ({other.number})", 300_000, False), ("Kestrel Outdoor", 200_000, True),
    ]  # fmt: skip
    assert found.relaxations[0].gain > 0


def test_were_it_booked_anyway_holds_lose_first_then_the_latest_line_and_it_adds_up(account_manager):
    product = catalog.run_of_site(requests=100_000)
    for name in ("Meridian Rail", "Harrow Mutual"):
        other = orders.order(name, advertiser=accounts.advertiser(name))
        orders.line(other, product, quantity=500_000)
        orders.booked(other)
    sales.hold(product, accounts.advertiser("Kestrel Outdoor"), by=account_manager, start=orders.START, end=orders.END, units=200_000)
    free = availability.what_if(availability.Wish(product, orders.START, orders.END, 1), None, at=NOW)
    assert (free.losers, free.taken, free.unserved) == ((), 0, 0)
    assert free.within == (free.matched, free.matched)  # the same was counted every day
    some = availability.what_if(availability.Wish(product, orders.START, orders.END, free.available + 320_000), None, at=NOW)
    assert [(one.name, one.line, one.units, one.promised, one.held, str(one.amount)) for one in some.losers] == [
        ("Kestrel Outdoor", "", 200_000, 200_000, True, "None"), (f"Harrow Mutual ({other.number})", "Run of site", 120_000, 500_000, False, "1440.00"),
    ]  # fmt: skip
    assert [one.share for one in some.losers] == [1.0, 0.24]
    most = availability.what_if(availability.Wish(product, orders.START, orders.END, 90_000_000), None, at=NOW)
    assert (most.taken, most.unserved) == (1_200_000, 90_000_000 - most.matched)
    assert most.available + most.taken + most.unserved == most.wanted


def test_the_bounds_of_the_forecast_hold_what_matches():
    product = catalog.run_of_site(requests=0)
    days = {NOW.date() - datetime.timedelta(days=n): 100_000 + 9_000 * (n * n % 13) for n in range(1, 90)}
    supply.record_days(product.placements.get(), days, by=None)
    found = availability.what_if(availability.Wish(product, orders.START, orders.END, 1), None, at=NOW)
    assert 0 < found.within[0] < found.matched < found.within[1] < 2 * found.matched


def test_the_flights_of_a_line_lose_together_by_part_of_its_promise():
    line = orders.line(orders.order("Rival", advertiser=accounts.advertiser("Meridian Rail")), quantity=600_000)
    flights = [Flight(pk=pk, line=line) for pk in (7, 8)]
    (found,) = losing.losers([Contender(14, 30_000, False), Contender(16, 60_000, False)], flights, [])
    assert (found.units, found.share, found.amount) == (90_000, 0.15, line.amount * 15 / 100)


def test_ones_own_hold_loses_nothing_when_its_client_asks(account_manager):
    product, mine = catalog.run_of_site(requests=100_000), accounts.advertiser("Oatfield Foods")
    sales.hold(product, mine, by=account_manager, start=orders.START, end=orders.END, units=200_000)
    wish = availability.Wish(product, orders.START, orders.END, 9_000_000)
    assert [availability.what_if(wish, who, at=NOW).taken for who in (mine, None)] == [0, 200_000]


def test_ones_own_hold_does_not_stand_in_the_way_and_is_converted_by_booking(account_manager):
    product = catalog.run_of_site(requests=100_000)
    mine = orders.order()
    held = sales.hold(product, mine.advertiser, by=account_manager, start=orders.START, end=orders.END, units=900_000)
    line = orders.line(mine, product, quantity=900_000)
    assert availability.check(line, at=NOW)[line.pk].held == 0
    orders.booked(mine)
    held.refresh_from_db()
    assert held.status == "converted"


def test_a_hold_counts_until_the_asked_moment_is_past_its_expiry(account_manager):
    product = catalog.run_of_site(requests=100_000)
    held = sales.hold(product, accounts.advertiser("Kestrel Outdoor"), by=account_manager, start=orders.START, end=orders.END, units=200_000)
    line = orders.line(orders.order(), product, quantity=10)
    just_before = held.expires_at - datetime.timedelta(seconds=1)
    assert [availability.check(line, at=at)[line.pk].held for at in (just_before, held.expires_at)] == [200_000, 0]


def test_two_lines_of_one_order_do_not_both_get_the_same_impressions():
    product = catalog.run_of_site(requests=100_000)
    mine = orders.order()
    first, second = orders.line(mine, product, quantity=1_000_000), orders.line(mine, product, quantity=1_000_000)
    found = availability.check(mine, at=NOW)
    assert (found[first.pk].short, found[second.pk].short > 500_000) == (0, True)
    assert [one.name for one in found[second.pk].holders] == ["Earlier lines of this order"]


def test_an_exclusive_day_says_who_has_it_and_when_it_is_next_free():
    product = catalog.takeover()
    other = orders.order("Rival", advertiser=accounts.advertiser("Meridian Rail"))
    orders.line(other, product, quantity=2, start=orders.START, end=orders.START + datetime.timedelta(days=1))
    orders.booked(other)
    mine = orders.order()
    line = orders.line(mine, product, quantity=1, start=orders.START, end=orders.START)
    found = availability.check(line, at=NOW)[line.pk]
    assert (found.says, found.sum) == (f"Meridian Rail ({other.number}) has 1 of 1 days", "1 − 1 − 0 − 0 = 0")
    assert found.relaxations[0].change == "start on 09 Dec 2026"


def test_what_was_never_counted_is_not_claimed_to_be_short():
    line = orders.line(orders.order(), catalog.run_of_site(requests=0))
    found = availability.check(line, at=NOW)[line.pk]
    assert (found.known, found.short, found.says) == (False, 0, "Not enough counted to say")


def test_one_line_more_comes_after_those_the_order_has():
    product = catalog.run_of_site(requests=100_000)
    mine = orders.order()
    first, second = (orders.line(mine, product, quantity=1_000_000) for _ in range(2))
    found = availability.check(mine, at=NOW, relax=True)
    assert (found[first.pk].short, found[second.pk].reserved, found[second.pk].available) == (0, 1_000_000, found[first.pk].available - 1_000_000)
    assert [one.name for one in found[second.pk].holders] == ["Earlier lines of this order"]
    assert found[second.pk].relaxations[0].gain > 0


def test_a_line_for_hours_has_those_hours_of_the_curve_and_leaves_the_others_free():
    product = catalog.run_of_site(requests=100_000)
    supply.set_curve(product.placements.get(), [1 / 36 if hour % 24 < 18 else 1 / 12 for hour in range(168)], by=None)
    evenings = [24 * day + hour for day in range(7) for hour in range(18, 24)]  # half of each day's requests
    days = {"hour_of_week": {"include": [hour for hour in range(168) if hour not in evenings]}}
    prime = orders.order("Prime time", advertiser=accounts.advertiser("Meridian Rail"))
    line = orders.line(prime, product, quantity=300_000, targeting={"hour_of_week": {"include": evenings}})
    assert availability.check(line, at=NOW)[line.pk].matched == pytest.approx(50_000 * DAYS, rel=0.03)
    orders.booked(prime)
    more = orders.line(orders.order("More"), product, quantity=900_000, targeting={"hour_of_week": {"include": evenings}})
    found = availability.check(more, at=NOW, relax=True)[more.pk]
    assert (found.available, found.reserved) == (found.matched - 300_000, 300_000)
    assert any("all day" in str(one.change) for one in found.relaxations)
    whole = availability.what_if(availability.Wish(product, orders.START, orders.END, 1), None, at=NOW)
    assert whole.available == pytest.approx(100_000 * DAYS - 300_000, rel=0.03)
    other = orders.line(orders.order("Daytime"), product, quantity=10, targeting=days)
    assert availability.check(other, at=NOW)[other.pk].available == pytest.approx(50_000 * DAYS, rel=0.03)
