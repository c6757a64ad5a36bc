"""People met on several properties count once: what together means, and that the planner plans for it."""

import dataclasses

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from makegood.engine import planner
from makegood.engine.planner import curves, people
from makegood.engine.planner.reasons import next_per_money
from tests.engine.planner import problems

CASES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
AUDIENCES = st.lists(st.builds(planner.Audience, st.just("a"), st.floats(1, 1e9), st.floats(1.001, 200), again=st.just(0.0)), min_size=2, max_size=6)


@given(AUDIENCES, st.lists(st.floats(0, 1), min_size=6, max_size=6))
def test_together_is_between_the_largest_part_and_their_sum_and_within_the_universe(audiences, parts):
    reached = [curves.reach(one, part * one.requests) for one, part in zip(audiences, parts, strict=False)]
    everybody = planner.universe(audiences)
    met = planner.together(reached, everybody)
    assert max(reached) * (1 - 1e-9) <= met <= min(sum(reached), everybody) * (1 + 1e-9)
    more = [curves.reach(one, min(1.0, part + 0.1) * one.requests) for one, part in zip(audiences, parts, strict=False)]
    assert planner.together(more, everybody) >= met * (1 - 1e-9)


@given(AUDIENCES, st.floats(0, 2), st.floats(0, 2))
def test_what_adds_up_over_properties_is_concave_in_contacts(audiences, low, high):
    everybody, one = planner.universe(audiences), audiences[0]
    assume(everybody < float("inf"))
    first, last = sorted((low * one.requests, high * one.requests))
    ends, middle = (people.curve(one, at, everybody)[0] for at in (first, last)), people.curve(one, (first + last) / 2, everybody)[0]
    assert middle >= sum(ends) / 2 * (1 - 1e-6) - 1e-9


def test_two_halves_of_everybody_meet_three_quarters_and_one_property_alone_meets_its_own():
    pair = [planner.Audience(name, 1000.0, 10.0) for name in ("a", "b")]
    assert planner.universe(pair) == 200.0  # a hundred people each, as if nobody used both
    assert planner.together([100.0, 100.0], 200.0) == pytest.approx(150.0)
    assert planner.universe(pair[:1]) == planner.universe([planner.Audience("a", 9.0, 1.0), pair[1]]) == float("inf")
    assert planner.together([100.0, 100.0], float("inf")) == 200.0  # the control: without a universe they are added


@st.composite
def counted(draw, **more):
    """A problem whose outcome is people, and its cells."""
    problem, stock = draw(problems.problems(**more))
    audiences = tuple(dataclasses.replace(one, again=0.0, frequency=1, per_person=max(2.0, one.per_person)) for one in problem.audiences)
    return dataclasses.replace(problem, audiences=audiences, universe=planner.universe(audiences), people=True), stock


@CASES
@given(counted())
def test_no_mix_meets_more_people_by_one_per_cent(case):
    problem, stock = case
    best = problems.best(problem, stock)
    assume(best is not None)
    found = planner.solve(problem, stock.free)
    assert found.figures.score >= best - 0.01 * abs(best)
    assert found.bound >= best - 1e-4 * abs(best)


@CASES
@given(counted(levels=10))
def test_people_never_fall_with_the_budget_and_reasons_are_of_people_counted_once(case):
    problem, stock = case
    bare = dataclasses.replace(problem, shares=(), wanted=())
    try:
        found = planner.solve(bare, stock.free)
    except planner.Infeasible:
        return
    assert found.figures.outcome <= planner.evaluate(dataclasses.replace(bare, people=False), found.mix).outcome * (1 + 1e-9)
    more = planner.solve(dataclasses.replace(bare, budget=bare.budget * 1.5), stock.free)
    assert more.figures.outcome >= found.figures.outcome * 0.9995
    for reason in planner.reasons(found, stock.free):
        rest = {key: units for key, units in found.mix.items() if key != reason.key}
        assert reason.adds == pytest.approx(found.figures.outcome - planner.evaluate(found.problem, rest).outcome, rel=1e-9, abs=1e-9)


def test_the_next_money_is_worth_less_where_others_meet_the_same_people():
    pair = tuple(planner.Candidate(name, name, name, 1.0, 5000.0) for name in ("a", "b"))
    audiences = tuple(planner.Audience(name, 5000.0, 50.0, again=0.0) for name in ("a", "b"))
    problem = planner.Problem(900.0, pair, audiences, universe=planner.universe(audiences), people=True)
    apart = dataclasses.replace(problem, people=False)
    mix = {"a": 500.0, "b": 300.0}
    step = 1e-3
    gained = (planner.evaluate(problem, mix | {"a": 500.0 + step}).outcome - planner.evaluate(problem, mix).outcome) / step
    assert next_per_money(problem, mix, "a") == pytest.approx(gained, rel=1e-4)
    assert next_per_money(problem, mix, "a") < next_per_money(apart, mix, "a")
