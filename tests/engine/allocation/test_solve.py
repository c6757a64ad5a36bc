import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import allocation, eligibility, outlook, supply, targeting
from makegood.engine.allocation import Contract
from makegood.engine.decision import shares
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.targeting import Request
from tests.engine.decision.plans import flight
from tests.engine.requests import requests, targetings

WEEK = Period(dt.date(2026, 1, 5), dt.date(2026, 1, 11))
SPORT, NEWS = ({"section": ["sport"]}, {"section": ["news"]})
contracts = st.lists(
    st.tuples(targetings(), st.floats(0, 900), st.floats(0, 30), st.floats(0.2, 5)),
    min_size=1,
    max_size=6,
).map(lambda rows: [Contract(n, Scope(t, WEEK), d, p, v) for n, (t, d, p, v) in enumerate(rows)])


def of(row):
    return Scope(targeting.from_json(row), WEEK)


def two_sections(daily=100.0):
    sample = supply.from_requests([Request(1, section="sport"), Request(1, section="news")], [daily, daily])
    return sample, outlook.steady(sample, WEEK)


@settings(max_examples=60, deadline=None)
@given(st.lists(requests(), min_size=1, max_size=8), contracts, st.floats(0, 1), st.integers(0, 2**31))
def test_no_plan_costs_less_than_the_certified_bound(asked, wanted, fill, seed):
    """The duality certificate against feasible plans found without it: none may beat it."""
    sample = supply.from_requests(asked, [20.0] * len(asked))
    view = outlook.steady(sample, WEEK)
    plan = allocation.solve(sample, view, wanted, gap=1e-6, sweeps=40)
    graph = eligibility.graph(sample, view, [one.scope for one in wanted])
    rng, cost, used = np.random.default_rng(seed), 0.0, np.zeros(len(graph.capacity))
    for one, cells in zip(wanted, graph.cells, strict=True):
        s = graph.capacity[cells]
        if s.sum() == 0 or one.demand < 1e-6:
            cost += one.penalty * one.demand
            continue
        theta = one.demand / s.sum()
        x = np.minimum(1 - used[cells], theta * rng.uniform(fill, 1, len(cells)))
        used[cells] += x
        cost += 0.5 * (s * one.weight / theta * (x - theta) ** 2).sum()
        cost += one.penalty * max(0.0, one.demand - (s * x).sum())
    assert plan.dual <= cost * (1 + 1e-9) + 1e-6
    assert plan.dual <= plan.primal * (1 + 1e-9) + 1e-6
    assert all(0 <= row.alpha <= one.penalty for row, one in zip(plan.allotments, wanted, strict=True))


@settings(max_examples=30, deadline=None)
@given(st.lists(requests(), min_size=1, max_size=8), contracts)
def test_the_gap_closes(asked, wanted):
    sample = supply.from_requests(asked, [20.0] * len(asked))
    plan = allocation.solve(sample, outlook.steady(sample, WEEK), wanted, gap=1e-3, sweeps=2_000)
    assert plan.gap <= 1e-3 or plan.primal < 1e-6


def test_without_contention_everybody_is_served_representatively():
    plan = allocation.solve(*two_sections(), [Contract(1, of({}), 700), Contract(2, of(SPORT), 140)])
    assert [row.theta for row in plan.allotments] == pytest.approx([0.5, 0.2])
    assert [row.delivered for row in plan.allotments] == pytest.approx([700, 140], rel=1e-3)
    assert plan.gap <= 1e-3


def test_a_contended_plan_moves_the_flexible_contract():
    plan = allocation.solve(*two_sections(), [Contract(1, of({}), 700), Contract(2, of(SPORT), 630)], gap=1e-6)
    assert [row.delivered for row in plan.allotments] == pytest.approx([700, 630], rel=1e-3)


def test_oversold_supply_goes_to_the_higher_penalty():
    rivals = [Contract(1, of(SPORT), 700, penalty=50), Contract(2, of(SPORT), 350, penalty=5)]
    plan = allocation.solve(*two_sections(), rivals, gap=1e-6)
    assert plan.allotments[0].short < 0.02 * 700
    assert plan.allotments[1].short > 0.9 * 350


def test_serving_from_the_duals_alone_delivers_the_plan():
    wanted = [Contract(1, of({}), 700), Contract(2, of(SPORT), 600), Contract(3, of(NEWS), 200, weight=2.0)]
    sample, view = two_sections()
    plan = allocation.solve(sample, view, wanted, gap=1e-8, sweeps=2_000)
    flights = [flight(row.contract_id, theta=row.theta, alpha=row.alpha, weight=row.weight) for row in plan.allotments]
    sport, news = shares.guaranteed([flights[0], flights[1]]), shares.guaranteed([flights[0], flights[2]])
    delivered = [700 * (sport[0] + news[0]), 700 * sport[1], 700 * news[1]]
    assert delivered == pytest.approx([row.delivered for row in plan.allotments], rel=1e-6)


def test_a_warm_start_needs_fewer_sweeps():
    wanted = [Contract(1, of({}), 800), Contract(2, of(SPORT), 650), Contract(3, of(NEWS), 300)]
    cold = allocation.solve(*two_sections(), wanted, gap=1e-5)
    warm = allocation.solve(
        *two_sections(), wanted, gap=1e-5, warm={row.contract_id: row.alpha for row in cold.allotments}
    )
    assert warm.sweeps < cold.sweeps


def test_the_deadline_is_kept_and_the_certificate_still_holds():
    ticks = iter(range(100))
    wanted = [Contract(1, of({}), 900), Contract(2, of(SPORT), 690)]
    plan = allocation.solve(*two_sections(), wanted, gap=0.0, deadline_s=3, clock=lambda: float(next(ticks)))
    assert plan.sweeps == 2
    assert plan.dual <= plan.primal


def test_nobody_matching_is_no_error_but_delivers_nothing():
    plan = allocation.solve(*two_sections(), [Contract(4, of({"section": ["shop"]}), 100, penalty=3)])
    assert (plan.allotments[0].short, plan.allotments[0].supply, plan.primal, plan.gap) == (100, 0, 300, 0)
    assert allocation.solve(*two_sections(), []).allotments == ()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"demand": float("nan")}, "contract 8: demand nan"),
        ({"demand": 5, "penalty": -1}, "contract 8: penalty -1"),
        ({"demand": 5, "weight": 0}, "contract 8: weight 0 must be above zero"),
    ],
)
def test_bad_contracts_are_named(fields, message):
    with pytest.raises(allocation.ContractInvalid, match=message):
        allocation.solve(*two_sections(), [Contract(8, of({}), **fields)])
