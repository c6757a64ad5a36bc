"""The compiled decision is the decision: same chances as the rule written out, same answers for the same draws."""

import datetime as dt

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import decision, targeting
from makegood.engine.decision import shares
from makegood.engine.targeting import Request
from tests.engine.decision.plans import flight, plan_of
from tests.engine.decision.test_decider import AT, flights
from tests.engine.requests import requests, targetings


def written_out(booked):
    """SHALE's rule and the tiers in plain Python, one line for one line of the paper."""
    chances, left = [0.0] * len(booked), 1.0
    for tier in shares.TIERS:
        members = [n for n, one in enumerate(booked) if one.priority == tier]
        if tier == "guaranteed":
            dual = root([booked[n] for n in members])
            taken = [max(0.0, booked[n].theta * (1 + (booked[n].alpha - dual) / booked[n].weight)) * booked[n].throttle for n in members]
        elif tier == "sponsorship":
            sold = [1.0 if booked[n].share is None else booked[n].share for n in members]
            taken = [share / max(1.0, sum(sold)) for share in sold]
        else:
            whole = sum(booked[n].weight for n in members)
            taken = [booked[n].weight / whole * booked[n].throttle for n in members]
        for n, chance in zip(members, taken, strict=True):
            chances[n] = left * chance
        left *= max(0.0, 1 - sum(taken))
    return chances


def root(booked):
    """The dual by bisection: where the positive parts sum to 1, 0 when they never do."""
    low, high = 0.0, 1.0

    def taken(dual):
        return sum(max(0.0, one.theta * (1 + (one.alpha - dual) / one.weight)) for one in booked)

    if taken(0.0) <= 1:
        return 0.0
    while taken(high) > 1:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if taken(middle) > 1 else (low, middle)
    return high


@settings(max_examples=200, deadline=None)
@given(st.lists(flights, max_size=20))
def test_chances_are_the_rule_written_out(booked):
    np.testing.assert_allclose(shares.shares(booked), written_out(booked), atol=1e-7)


def test_the_comparison_would_see_another_rule():
    booked = [flight(1, theta=0.9, alpha=1.0), flight(2, theta=0.8, alpha=2.0)]
    wrong = [flight(1, theta=0.9, alpha=1.1), booked[1]]
    assert not np.allclose(shares.shares(wrong), written_out(booked), atol=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(flights, targetings()), min_size=1, max_size=40),
    st.lists(requests(), min_size=1, max_size=5),
    st.integers(0, 2**32 - 1),
)
def test_in_bulk_each_draw_has_the_answer_it_has_alone(booked, asked, seed):
    wanted = [
        flight(n, one.priority, theta=one.theta, alpha=one.alpha, weight=one.weight, throttle=one.throttle, share=one.share,
               targeting=targeting.to_json(to))
        for n, (one, to) in enumerate(booked, 1)
    ]  # fmt: skip
    decider, rng = decision.Decider(plan_of(*wanted)), np.random.default_rng(seed)
    here = [msgspec.structs.replace(request, placement=1) for request in asked]
    cells, us = rng.integers(0, len(here), 200), rng.random(200)
    got = decision.Cells(decider, 1, here, at=AT).decide(cells, us)
    alone = [decider.decide(here[cell], at=AT, u=u) for cell, u in zip(cells.tolist(), us.tolist(), strict=True)]
    assert got.tolist() == [answer.flight_id if answer else 0 for answer in alone]
    assert [decision.decide_page(decider, [here[cell]], at=AT, us=[u])[0] for cell, u in zip(cells, us, strict=True)] == alone


def test_requests_that_are_alike_share_an_answer_only_while_it_holds():
    week = dt.timedelta(days=7)
    ends = (AT + week).isoformat()
    decider = decision.Decider(
        plan_of(flight(1, theta=1.0, targeting={"geo": ["US"]}, ends_at=ends), flight(2, "house", targeting={"audience": ["a"]}))
    )
    us, known = Request(1, geo="US-CA"), Request(1, geo="GB", audiences=frozenset("a"))

    def asked(request, at):
        answer = decider.decide(request, at=at, u=0.5)
        return answer and answer.flight_id

    for _ in range(2):  # there and back: a clock may be set back
        assert [asked(us, AT), asked(known, AT), asked(Request(1), AT)] == [1, 2, None]
        assert [asked(us, AT + week), asked(known, AT + week), asked(us, AT + week - dt.timedelta(seconds=1))] == [None, 2, 1]
