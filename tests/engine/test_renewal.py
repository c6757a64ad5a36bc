"""The score of a renewal is the sum of what its reasons say."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from makegood.engine import renewal
from makegood.engine.renewal import Facts


def points(**facts):
    return {one.name: round(one.points, 1) for one in renewal.reasons(Facts(**facts))}


def test_each_fact_by_hand():
    assert points(delivered=1.0, pace=0.9, trend=-0.1, late=0.25, disputes=1, cases=2) == {
        "delivery": 25, "commitment": -8, "trend": -6, "late": -5, "disputes": -10, "cases": -10,
    }  # fmt: skip
    assert points(delivered=0.5, pace=3.0, disputes=9, cases=9) == {"delivery": -25, "commitment": 20, "disputes": -20, "cases": -15}
    assert points() == {} and renewal.score(()) == 50


def test_weights_are_data_and_a_fact_is_said():
    (one,) = renewal.reasons(Facts(disputes=1), renewal.WEIGHTS | {"disputes": 3})
    assert (one.points, one.said) == (-3, "1 disputed bill in a year")


shares = st.none() | st.floats(0, 2)


@given(shares, shares, st.none() | st.floats(-1, 3), st.none() | st.floats(0, 1), st.integers(0, 9), st.integers(0, 9))
def test_the_score_is_fifty_and_its_reasons_within_bounds(delivered, pace, trend, late, disputes, cases):
    found = renewal.reasons(Facts(delivered, pace, trend, late, disputes, cases))
    assert renewal.score(found) == round(min(100.0, max(0.0, 50 + sum(one.points for one in found))))
    assert all((one.points and abs(one.points) <= 25) or one.points == 0 for one in found)


def test_worse_never_scores_better():
    scores = [renewal.score(renewal.reasons(Facts(delivered=one))) for one in (0.8, 0.92, 0.95, 0.99, 1.0)]
    assert scores == sorted(scores) == pytest.approx([25, 35, 50, 70, 75], abs=1)
