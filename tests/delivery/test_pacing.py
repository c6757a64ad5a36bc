"""Planted situations are found: the planted cause ranks first, and causes add up to projected − goal, to the unit."""

import datetime
from decimal import Decimal

import pytest

from makegood.catalog.models import Placement, SupplyDay
from makegood.core.errors import NotAllowed, Refused
from makegood.delivery.actions import recommending
from makegood.delivery.models import Pace, Recommendation
from makegood.delivery.queries import pacing as queries
from makegood.orders.actions import running
from tests import personas
from tests.factories import catalog, delivery, orders
from tests.factories import pacing as make
from tests.factories.accounts import NOW


@pytest.fixture
def line(db):
    return make.line()


def standing(line):
    pace, = make.computed(line)
    assert sum(cause["units"] for cause in pace.causes) == pace.projected - pace.goal
    return pace


def worst(pace):
    return min((cause for cause in pace.causes if cause["key"] != "to_come"), key=lambda cause: cause["units"])["key"]


def test_on_its_promise(line, reviewer):
    make.set_up(line, reviewer)
    make.delivered(line, {make.SEEN: 4_167})  # ten of today's 24 hours
    pace = standing(line)
    assert (pace.state, pace.finding, pace.delivered, pace.yesterday) == ("ok", "Ends on its promise", 214_167, 10_000)
    assert abs(pace.projected - 280_000) < 100
    assert pace.at_risk == (Decimal(280_000 - pace.projected) * 12 / 1000).quantize(Decimal("0.01"))


def test_late_creative(line, reviewer):
    make.set_up(line, reviewer, at=make.moment(7, 5))  # midnight in New York
    make.delivered(line, dict.fromkeys(range(7), 0))
    pace = standing(line)
    assert (pace.state, worst(pace)) == ("risk", "no_creative")
    assert min(cause["units"] for cause in pace.causes) == -70_000
    assert pace.finding.endswith("short: no approved creative")


def test_traffic_drop(line, reviewer):
    make.set_up(line, reviewer)
    make.fewer_requests(line, 10, 50_000)
    make.delivered(line, dict.fromkeys(range(10, 21), 5000))
    pace = standing(line)
    assert (pace.state, worst(pace)) == ("risk", "traffic")


def test_the_placement_whose_traffic_fell_is_named(db, reviewer):
    places = tuple(catalog.placement(f"mpu-{name}", requests=100_000) for name in ("home", "sport", "food"))
    line = make.line(product=catalog.run_of_site(places=places))
    make.set_up(line, reviewer)
    SupplyDay.objects.filter(placement=places[1], day__gte=make.day(5)).update(requests=20_000)
    make.delivered(line, dict.fromkeys(range(5, 21), 7_300))
    pace = standing(line)
    assert worst(pace) == "traffic" and pace.finding.endswith(f"short: traffic below forecast on {places[1].name}")
    SupplyDay.objects.filter(placement__in=places, day__gte=make.day(5)).update(requests=70_000)
    pace = standing(line)
    assert worst(pace) == "traffic" and pace.finding.endswith("short: traffic below forecast")


def test_invalid_traffic(line, reviewer):
    make.set_up(line, reviewer)
    make.delivered(line, dict.fromkeys(range(21), 7500), filtered={"known_bot": 2_000, "data_centre": 500})
    pace = standing(line)
    assert (pace.state, worst(pace)) == ("risk", "invalid_traffic")
    assert {cause["key"]: cause["units"] for cause in pace.causes}["invalid_traffic"] == -52_500


def test_takeover_on_the_same_placement(line, reviewer):
    make.set_up(line, reviewer)
    make.delivered(line, dict.fromkeys((8, 9, 10, 11), 0))
    flight = delivery.flight(line)
    product = catalog.run_of_site(places=tuple(Placement.objects.filter(pk__in=flight.placement_ids)))
    other = make.line("Takeover", "Meridian Rail", product=product, priority="sponsorship", quantity=400_000)
    delivery.count(other, {make.day(n): 100_000 for n in (8, 9, 10, 11)})
    pace = standing(line)
    assert (pace.state, worst(pace)) == ("risk", "contention")


def test_paused(line, reviewer):
    make.set_up(line, reviewer)
    flight = delivery.flight(line)
    running.pause(flight, by=None, at=make.moment(6, 5), why="The client asked.")
    running.resume(flight, by=None, at=make.moment(10, 5))
    make.delivered(line, dict.fromkeys(range(6, 10), 0))
    pace = standing(line)
    assert (pace.state, worst(pace)) == ("risk", "paused")
    assert {cause["key"]: cause["units"] for cause in pace.causes}["paused"] == -40_000


def test_without_a_creative_it_is_blocked(line):
    pace = standing(line)
    assert (pace.state, pace.finding) == ("blocked", "No approved creative is set up")
    assert pace.at_risk == line.amount


def test_before_it_starts_nothing_is_at_risk(line, reviewer):
    make.set_up(line, reviewer)
    pace, = make.computed(line, at=make.moment(-1))
    assert (pace.state, pace.projected, pace.at_risk, pace.causes) == ("ok", 280_000, Decimal(0), [])


def test_standings_are_replaced_not_added(line, reviewer):
    make.set_up(line, reviewer)
    make.computed(line)
    make.delivered(line)
    make.computed(line, at=NOW + datetime.timedelta(hours=1))
    assert list(Pace.objects.values_list("delivered", "as_of")) == [(210_000, NOW + datetime.timedelta(hours=1))]


@pytest.fixture
def short(line, reviewer):
    """Short by half, with another placement of the same size on the property."""
    catalog.placement("news-mpu-2", requests=100_000)
    make.set_up(line, reviewer)
    make.delivered(line, dict.fromkeys(range(21), 5000))
    make.computed(line)
    return line


def test_what_is_recommended_is_bounded_and_applied(short, campaign_manager):
    view = queries.pace_view(campaign_manager, short.pk, at=NOW)
    missing = view.pace.goal - view.pace.projected
    assert [(one.kind, one.predicted <= missing, one.predicted_low <= one.predicted <= one.predicted_high) for one in view.recommendations] == [
        ("extend", True, True), ("add_placement", True, True),
    ]  # fmt: skip
    assert view.together == min(missing, sum(one.predicted for one in view.recommendations if one.kind == "add_placement"))
    longer, wider = view.recommendations
    recommending.apply(wider, by=campaign_manager, at=NOW)
    assert delivery.flight(short).placement_ids[1:] == [wider.change["placement_id"]]
    with pytest.raises(Refused, match="changes what was sold"):
        recommending.apply(longer, by=campaign_manager, at=NOW)


def test_who_may_apply(short, finance):
    with pytest.raises(NotAllowed):
        recommending.apply(Recommendation.objects.filter(kind="add_placement").get(), by=finance, at=NOW)


def test_the_curve_agrees_with_the_figures(short, campaign_manager):
    view = queries.pace_view(campaign_manager, short.pk, at=NOW)
    assert (view.curve.expected[-1], view.curve.delivered[-1], len(view.curve.days)) == (280_000, view.pace.delivered, 28)


def test_rivals_see_no_pacing_of_others(short, db):
    other = orders.accounts.advertiser("Harrow Mutual")
    assert not queries.pace_list(personas.client_of(other.party, "Rhea Rival")).exists()
    assert queries.pace_list(personas.client_of(short.order.advertiser.party, "Lena Ortiz")).count() == 1
