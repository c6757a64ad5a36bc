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


def covered(correlation, passed, flights=300, days=28):
    """Share of flights whose finish lies in the 80 % interval made after `passed` days; rates vary by 15 % about their level."""
    rng, inside = np.random.default_rng([5, passed]), 0
    for _ in range(flights):
        off = np.zeros(days)
        for day, shock in enumerate(rng.normal(0, 0.15 * (1 - correlation**2) ** 0.5, days)):
            off[day] = correlation * off[day - 1] + shock
        rates = 100 * np.exp(off)
        got = pacing.project(rates[:passed].sum(), rates[:passed], np.ones(passed), np.ones(days - passed))
        inside += got.lo80 <= rates.sum() <= got.hi80
    return inside / flights


def test_the_interval_covers_eighty_in_a_hundred_when_days_are_alike_and_is_not_too_narrow_when_they_are_not():
    assert 0.75 <= np.mean([covered(0.7, passed) for passed in (7, 14, 21)]) <= 0.85
    assert np.mean([covered(0.0, passed) for passed in (7, 14, 21)]) >= 0.8


def test_the_interval_narrows_with_days_seen():
    rates = np.array([100.0, 104, 97, 101, 99, 103, 98, 100, 102, 99, 101, 100, 97, 103])
    widths = [np.ptp([p.lo80, p.hi80]) for n in (1, 3, 7, 14) if (p := pacing.project(0, rates[:n], np.ones(n), np.ones(14)))]
    assert widths == sorted(widths, reverse=True)


def test_a_day_alike_its_neighbours_says_more_of_tomorrow_than_one_of_weeks_ago():
    falling = np.array([120.0, 118, 119, 121, 120, 118, 100, 99, 101, 100, 98, 99])
    got = pacing.project(0, falling, np.ones(12), np.ones(7))
    assert got.finish < 7 * falling.mean() * 0.97


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
