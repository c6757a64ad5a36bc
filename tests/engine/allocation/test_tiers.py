"""Tiers, caps and days: who is served before whom, what a cap leaves, and when deliveries fall."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import allocation, eligibility, outlook, reach, supply, targeting
from makegood.engine.allocation import Contract
from makegood.engine.decision import shares
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.plan import FrequencyCap
from makegood.engine.targeting import Request
from tests.engine.decision.plans import flight

MONDAY = dt.date(2026, 1, 5)
WEEK = Period(MONDAY, MONDAY + dt.timedelta(days=6))
SPORT, ALL = targeting.from_json({"section": ["sport"]}), targeting.EVERYTHING


def sections(daily=100.0):
    sample = supply.from_requests([Request(1, section="sport"), Request(1, section="news")], [daily, daily])
    return sample, outlook.steady(sample, WEEK)


def row(plan, contract_id):
    return next(one for one in plan.allotments if one.contract_id == contract_id)


def test_a_sponsorship_takes_its_share_off_the_top():
    wanted = [Contract(1, Scope(SPORT, WEEK), 0, priority="sponsorship", share=0.4), Contract(2, Scope(SPORT, WEEK), 700)]
    plan = allocation.solve(*sections(), wanted)
    assert (row(plan, 1).delivered, row(plan, 2).supply, row(plan, 2).delivered) == pytest.approx((280, 420, 420))


def test_sponsorships_that_exceed_a_request_are_scaled_as_they_are_served():
    wanted = [Contract(n, Scope(SPORT, WEEK), 0, priority="sponsorship", share=part) for n, part in ((1, 0.9), (2, 0.6))]
    plan = allocation.solve(*sections(), wanted)
    served = shares.shares([flight(1, "sponsorship", share=0.9), flight(2, "sponsorship", share=0.6)])
    assert [one.delivered / 700 for one in plan.allotments] == pytest.approx(served)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.floats(1, 900), st.floats(0, 500)), min_size=1, max_size=5), st.floats(1, 2000), st.floats(0, 1e5))
def test_a_lower_tier_never_harms_a_higher_one(higher, demand, penalty):
    tier = [Contract(n, Scope(SPORT if narrow else ALL, WEEK), d, p) for n, (narrow, d, p) in enumerate(higher)]
    lower = [Contract(50 + n, Scope(ALL, WEEK), demand, penalty, priority=name) for n, name in enumerate(("house", "non_guaranteed"))]
    alone, together = allocation.solve(*sections(), tier), allocation.solve(*sections(), [*lower, *tier])
    assert together.allotments[2:] == alone.allotments
    given_out = sum(one.delivered for one in together.allotments)
    assert given_out <= 1400 * (1 + 1e-9)
    assert together.dual <= together.primal * (1 + 1e-9) + 1e-6


def test_who_has_nothing_left_is_said_to_miss_everything():
    wanted = [Contract(1, Scope(ALL, WEEK), 0, priority="sponsorship"), Contract(2, Scope(SPORT, WEEK), 50, penalty=3)]
    plan = allocation.solve(*sections(), wanted)
    assert (row(plan, 2).short, row(plan, 2).theta, plan.primal, plan.dual) == (50, 0, 150, 150)


def test_a_cap_cuts_what_a_contract_can_have_to_what_availability_says():
    cap = FrequencyCap(2, 86_400)
    through = reach.let_through(cap, 5.0)
    plan = allocation.solve(*sections(), [Contract(1, Scope(SPORT, WEEK), 700, frequency_cap=cap)])
    assert (plan.allotments[0].supply, plan.allotments[0].delivered) == pytest.approx((700 * through, 700 * through))
    assert plan.allotments[0].theta == pytest.approx(1.0)  # every request that its cap lets through


def test_a_capped_contract_is_served_at_its_rate_on_the_requests_that_remain():
    cap = FrequencyCap(1, 86_400)
    plan = allocation.solve(*sections(), [Contract(1, Scope(SPORT, WEEK), 70, frequency_cap=cap)])
    one = plan.allotments[0]
    chance, = shares.shares([flight(1, theta=one.theta, alpha=one.alpha, weight=one.weight)])
    rng = np.random.default_rng(5)
    requests = rng.geometric(1 / 5.0, 200_000)  # of each person in the cap's window
    seen = np.minimum(rng.binomial(requests, chance), cap.count)
    assert seen.sum() / requests.sum() == pytest.approx(70 / 700, rel=0.02)
    assert one.delivered == pytest.approx(70)


def test_in_no_cell_does_a_capped_contract_get_more_than_its_cap_lets_through():
    cap = FrequencyCap(1, 86_400)
    rivals = [Contract(1, Scope(ALL, WEEK), 250, 50, frequency_cap=cap), Contract(2, Scope(SPORT, WEEK), 690, 90)]
    plan = allocation.solve(*sections(), rivals, gap=1e-9)
    assert row(plan, 2).delivered == pytest.approx(690, rel=1e-3)
    assert row(plan, 1).delivered == pytest.approx(700 * 0.2 + 10, rel=1e-2)  # the cap of news, what sport leaves


def days_of(curve):
    """An outlook whose days have these requests."""
    sample = supply.from_requests([Request(1, section="sport")], [1.0])
    return sample, outlook.Outlook(MONDAY, np.array([curve], dtype=float), np.zeros(1, dtype=np.int64))


CURVE = [10, 20, 30, 40, 50, 60, 70]


def test_left_whole_a_contract_falls_on_its_days_as_its_supply_does():
    """A rival on some days cuts the week into stretches; without contention each has the same part of its requests."""
    rival = Period(MONDAY + dt.timedelta(days=2), MONDAY + dt.timedelta(days=4))
    wanted = [Contract(1, Scope(ALL, WEEK), 140), Contract(2, Scope(SPORT, rival), 12)]
    graph = eligibility.graph(*days_of(CURVE), [one.scope for one in wanted])
    plan = allocation.allot(graph, wanted)
    assert len(graph.cells[0]) == 3
    assert [one.delivered for one in plan.allotments] == pytest.approx([140, 12])
    assert [one.theta for one in plan.allotments] == pytest.approx([0.5, 0.1])
    assert [one.alpha for one in plan.allotments] == [0, 0]  # so x is theta on every day


def test_a_contract_cut_into_days_keeps_to_its_curve():
    whole = Contract(1, Scope(ALL, WEEK), 140)
    even, early = allocation.by_day(whole, CURVE), allocation.by_day(whole, CURVE, ahead=0.5)
    assert [one.demand for one in even] == pytest.approx([number / 2 for number in CURVE])
    assert sum(one.demand for one in early) == pytest.approx(140)
    plan = allocation.solve(*days_of(CURVE), early)
    part = [one.delivered / number for one, number in zip(plan.allotments, CURVE, strict=True)]
    assert part == sorted(part, reverse=True)
    assert part[0] / part[-1] == pytest.approx(3)  # 1.5 of its even part on the first day, 0.5 on the last


@pytest.mark.parametrize(("requests", "ahead", "message"), [([1, 2], 0, "2 figures for 7 days"), (CURVE, 1.5, "ahead 1.5"), ([0] * 7, 0, "nobody matches")])
def test_days_that_cannot_be_cut_are_named(requests, ahead, message):
    with pytest.raises(allocation.ContractInvalid, match=f"contract 1: .*{message}"):
        allocation.by_day(Contract(1, Scope(ALL, WEEK), 140), requests, ahead=ahead)
