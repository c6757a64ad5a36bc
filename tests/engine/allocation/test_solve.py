import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import allocation, eligibility, outlook, supply, targeting
from makegood.engine import plan as plans
from makegood.engine.allocation import Contract
from makegood.engine.decision import shares
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.targeting import Request
from tests.engine.decision.plans import CREATIVES, MPU, flight
from tests.engine.requests import requests, targetings

WEEK = Period(dt.date(2026, 1, 5), dt.date(2026, 1, 11))
SPORT, NEWS = ({"section": ["sport"]}, {"section": ["news"]})
contracts = st.lists(
    st.tuples(targetings(), st.floats(1e-3, 900), st.floats(0, 30), st.floats(0.2, 5), st.sampled_from(["guaranteed", "house"])),
    min_size=1,
    max_size=6,
).map(lambda rows: [Contract(n, Scope(t, WEEK), d, p, v, tier) for n, (t, d, p, v, tier) in enumerate(rows)])


def of(row):
    return Scope(targeting.from_json(row), WEEK)


def two_sections(daily=100.0):
    sample = supply.from_requests([Request(1, section="sport"), Request(1, section="news")], [daily, daily])
    return sample, outlook.steady(sample, WEEK)


@settings(max_examples=60)
@given(st.lists(requests(), min_size=1, max_size=8), contracts)
def test_the_gap_closes_and_nothing_is_sold_twice(asked, wanted):
    sample = supply.from_requests(asked, [20.0] * len(asked))
    graph = eligibility.graph(sample, outlook.steady(sample, WEEK), [one.scope for one in wanted])
    graph, kept, faults = allocation.sound(graph, wanted)
    plan = allocation.allot(graph, kept)
    assert plan.gap <= 1e-4
    assert {row.contract_id for row in plan.allotments} | set(faults) == {one.id for one in wanted}
    assert all(0 <= row.alpha <= one.penalty for row, one in zip(plan.allotments, kept, strict=True))
    assert sum(row.delivered for row in plan.allotments) <= graph.capacity.sum() * (1 + 1e-9)


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
    plan = allocation.solve(sample, view, wanted, gap=1e-10)
    flights = [flight(row.contract_id, theta=row.theta, alpha=row.alpha, weight=row.weight) for row in plan.allotments]
    sport, news = shares.shares([flights[0], flights[1]]), shares.shares([flights[0], flights[2]])
    delivered = [700 * (sport[0] + news[0]), 700 * sport[1], 700 * news[1]]
    assert delivered == pytest.approx([row.delivered for row in plan.allotments], rel=1e-6)


def test_a_warm_start_needs_fewer_steps():
    wanted = [Contract(1, of({}), 800, 50), Contract(2, of(SPORT), 650, 90), Contract(3, of(NEWS), 300, 20)]
    cold = allocation.solve(*two_sections(), wanted)
    warm = allocation.solve(*two_sections(), wanted, warm=cold.alphas)
    assert warm.steps < cold.steps


def test_the_deadline_is_kept_and_the_certificate_still_holds():
    ticks = iter(range(100))
    wanted = [Contract(1, of({}), 900), Contract(2, of(SPORT), 690)]
    plan = allocation.solve(*two_sections(), wanted, gap=0.0, deadline_s=3, clock=lambda: float(next(ticks)))
    assert plan.steps <= 3
    assert plan.dual <= plan.primal


def test_the_plan_is_what_a_served_flight_carries():
    """theta, alpha and weight pass through the plan's JSON and back."""
    plan = allocation.solve(*two_sections(), [Contract(1, of({}), 900), Contract(2, of(SPORT), 690)])
    row = plan.allotments[1]
    entry = flight(row.contract_id, theta=row.theta, alpha=row.alpha, weight=row.weight, priority=row.priority)
    read = plans.from_json(plans.ServingPlan("p", 1, "2026-01-05T00:00:00+00:00", "UTC", (entry,), (MPU,), CREATIVES).to_json())
    assert read.flights == (entry,)


BAD = [
    ({"demand": float("nan")}, "contract 8: demand nan"),
    ({"demand": 0}, "contract 8: demand 0 must be a number above zero"),
    ({"demand": 5, "penalty": -1}, "contract 8: penalty -1"),
    ({"demand": 5, "weight": 0}, "contract 8: weight 0 must be a number above zero"),
    ({"demand": 5, "priority": "sponsorship", "share": 1.2}, "contract 8: share 1.2"),
    ({"demand": 5, "priority": "first"}, "contract 8: priority 'first'"),
    ({"demand": 5, "scope": of({"section": ["shop"]})}, "contract 8: nobody matches"),
    ({"demand": 5, "scope": Scope(targeting.EVERYTHING, Period(dt.date(2027, 1, 1), dt.date(2027, 1, 2)))}, "contract 8: nobody matches"),
]


@pytest.mark.parametrize(("fields", "message"), BAD)
def test_bad_contracts_are_named(fields, message):
    with pytest.raises(allocation.ContractInvalid, match=message):
        allocation.solve(*two_sections(), [Contract(7, of({}), 5), Contract(8, **{"scope": of({}), **fields})])


def test_empty_supply_is_said_of_the_contract_that_has_none():
    nothing = supply.from_requests([], [])
    with pytest.raises(allocation.ContractInvalid, match="contract 3: nobody matches"):
        allocation.solve(nothing, outlook.steady(nothing, WEEK), [Contract(3, of({}), 5)])
    assert allocation.solve(*two_sections(), []).allotments == ()


def test_one_bad_contract_stops_nothing_when_sorted_out_beforehand():
    wanted = [Contract(8, **{"scope": of({}), **fields}) for fields, _ in BAD[:-1]]
    wanted = [dataclasses.replace(one, id=n) for n, one in enumerate(wanted)] + [Contract(99, of(SPORT), 350)]
    sample, view = two_sections()
    graph, kept, faults = allocation.sound(eligibility.graph(sample, view, [one.scope for one in wanted]), wanted)
    assert (set(faults), [one.id for one in kept]) == (set(range(len(BAD) - 1)), [99])
    assert allocation.allot(graph, kept).allotments[0].delivered == pytest.approx(350)
