"""Who waits for several holds at once, of the same product or of others on its placements: up as soon as nobody is in the way, in the order of the queue."""

import datetime
from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.accounts.models import Account
from makegood.core.errors import Refused
from makegood.core.models import Notification, Role
from makegood.orders.actions import booking
from makegood.sales import queries
from makegood.sales.actions import challenging, queueing
from makegood.sales.models import Challenge, Hold
from makegood.workflows import holding
from tests import personas
from tests.factories import accounts, catalog, orders
from tests.factories.accounts import NOW

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_new_york(db):
    accounts.seller()


def client(name):
    return Account.objects.filter(party__name=name).first() or accounts.advertiser(name)


def hold(name, by, product, first=0, days=1, **more):
    start = orders.START + first * DAY
    asked = {"start": start, "end": start + (days - 1) * DAY, "units": days, "expires_at": NOW + 3 * DAY, "by": by, "at": NOW}
    return holding.place(product, client(name), **(asked | more))


def pair(exclusive=True, code="home-and-sport"):
    """Homepage and sport page together."""
    places = [catalog.placement("home-billboard", size=(970, 250)), catalog.placement("sport-billboard", size=(970, 250))]
    made = catalog.products.add_product(
        catalog.site(), code, "Home and sport", placements=places, format="display", rate_type="day", spec_profile="display-970x250", by=None, at=NOW,
        **({"exclusive": True} if exclusive else {"share_pct": 50}),
    )  # fmt: skip
    return catalog.priced(made, "30000", "20000")


def seen(*some):
    for one in some:
        one.refresh_from_db()
    return [(one.status, one.waits_for_id, one.place) for one in some]


def test_a_hold_of_another_product_on_the_same_placement_is_waited_for(account_manager, sales):
    first = hold("Oatfield Foods", account_manager, catalog.takeover(), days=3)
    second = hold("Meridian Rail", sales, pair(), first=2, days=2)
    assert seen(second) == [("queued", first.pk, 2)] and [one.pk for one in queries.queue([first.pk])[first.pk]] == [second.pk]
    holding.release(first, by=account_manager, at=NOW)
    assert seen(second) == [("held", None, None)] and second.took_over == first


def test_who_waits_for_two_is_second_to_one_after_the_other_and_up_when_both_are_gone(account_manager, sales):
    one, two = hold("Oatfield Foods", account_manager, catalog.shared(50), days=2), hold("Velo City", sales, pair(exclusive=False, code="halves"), first=1, days=2)
    third = hold("Meridian Rail", sales, catalog.takeover(), days=3)
    assert seen(third) == [("queued", one.pk, 2)]
    challenging.challenge(third, by=sales, at=NOW)
    holding.release(two, by=sales, at=NOW)
    assert seen(third) == [("queued", one.pk, 2)] and Challenge.objects.filter(ended_at=None).count() == 1
    again = hold("Velo City", sales, catalog.shared(25), first=2)
    holding.release(one, by=account_manager, at=NOW)
    assert seen(third) == [("queued", again.pk, 2)]
    holding.release(again, by=sales, at=NOW)
    assert seen(third) == [("held", None, None)] and third.took_over == again


def test_who_comes_up_by_anothers_end_challenges_nobody_any_more(account_manager, sales):
    one, two = hold("Oatfield Foods", account_manager, catalog.shared(50)), hold("Velo City", sales, catalog.shared(50))
    third = hold("Meridian Rail", sales, catalog.shared(25))
    made = challenging.challenge(third, by=sales, at=NOW)
    holding.release(two, by=sales, at=NOW)
    made.refresh_from_db()
    assert seen(one, third) == [("held", None, None), ("held", None, None)] and made.outcome == "withdrawn"


def test_booking_part_of_what_was_held_leaves_the_rest_to_who_waited(account_manager, sales):
    first = hold("Oatfield Foods", account_manager, catalog.takeover(), days=7)
    early, late = hold("Meridian Rail", sales, first.product, first=1), hold("Kestrel Outdoor", sales, first.product, first=5)
    made = orders.order("Oats", advertiser=first.advertiser)
    orders.line(made, first.product, quantity=3, start=orders.START, end=orders.START + 2 * DAY)
    booking.book(orders.signed(made), by=None, at=NOW)
    assert seen(first, early, late) == [("converted", None, None), ("released", None, None), ("held", None, None)]
    assert sorted(Notification.objects.filter(person=sales).values_list("activity__verb", flat=True)) == ["hold.came_up", "hold.sold_before"]


def test_who_waits_for_days_that_are_sold_is_told_at_once_whomever_it_waited_for(account_manager, sales):
    first = hold("Oatfield Foods", account_manager, catalog.takeover(), days=2)
    second, third = hold("Meridian Rail", sales, first.product, days=4), hold("Kestrel Outdoor", sales, first.product, days=2)
    made = orders.order("Bikes", advertiser=client("Velo City"))
    orders.line(made, first.product, quantity=1, start=orders.START + 3 * DAY, end=orders.START + 3 * DAY)
    booking.book(orders.signed(made), by=None, at=NOW)
    assert seen(first, second, third) == [("held", None, None), ("released", None, None), ("queued", first.pk, 2)]


def test_impressions_wait_for_a_hold_of_another_product_on_their_placement(account_manager, sales):
    place = catalog.placement(requests=100_000)
    site, sport = catalog.run_of_site(places=(place,)), _other(place)
    week = {"days": 7}
    first, small = hold("Oatfield Foods", account_manager, site, units=450_000, **week), hold("Velo City", sales, site, units=100_000, **week)
    second = hold("Meridian Rail", sales, sport, units=300_000, **week)
    assert seen(second) == [("queued", first.pk, 2)]
    holding.release(small, by=sales, at=NOW)
    assert seen(second)[0][0] == "queued"  # 450,000 and 300,000 are more than a week has
    holding.release(first, by=account_manager, at=NOW)
    assert seen(second) == [("held", None, None)]


def _other(place):
    made = catalog.products.add_product(
        catalog.site(), "sport", "Sport", placements=[place], format="display", rate_type="CPM", spec_profile="display-300x250", by=None, at=NOW
    )
    return catalog.priced(made, "14", "9")


def test_a_newcomer_of_a_priority_goes_behind_the_last_of_it_whoever_was_let_before(account_manager, sales, lead):
    first = hold("Oatfield Foods", account_manager, catalog.takeover())
    had = hold("Meridian Rail", sales, first.product, priority=Hold.Priority.INCUMBENT)
    usual = hold("Kestrel Outdoor", sales, first.product)
    queueing.jump(usual, 2, by=lead, at=NOW, why="the board asked")
    new = hold("Velo City", sales, first.product, priority=Hold.Priority.INCUMBENT)
    assert [one.place for one in (usual, had, new) if seen(one)] == [2, 3, 4]


@pytest.mark.parametrize("verb", ["place", "challenge", "leave", "jump", "release", "book"])
def test_statements_do_not_grow_with_the_queue(verb, account_manager, sales, lead, django_assert_num_queries):
    product, counts, _ = catalog.takeover(), [], client("Harrow Mutual")
    for first, length in ((0, 3), (20, 12)):
        head = hold("Oatfield Foods", account_manager, product, first=first)
        queue = [hold(f"Client {n:02d}", sales, product, first=first) for n in range(length)]
        counts.append(_statements(verb, head, queue, sales, lead, django_assert_num_queries))
    assert counts[0] == counts[1]


def _statements(verb, head, queue, sales, lead, counted):
    made = orders.order("Oats", advertiser=head.advertiser)
    orders.line(made, head.product, quantity=1, start=head.start, end=head.end)
    order = orders.signed(made)
    do = {
        "place": lambda: hold("Harrow Mutual", sales, head.product, first=(head.start - orders.START).days, priority=Hold.Priority.INCUMBENT),
        "challenge": lambda: challenging.challenge(queue[0], by=sales, at=NOW), "leave": lambda: holding.release(queue[0], by=sales, at=NOW),
        "jump": lambda: queueing.jump(queue[-1], 2, by=lead, at=NOW, why="the board asked"), "release": lambda: holding.release(head, by=None, at=NOW),
        "book": lambda: booking.book(order, by=None, at=NOW),
    }[verb]  # fmt: skip
    with counted(100, exact=False) as found:
        do()
    return len(found)


CLIENTS = ("Oatfield Foods", "Meridian Rail", "Kestrel Outdoor", "Velo City", "Harrow Mutual")
WISH = st.tuples(st.sampled_from(CLIENTS), st.integers(0, 4), st.integers(0, 5), st.integers(1, 3), st.sampled_from(Hold.Priority.values))
STEPS = st.lists(st.one_of(st.tuples(st.just("place"), WISH), st.tuples(st.just("end"), st.integers(0, 30))), min_size=6, max_size=24)


@given(STEPS)
@settings(max_examples=15, deadline=None)
def test_no_day_is_beyond_the_whole_nobody_waits_needlessly_and_nobody_passes_another(steps):
    with transaction.atomic():
        by = personas.person("Somebody", Role.SALES)
        products = [catalog.takeover(), catalog.shared(50), catalog.shared(25), pair(), pair(exclusive=False, code="halves")]
        for what, given_ in steps:
            before = _queues()
            if what == "place":
                name, which, first, days, priority = given_
                try:
                    hold(name, by, products[which], first=first, days=days, priority=priority)
                except Refused:  # it has the days itself
                    continue
            elif active := list(Hold.objects.filter(status__in=("held", "queued")).order_by("pk")):
                holding.release(active[given_ % len(active)], by=None, at=NOW)
            _sound(before)
        transaction.set_rollback(True)


def _queues():
    """{head: its queue in order}."""
    found = defaultdict(list)
    for one in Hold.objects.filter(status="queued").order_by("place"):
        found[one.waits_for_id].append(one.pk)
    return found


def _spots(one):
    return {(place.pk, one.start + n * DAY) for place in one.product.placements.all() for n in range((one.end - one.start).days + 1)}


def _full(one, others):
    """What of its days and placements the others leave too little of."""
    return {spot for spot in _spots(one) if sum(other.share_pct for other in others if spot in _spots(other)) + one.share_pct > 100}


def _sound(before):
    rows = list(Hold.objects.filter(status__in=("held", "queued")).select_related("product").prefetch_related("product__placements"))
    held, queued = [one for one in rows if one.status == "held"], {one.pk: one for one in rows if one.status == "queued"}
    for one in held:
        assert not _full(one, [other for other in held if other.pk != one.pk])
    for one in queued.values():
        assert any(_full(one, held) & _spots(head) for head in held if head.pk == one.waits_for_id), "it waits for one that is not in its way"
    for queue in _queues().values():
        assert [queued[pk].place for pk in queue] == list(range(2, 2 + len(queue)))
    for queue in before.values():
        for n, pk in enumerate(queue):
            if pk in queued:
                later = set(queue[n + 1 :])
                assert _full(queued[pk], [one for one in held if one.pk not in later]), "one that came later took what it waited for"
