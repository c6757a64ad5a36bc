"""At each publication a flight behind its course is planned for more, one ahead for less, one that has its goal for nothing."""

import datetime

import pytest

from makegood.delivery import correcting
from makegood.trafficking.actions import qa
from makegood.trafficking.models import Assignment, Publication
from makegood.trafficking.plan import writing
from makegood.workflows import publishing
from tests.factories import accounts
from tests.factories import pacing as make

NOW = accounts.NOW + datetime.timedelta(minutes=1)  # the counts of the hour that began at NOW are in
ON_COURSE = {make.SEEN: 7_000}  # 21.4 days of 28 and the hundredth by which a flight is to be ahead


@pytest.fixture
def line(reviewer):
    made = make.line()
    make.set_up(made, reviewer)
    return made


def asked(at=NOW):
    return correcting.asked(correcting.counts(at), at)


def of(line):
    flight = line.flights.get()
    return asked()[flight.pk] / (flight.goal - correcting.counts(NOW).get(flight.pk, (0, 0))[0])


def test_on_its_course_a_flight_is_planned_for_what_is_missing(line):
    make.delivered(line, ON_COURSE)
    assert of(line) == pytest.approx(1.04, abs=0.02)


@pytest.mark.parametrize(("daily", "low", "high"), [(9_700, 1.1, 1.5), (10_700, 0.5, 0.85)])
def test_behind_it_is_planned_for_more_and_ahead_for_less(line, daily, low, high):
    make.delivered(line, {**dict.fromkeys(range(make.SEEN), daily), make.SEEN: 7_000})
    assert low < of(line) < high


def test_far_behind_it_is_limited_to_what_the_days_left_can_be_asked(line):
    make.delivered(line, dict.fromkeys(range(15), 0))
    assert of(line) == pytest.approx(1.0, abs=0.02)  # 3.5 × even on each day left already


def test_what_was_served_and_did_not_count_is_served_on_top(line):
    make.delivered(line, ON_COURSE)
    whole = of(line)
    line.flights.get().facts.update(served=12_500)
    assert of(line) == pytest.approx(whole / 0.8, rel=0.02)


def test_one_that_has_not_begun_or_is_over_is_not_corrected(line):
    assert asked(make.moment(-1)) == {}
    assert asked(make.moment(28)) == {}


def theta():
    return writing.current().flights[0].theta


def test_the_published_chance_follows(line, trafficker, campaign_manager):
    Assignment.objects.update(by=trafficker)
    qa.run(line.order, by=campaign_manager, at=NOW)
    make.delivered(line, ON_COURSE)
    publishing.publish(by=trafficker, at=NOW, why="on its course")
    usual = theta()
    line.flights.get().facts.filter(hour__date__gte=make.day(16)).update(net=8_000, gross=8_000, served=8_000)
    publishing.correct(at=NOW + datetime.timedelta(minutes=1))
    assert theta() > usual * 1.2
    line.flights.get().facts.update(net=10_900, gross=10_900, served=10_900)
    publishing.correct(at=NOW + datetime.timedelta(minutes=2))
    assert theta() < usual * 0.7
    assert Publication.objects.latest("version").why == "Corrected by what was delivered"


def test_a_flight_of_a_lower_tier_is_throttled_when_ahead(reviewer, trafficker, campaign_manager):
    line = make.line(priority="non_guaranteed")
    make.set_up(line, reviewer)
    qa.run(line.order, by=campaign_manager, at=NOW)
    make.delivered(line, {**dict.fromkeys(range(make.SEEN), 10_700), make.SEEN: 7_000})
    publishing.publish(by=trafficker, at=NOW, why="ahead")
    assert 0.5 < writing.current().flights[0].throttle < 0.85


def test_nothing_is_corrected_before_anything_was_published(line):
    assert publishing.correct(at=NOW) is None
    assert Publication.objects.count() == 0


def test_queries_do_not_grow_with_flights(line, reviewer, django_assert_num_queries):
    with django_assert_num_queries(3):
        asked()
    for client in ("Rival Oats", "Third Oats"):
        make.set_up(make.line(client=client, campaign=client), reviewer)
    with django_assert_num_queries(3):
        assert len(asked()) == 3
