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
    flight=st.just("F-1"),
    goal=st.integers(1, 10**6),
    value=st.decimals(0, 10**6, places=2).map(lambda amount: Money(amount, "USD")),
    delivered=arrays(0, 10**4),
    expected=arrays(0, 10**4),
    forecast=arrays(0, 10**4),
    traffic=arrays(0, 10**4),
    stopped=st.dictionaries(st.sampled_from(diagnosis.STOPPED), arrays(0, 1)),
    lost=st.dictionaries(st.sampled_from(diagnosis.LOST), arrays(0, 1)),
)


@settings(max_examples=120)
@given(facts)
def test_causes_add_up_to_the_gap_in_units_and_money(given_):
    got = diagnosis.diagnose(given_)
    assert got.gap == got.expected - got.delivered == sum(finding.units for finding in got.findings)
    worth = money.total((finding.money for finding in got.findings), "USD")
    assert worth == given_.value.rounded().times(Decimal(got.gap) / given_.goal).rounded()


@settings(max_examples=60)
@given(facts, st.randoms())
def test_the_order_causes_are_given_in_makes_no_difference(given_, random):
    def shuffled(causes):
        return dict(random.sample(list(causes.items()), len(causes)))

    other = FlightFacts(
        *(getattr(given_, name) for name in FlightFacts.__slots__[:-2]), shuffled(given_.stopped), shuffled(given_.lost)
    )
    one, two = (diagnosis.diagnose(each) for each in (given_, other))
    units = {finding.cause: finding.units for finding in two.findings}
    assert {f.cause: f.units for f in one.findings} == pytest.approx(units, abs=1)  # equal but for ties of rounding


def steady(**changes):
    given_ = {
        "flight": "F-1",
        "goal": 10_000,
        "value": Money(Decimal(100), "USD"),
        "delivered": np.full(10, 600.0),
        "expected": np.full(10, 1000.0),
        "forecast": np.full(10, 50_000.0),
        "traffic": np.full(10, 50_000.0),
    }
    return FlightFacts(**(given_ | changes))


FOUR_DAYS = np.array([1.0] * 4 + [0.0] * 6)


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        *(({"stopped": {cause: FOUR_DAYS}}, cause) for cause in diagnosis.STOPPED),
        *(({"lost": {cause: np.full(10, 0.4)}}, cause) for cause in diagnosis.LOST),
        ({"traffic": np.full(10, 30_000.0)}, Cause.TRAFFIC),
        ({}, Cause.PACING),
    ],
)
def test_a_single_planted_cause_is_found_alone(changes, cause):
    got = diagnosis.diagnose(steady(**changes))
    assert [(finding.cause, finding.units, str(finding.money)) for finding in got.findings] == [
        (cause, 4000, "USD 40.00")
    ]


def test_what_two_causes_take_together_is_split_evenly():
    given_ = steady(
        delivered=np.full(10, 250.0),
        traffic=np.full(10, 25_000.0),
        lost={Cause.INVALID_TRAFFIC: np.full(10, 0.5)},
    )
    got = diagnosis.diagnose(given_)
    assert {f.cause: f.units for f in got.findings} == {Cause.TRAFFIC: 3750, Cause.INVALID_TRAFFIC: 3750}


def test_nothing_wrong_nothing_found():
    assert diagnosis.diagnose(steady(delivered=np.full(10, 1000.0))).findings == ()


def test_gains_are_negative_and_say_so():
    got = diagnosis.diagnose(steady(traffic=np.full(10, 60_000.0)))
    assert [(finding.cause, finding.units) for finding in got.findings] == [
        (Cause.PACING, 6000),
        (Cause.TRAFFIC, -2000),
    ]
    assert got.findings[1].sentence == "met more matching traffic than forecast"


def test_bad_facts_are_named():
    with pytest.raises(diagnosis.DiagnosisInvalid, match="flight F-1: traffic: expected 10 finite numbers"):
        diagnosis.diagnose(steady(traffic=np.ones(3)))
    with pytest.raises(diagnosis.DiagnosisInvalid, match=r"flight F-1: paused: .* between 0 and 1"):
        diagnosis.diagnose(steady(stopped={Cause.PAUSED: np.full(10, 400.0)}))
    with pytest.raises(diagnosis.DiagnosisInvalid, match="flight F-1: traffic does not belong among"):
        diagnosis.diagnose(steady(lost={Cause.TRAFFIC: np.ones(10)}))
