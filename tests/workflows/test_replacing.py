"""A new version on twelve flights at once: previewed with what changes when, chosen ones replaced all or none."""

import datetime

import pytest

from makegood.core.errors import Refused
from makegood.creatives.actions import reviewing
from makegood.trafficking.actions import assigning
from makegood.trafficking.models import Assignment
from makegood.trafficking.queries import replacing
from makegood.workflows import creative_life
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW

TWELVE = 12


@pytest.fixture
def flights(db, campaign_manager):
    account = make.advertiser()
    product = trafficking.product()
    return [trafficking.flight(trafficking.order(account, campaign_manager, product, goal=1000, name=f"Campaign {n}")) for n in range(TWELVE)]


@pytest.fixture
def old(flights, reviewer, trafficker):
    version = make.approved(flights[0].line.order.advertiser, reviewer)
    for n, flight in enumerate(flights):
        assigning.assign(flight, version, by=trafficker, at=NOW, weight=n + 1)
    return version


def newer(old, reviewer, **more):
    return make.approved(old.creative.advertiser, reviewer, creative=old.creative, seed=7, **more)


def test_the_preview_changes_nothing_and_says_what_will(old, flights, reviewer, django_assert_max_num_queries):
    new = newer(old, reviewer)
    with django_assert_max_num_queries(12):
        found = replacing.changes(new, at=NOW)
    assert (len(found), {one.refusal for one in found}, {one.assignment.version_id for one in found}) == (TWELVE, {""}, {old.pk})
    assert "from 25 Nov" in found[0].when
    assert set(Assignment.objects.values_list("version", flat=True)) == {old.pk}


def test_all_twelve_at_once_with_their_weights(old, flights, reviewer, trafficker):
    new = newer(old, reviewer)
    creative_life.succeed(new, by=trafficker, at=NOW, flights=[flight.pk for flight in flights])
    active = Assignment.objects.filter(status="active")
    assert sorted(active.values_list("version", "weight")) == [(new.pk, n + 1) for n in range(TWELVE)]
    assert replacing.changes(new, at=NOW) == []


def test_only_the_chosen_ones(old, flights, reviewer, trafficker):
    new = newer(old, reviewer)
    creative_life.succeed(new, by=trafficker, at=NOW, flights=[flights[3].pk])
    assert [row.flight_id for row in Assignment.objects.filter(version=new)] == [flights[3].pk]


def test_one_refusal_and_none_is_replaced(old, flights, reviewer, lead, trafficker):
    new = make.received(old.creative.advertiser, creative=old.creative, seed=7)
    day = datetime.timedelta(days=30)
    reviewing.decide(new, "exception", by=lead, at=NOW, reason="one market", expires_on=NOW.date() + day, markets=["US"])
    flights[5].line.targeting = {"geo": ["US-NY"]}
    flights[5].line.save()
    found = replacing.changes(new, at=NOW)
    assert [one.assignment.flight_id for one in found if not one.refusal] == [flights[5].pk]
    with pytest.raises(Refused, match="holds in US only"):
        creative_life.succeed(new, by=trafficker, at=NOW, flights=[flights[4].pk, flights[5].pk])
    assert not Assignment.objects.filter(version=new).exists()
    assert len(creative_life.succeed(new, by=trafficker, at=NOW, flights=[flights[5].pk])) == 1
