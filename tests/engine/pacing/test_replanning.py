import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine import pacing
from makegood.engine.pacing import CountInvalid

counts = st.floats(0, 1e7)


@given(counts, counts)
def test_owed_is_what_is_missing_and_two_standard_deviations(goal, delivered):
    got = pacing.owed(np.array([goal]), np.array([delivered]))[0]
    missing = goal - delivered
    assert got == (0 if missing < 0.5 else pytest.approx(missing + 2 * missing**0.5))


@given(st.floats(1, 1e6), st.floats(0, 1), st.floats(0, 1))
def test_more_delivered_is_never_more_owed(goal, one, other):
    early, late = sorted((one, other))
    owed = pacing.owed(np.full(2, goal), goal * np.array([early, late]))
    assert owed[0] >= owed[1]


def test_levels_learn_from_counts_and_hold_to_the_forecast_without_them():
    levels = pacing.corrected(pacing.levels(3), np.array([0.0, 800.0, 8.0]), np.array([0.0, 1000.0, 10.0]))
    assert levels.value[0] == 1
    assert levels.value[1] == pytest.approx(0.805, abs=0.001)
    assert 0.9 < levels.value[2] < 1  # ten counts are little news against a prior of 20 %


def test_a_level_that_drifts_follows_the_latest_counts():
    still = moving = pacing.levels(1)
    for counted in (1000.0, 1000.0, 500.0):
        still = pacing.corrected(still, np.array([counted]), np.array([1000.0]))
        moving = pacing.corrected(moving, np.array([counted]), np.array([1000.0]), drift=0.01)
    assert still.value[0] == pytest.approx(5 / 6, abs=0.01)
    assert moving.value[0] < 0.6


def test_counts_that_are_none_are_refused_by_row():
    with pytest.raises(CountInvalid, match="row 1: goal nan"):
        pacing.owed(np.array([1.0, np.nan]), np.zeros(2))
    with pytest.raises(CountInvalid, match="row 0: delivered -1"):
        pacing.owed(np.ones(1), np.array([-1.0]))
    with pytest.raises(CountInvalid, match="row 2: counted inf"):
        pacing.corrected(pacing.levels(3), np.array([0, 0, np.inf]), np.ones(3))
