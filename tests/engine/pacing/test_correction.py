"""How much a flight is planned for: on course what is missing, behind more within limits, ahead less, done nothing."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine import pacing
from makegood.engine.pacing import CourseInvalid, Standings

GOAL, DAYS = 100_000.0, 30.0


def standings(delivered, *, passed=10.0, horizon=3.0, goal=GOAL, counts=1.0):
    net = np.atleast_1d(np.asarray(delivered, float))
    full = np.ones(len(net))
    return Standings(goal * full, net, net / counts, passed * full, min(passed + horizon, DAYS) * full, DAYS * full)


def asked(delivered, **more):
    catch_up = more.pop("catch_up", 2.0)
    return pacing.asked(standings(delivered, **more), catch_up=catch_up, ahead=0.0)


def margin(delivered):
    return 2 * (GOAL - delivered) ** 0.5


def test_on_course_it_is_what_is_missing_with_the_margin_of_its_draws():
    assert asked(GOAL / 3)[0] == pytest.approx(GOAL * 2 / 3 + margin(GOAL / 3))


def test_behind_by_a_day_and_ahead_by_a_day_the_difference_is_made_up_within_the_horizon():
    daily = GOAL / DAYS
    behind, ahead = asked([9 * daily, 11 * daily])
    assert behind == pytest.approx(20 * daily * (4 / 3) + margin(9 * daily))
    assert ahead == pytest.approx(20 * daily * (2 / 3) + margin(11 * daily))


def test_catching_up_is_limited_but_never_below_what_the_goal_needs():
    daily = GOAL / DAYS
    assert asked(0.0)[0] == pytest.approx(20 * daily * 2 + margin(0))
    assert asked(0.0, catch_up=1.2)[0] == pytest.approx(GOAL + margin(0))  # 1.5 × even on every day left
    assert asked(0.0, passed=29.0)[0] == pytest.approx(GOAL + margin(0))


@given(st.floats(0, 29), st.floats(0, 1.2), st.floats(0, 1.2))
def test_the_more_was_delivered_the_less_is_asked(passed, one, other):
    early, late = sorted((one, other))
    more, less = asked(GOAL * np.array([early, late]), passed=passed)
    assert more >= less * (1 - 1e-9) >= 0


@given(st.floats(0.01, 29), st.floats(0, 0.999))
def test_never_more_than_twice_even_or_what_is_missing(passed, share):
    got = asked(GOAL * share, passed=passed)[0]
    assert got <= (max(2 * GOAL / DAYS * (DAYS - passed), GOAL * (1 - share)) + margin(GOAL * share)) * (1 + 1e-9)


def test_one_that_has_its_goal_is_asked_nothing():
    assert asked([GOAL, GOAL * 1.1]).tolist() == [0, 0]


def test_what_is_served_but_does_not_count_is_served_on_top():
    full, lossy = asked(GOAL / 3)[0], asked(GOAL / 3, counts=0.8)[0]
    assert lossy == pytest.approx(full / 0.8, rel=0.001)


def test_a_course_that_does_not_rise_is_refused_by_name():
    wrong = standings([0.0, 0.0], passed=30.0)
    with pytest.raises(CourseInvalid, match="flight spring: the requests expected"):
        pacing.asked(wrong, flights=["spring", "winter"])
    with pytest.raises(CourseInvalid, match="flight 0: its goal"):
        pacing.asked(standings(0.0, goal=0.0))
