"""The curves: concave, never above what they count, and what their closed forms say by summing and by drawing."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine import reach
from makegood.engine.planner import Audience, contacts_for, curves

AUDIENCES = st.builds(
    Audience, st.just("a"), st.just(10_000.0), st.floats(1, 60), again=st.floats(0, 1), frequency=st.integers(1, 4)
)


@given(AUDIENCES, st.floats(0, 9_000), st.floats(1, 1_000))
def test_worth_is_concave_and_no_more_than_the_contacts(audience, contacts, more):
    here, there = curves.effective(audience, contacts), curves.effective(audience, contacts + more)
    assert 0 <= here <= contacts * (1 + 1e-9)
    assert there <= here + curves.slope(audience, contacts) * more + 1e-6 and there >= here - 1e-9


def test_contacts_weighed_by_how_often_they_meet_the_same_people():
    """Summed over people drawn from the geometric the engine uses everywhere."""
    rng, mean, part, again = np.random.default_rng(3), 8.0, 0.3, 0.6
    people = rng.binomial(rng.geometric(1 / mean, 400_000), part)
    requests, served = 400_000 * mean, float(people.sum())
    audience = Audience("a", requests, mean, again=again)
    assert curves.effective(audience, served) == pytest.approx(((1 - again**people) / (1 - again)).sum(), rel=0.01)
    assert curves.reach(audience, served) == pytest.approx(np.count_nonzero(people), rel=0.01)
    often = Audience("a", requests, mean, frequency=3)
    assert curves.effective(often, served) >= np.count_nonzero(people >= 3) * 0.99


def test_reach_is_the_engines_reach():
    audience = Audience("a", 10_000.0, 7.0, again=0.0)
    assert curves.effective(audience, 3_000) == pytest.approx(reach.reached(3_000, 10_000, 7.0))
    often = contacts_for(audience, 2.5)
    assert often / curves.reach(audience, often) == pytest.approx(2.5)


@given(st.floats(1, 2_000), st.floats(1, 300))
def test_a_promise_delivers_the_mean_of_what_is_there_and_asked(units, spread):
    available = 1_000.0
    grid = available + spread * np.linspace(-8, 8, 40_001)
    weight = np.exp(-((grid - available) ** 2) / (2 * spread**2))
    weight /= weight.sum()
    least = np.minimum(units, grid)
    assert curves.delivered(units, available, spread) == pytest.approx(float((least * weight).sum()), rel=1e-3, abs=0.5)
    assert math.sqrt(curves.delivered_variance(units, available, spread)) == pytest.approx(
        math.sqrt(float(((least - (least * weight).sum()) ** 2 * weight).sum())), rel=2e-2, abs=0.6
    )
