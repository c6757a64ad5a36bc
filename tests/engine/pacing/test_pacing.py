from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import pacing
from makegood.engine.money import Money
from makegood.engine.pacing import Bands, State

curves = st.lists(st.floats(0, 100), min_size=1, max_size=30).map(np.array)


@settings(max_examples=80)
@given(curves, st.floats(0, 30), st.floats(0, 30))
def test_expected_rises_from_nothing_to_the_goal(curve, one, other):
    early, late = sorted((one, other))
    assert pacing.expected(1000, curve, 0) == 0
    assert pacing.expected(1000, curve, len(curve)) == pytest.approx(1000)
    assert pacing.expected(1000, curve, early) <= pacing.expected(1000, curve, late) + 1e-9


def test_expected_follows_the_traffic_not_the_clock():
    weekday_heavy = np.array([3.0, 3.0, 1.0, 1.0])
    assert pacing.expected(800, weekday_heavy, 2) == 600
    assert pacing.expected(800, weekday_heavy, 2.5) == 650
    with pytest.raises(ValueError, match="negative or non-finite"):
        pacing.expected(1, np.array([1.0, np.nan]), 1)


def test_index_and_need():
    assert pacing.osi(90, 100) == 90
    assert pacing.osi(5, 0) is None
    assert pacing.needed_per_day(1000, 400, 6) == 100
    assert pacing.needed_per_day(1000, 1200, 0) == 0
    assert pacing.needed_per_day(1000, 400, 0) is None


def test_projection_carries_the_rate_over_the_shape_left():
    got = pacing.project(900, np.array([300.0, 300, 300]), np.ones(3), np.array([1.0, 1, 0.5]))
    assert got.finish == pytest.approx(1650)
    assert 900 <= got.lo90 < got.lo80 < got.finish < got.hi80 < got.hi90


def test_projection_stops_at_the_goal_and_never_loses_what_is_delivered():
    got = pacing.project(900, np.array([300.0, 0, 600]), np.ones(3), np.ones(4), stops_at=1000)
    assert got.hi90 == got.finish == 1000
    assert got.lo90 >= 900
    assert pacing.project(900, np.zeros(0), np.zeros(0), np.ones(4)).finish == 900


def test_interval_covers_about_eighty_in_a_hundred():
    rng, inside = np.random.default_rng(5), 0
    for _ in range(300):
        days = np.maximum(0, rng.normal(100, 20, 28))
        got = pacing.project(days[:14].sum(), days[:14], np.ones(14), np.ones(14))
        inside += got.lo80 <= days.sum() <= got.hi80
    assert 0.74 <= inside / 300 <= 0.86


def test_revenue_at_risk_is_the_missing_share_of_value():
    value = Money(Decimal(5000), "EUR")
    assert pacing.revenue_at_risk(1000, 900, value) == Money(Decimal("500.00"), "EUR")
    assert not pacing.revenue_at_risk(1000, 1100, value)


@pytest.mark.parametrize(
    ("delivered", "state"),
    [
        (9_600, State.ON_TRACK),
        (9_400, State.WATCH),
        (8_900, State.AT_RISK),
        (10_600, State.WATCH),
        (10_400, State.ON_TRACK),
    ],
)
def test_states_follow_the_bands(delivered, state):
    assert pacing.assess(goal=20_000, delivered=delivered, expected_now=10_000).state is state


def test_small_counts_are_not_judged_and_facts_block():
    early = pacing.assess(goal=20_000, delivered=0, expected_now=999)
    assert (early.state, early.index) == (State.ON_TRACK, None)
    assert pacing.assess(goal=20_000, delivered=0, expected_now=999, bands=Bands(minimum=100)).state is State.AT_RISK
    blocked = pacing.assess(goal=1, delivered=1, expected_now=9_999, blockers=["no approved creative"])
    assert (blocked.state, blocked.reason) == (State.BLOCKED, "no approved creative")


def test_a_sure_miss_is_at_risk_even_when_on_the_curve():
    falling = pacing.project(10_000, np.array([100.0, 101, 99]), np.ones(3), np.ones(10))
    got = pacing.assess(goal=20_000, delivered=10_000, expected_now=10_000, projection=falling)
    assert (got.state, got.reason) == (State.AT_RISK, "projected to end 45% short")
