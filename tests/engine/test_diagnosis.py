from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import diagnosis, money
from makegood.engine.diagnosis import Cause, FlightFacts
from makegood.engine.money import Money

BUCKETS = 6


def arrays(low, high):
    return st.lists(st.floats(low, high), min_size=BUCKETS, max_size=BUCKETS).map(np.array)


facts = st.builds(
    FlightFacts,
    goal=st.integers(1, 10**6),
    value=st.decimals(0, 10**6, places=2).map(lambda amount: Money(amount, "USD")),
    delivered=st.integers(0, 10**5),
    expected=arrays(0, 10**4),
    forecast=arrays(0, 10**4),
    traffic=arrays(0, 10**4),
    stopped=st.dictionaries(st.sampled_from(diagnosis.STOPPED), arrays(0, 1)),
    lost=st.dictionaries(st.sampled_from(diagnosis.LOST), arrays(0, 10**3)),
)


@settings(max_examples=120, deadline=None)
@given(facts)
def test_causes_add_up_to_the_gap_in_units_and_money(given_):
    got = diagnosis.diagnose(given_)
    assert got.gap == got.expected - got.delivered == sum(finding.units for finding in got.findings)
    worth = money.total((finding.money for finding in got.findings), "USD")
    assert worth == given_.value.rounded().times(Decimal(got.gap) / given_.goal).rounded()


def steady(**changes):
    given_ = {
        "goal": 10_000,
        "value": Money(Decimal(100), "USD"),
        "delivered": 6_000,
        "expected": np.full(10, 1000.0),
        "forecast": np.full(10, 50_000.0),
        "traffic": np.full(10, 50_000.0),
    }
    return FlightFacts(**(given_ | changes))


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"stopped": {Cause.LATE_START: np.array([1.0] * 4 + [0.0] * 6)}}, Cause.LATE_START),
        ({"stopped": {Cause.NO_CREATIVE: np.array([1.0] * 4 + [0.0] * 6)}}, Cause.NO_CREATIVE),
        ({"traffic": np.full(10, 30_000.0)}, Cause.TRAFFIC),
        ({"lost": {Cause.CONTENTION: np.full(10, 400.0)}}, Cause.CONTENTION),
        ({"lost": {Cause.INVALID_TRAFFIC: np.full(10, 400.0)}}, Cause.INVALID_TRAFFIC),
        ({}, Cause.PACING),
    ],
)
def test_a_single_planted_cause_is_found_alone(changes, cause):
    got = diagnosis.diagnose(steady(**changes))
    assert [(finding.cause, finding.units, str(finding.money)) for finding in got.findings] == [
        (cause, 4000, "USD 40.00")
    ]


def test_gains_are_negative_and_say_so():
    got = diagnosis.diagnose(steady(traffic=np.full(10, 60_000.0)))
    assert [(finding.cause, finding.units) for finding in got.findings] == [
        (Cause.PACING, 6000),
        (Cause.TRAFFIC, -2000),
    ]
    assert got.findings[1].sentence == "met more matching traffic than forecast"


def test_bad_facts_are_named():
    with pytest.raises(ValueError, match="traffic: expected 10 finite numbers"):
        diagnosis.diagnose(steady(traffic=np.ones(3)))
    with pytest.raises(ValueError, match="traffic does not belong among"):
        diagnosis.diagnose(steady(lost={Cause.TRAFFIC: np.ones(10)}))
