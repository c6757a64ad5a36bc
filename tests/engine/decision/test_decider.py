import datetime as dt
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import decision, plan, targeting
from makegood.engine.decision import shares
from makegood.engine.plan import FrequencyCap, PlanRotation
from makegood.engine.targeting import Request
from tests.engine.decision.plans import flight, plan_of
from tests.engine.requests import requests, targetings

AT = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
flights = st.builds(
    lambda number, tier, theta, alpha, weight, throttle, share: flight(
        number, tier, theta=theta, alpha=alpha, weight=weight, throttle=throttle, share=share
    ),
    number=st.integers(1, 10**6),
    tier=st.sampled_from(shares.TIERS),
    theta=st.floats(0, 1),
    alpha=st.floats(0, 20),
    weight=st.floats(0.1, 10),
    throttle=st.floats(0, 1),
    share=st.none() | st.floats(0.01, 1),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(flights, min_size=1, max_size=25))
def test_chances_are_a_distribution(booked):
    chances = shares.shares(booked)
    assert all(0 <= chance <= 1 + 1e-9 for chance in chances)
    assert sum(chances) <= 1 + 1e-9


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 20), st.floats(0.1, 10)), min_size=1, max_size=30))
def test_beta_fills_the_request_exactly_or_is_zero(duals):
    booked = [flight(n, theta=t, alpha=a, weight=v) for n, (t, a, v) in enumerate(duals)]
    taken = sum(shares.shares(booked))
    assert shares.beta(booked) >= 0
    assert taken == pytest.approx(1, abs=1e-9) if shares.beta(booked) > 0 else taken <= 1 + 1e-9


@settings(max_examples=60, deadline=None)
@given(st.lists(targetings(), min_size=1, max_size=8), requests(), st.floats(0, 1, exclude_max=True))
def test_only_matching_flights_serve_and_explain_agrees(wanted, request, u):
    booked = [
        flight(n, theta=0.3, targeting=targeting.to_json(one), placement_ids=(1, 2)) for n, one in enumerate(wanted, 1)
    ]
    decider = decision.Decider(plan_of(*booked))
    meant = (
        {n for n, one in enumerate(wanted, 1) if targeting.matches(one, request)} if request.placement == 1 else set()
    )
    answer = decider.decide(request, at=AT, u=u)
    assert answer is None or answer.flight_id in meant
    assert {c.flight_id for c in decider.explain(request, at=AT) if c.chance} == meant
    assert decider.decide(request, at=AT, u=u) == answer


def test_tiers_divide_what_the_tier_above_leaves():
    booked = [
        flight(1, "sponsorship", share=0.4),
        flight(2, theta=0.5),
        flight(3, "non_guaranteed", weight=3.0),
        flight(4, "non_guaranteed", weight=1.0, throttle=0.5),
        flight(5, "house"),
    ]
    assert shares.shares(booked) == pytest.approx([0.4, 0.3, 0.225, 0.0375, 0.0375])


def test_an_exclusive_sponsorship_leaves_nothing():
    chances = shares.shares([flight(1, "sponsorship", share=1.0), flight(2, theta=0.9), flight(3, "house")])
    assert chances == [1.0, 0.0, 0.0]


def test_draws_follow_the_chances():
    decider = decision.Decider(plan_of(flight(1, theta=0.25), flight(2, theta=0.5), flight(3, "house")))
    drawn = Counter(decider.decide(Request(1), at=AT, u=(n + 0.5) / 400).flight_id for n in range(400))
    assert drawn == {1: 100, 2: 200, 3: 100}


@pytest.mark.parametrize(
    ("fields", "caps", "reason"),
    [
        ({"targeting": {"device": ["ctv"]}}, {}, "targeting does not match"),
        ({"ends_at": "2026-01-15T00:00:00+00:00"}, {}, "outside its dates"),
        ({"frequency_cap": FrequencyCap(2, 3600)}, {1: 2}, "frequency cap reached"),
        ({"creatives": (PlanRotation(9),)}, {}, "no creative fits the placement"),
        ({"throttle": 0.0}, {}, "its share is zero here: higher tiers or its pacing leave nothing"),
    ],
)
def test_why_not(fields, caps, reason):
    decider = decision.Decider(plan_of(flight(1, **({"theta": 0.9} | fields))))
    assert decider.decide(Request(1, device="mobile"), at=AT, u=0.0, caps=caps) is None
    assert [c.reason for c in decider.explain(Request(1, device="mobile"), at=AT, caps=caps)] == [reason]


def test_flight_dates_include_the_start_and_exclude_the_end():
    decider = decision.Decider(plan_of(flight(1, theta=1.0)))
    start, end = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    second = dt.timedelta(seconds=1)
    served = [decider.decide(Request(1), at=at, u=0.1) is not None for at in (start - second, start, end - second, end)]
    assert served == [False, True, True, False]


def test_unknown_placement_is_unfilled():
    assert decision.Decider(plan_of(flight(1, theta=1.0))).decide(Request(77), at=AT, u=0.0) is None


def test_rotation_within_the_flight():
    two = (PlanRotation(1, 3.0), PlanRotation(2, 1.0))
    decider = decision.Decider(plan_of(flight(1, theta=1.0, creatives=two, rotation="weighted")))
    drawn = Counter(decider.decide(Request(1), at=AT, u=(n + 0.5) / 100).creative_id for n in range(100))
    assert drawn == {1: 75, 2: 25}
    decider = decision.Decider(plan_of(flight(1, theta=1.0, creatives=two, rotation="sequential")))
    assert [decider.decide(Request(1), at=AT, u=0.3, caps={1: seen}).creative_id for seen in (0, 1, 2)] == [1, 2, 1]


def test_volume_draws_the_same_chances():
    decider = decision.Decider(
        plan_of(flight(1, theta=0.25, creatives=(PlanRotation(1), PlanRotation(2))), flight(2, theta=0.5))
    )
    served = decision.serve(decider, Request(1), 100_000, at=AT, rng=np.random.default_rng(7))
    got = {(one.flight_id, one.creative_id): one.count for one in served}
    assert got.keys() == {(1, 1), (1, 2), (2, 1)}
    assert got[2, 1] == pytest.approx(50_000, rel=0.02)
    assert got[1, 1] == pytest.approx(12_500, rel=0.05)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"theta": float("nan")}, "flight 1: theta nan"),
        ({"theta": 0.5, "weight": 0.0}, "flight 1: weight 0 with a theta above 0"),
        ({"share": 1.5}, r"flight 1: share 1.5 is outside \(0, 1\]"),
        ({"targeting": {"colour": ["red"]}}, "flight 1: targeting: colour: unknown dimension"),
        ({"creatives": (PlanRotation(1, -1.0),)}, "flight 1: creative 1 has weight -1.0"),
    ],
)
def test_a_plan_that_cannot_be_decided_names_the_flight(fields, message):
    with pytest.raises(plan.PlanInvalid, match=message):
        decision.Decider(plan_of(flight(1, **fields)))
