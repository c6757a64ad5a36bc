"""Counts decide how an optimised flight is published: clicks, completed plays or conversions of each creative so far."""

import datetime

import pytest

from makegood.delivery.models import Fact
from makegood.delivery.rotating import learnt
from makegood.trafficking.actions import assigning, qa, rotating
from makegood.trafficking.plan import writing
from makegood.trafficking.plan.turns import Tally
from makegood.workflows import publishing
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW

LATER = NOW + datetime.timedelta(days=9)


@pytest.fixture
def flight(db, campaign_manager, reviewer, trafficker):
    """A flight with two creatives, shown alike: the second is clicked twice as often, the first converts more."""
    bank = make.advertiser()
    order = trafficking.order(bank, campaign_manager, trafficking.product())
    made = trafficking.flight(order)
    for name, clicks, conversions in (("one", 80, 40), ("two", 160, 4)):
        version = make.approved(bank, reviewer, name=name, seed=clicks)
        assigning.assign(made, version, by=trafficker, at=NOW)
        where = {"flight": made, "version": version, "placement_id": made.placement_ids[0], "device": "desktop"}
        for hour in range(4):
            Fact.objects.create(hour=NOW + datetime.timedelta(days=7, hours=hour), net=5_000, gross=5_000, served=5_000,
                                clicks=clicks // 4, conversions=conversions // 4, **where)  # fmt: skip
    qa.run(order, by=campaign_manager, at=NOW)
    return made


def published(by):
    publishing.publish(by=by, at=LATER, why="learnt")
    entry, = writing.current().flights
    return [round(one.weight, 2) for one in entry.creatives]


@pytest.mark.parametrize(("aim", "best"), [("clicks", 1), ("conversions", 0)])
def test_what_is_aimed_at_decides_who_is_shown_more(flight, trafficker, lead, campaign_manager, aim, best):
    rotating.rotate(flight, "optimised", aim=aim, by=trafficker, at=NOW)
    qa.run(flight.line.order, by=campaign_manager, at=LATER)
    weights = published(trafficker)
    assert weights[best] > 0.95 and sum(weights) == pytest.approx(1)


def test_without_a_choice_counts_change_nothing(flight, trafficker):
    assert learnt(LATER) == {}
    assert published(trafficker) == [100.0, 100.0]


def test_only_what_was_counted_by_then_is_learnt(flight, trafficker):
    rotating.rotate(flight, "optimised", aim="clicks", by=trafficker, at=NOW)
    tallies = learnt(NOW + datetime.timedelta(days=7, hours=2))
    assert sorted(tallies[flight.pk].values(), key=lambda one: one.achieved) == [Tally(10_000, 40), Tally(10_000, 80)]


def test_more_of_it_than_impressions_is_no_more_than_all(flight, trafficker):
    Fact.objects.update(clicks=9_000)
    rotating.rotate(flight, "optimised", aim="clicks", by=trafficker, at=NOW)
    assert set(learnt(LATER)[flight.pk].values()) == {Tally(20_000, 20_000)}
