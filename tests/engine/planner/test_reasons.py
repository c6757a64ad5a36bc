"""Reasons, alternatives, ways out: each figure is what evaluating or solving again gives."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings

from makegood.engine import planner
from tests.engine.planner import problems

CASES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def _solved(case):
    problem, stock = case
    try:
        return planner.solve(problem, stock.free), stock
    except planner.Infeasible:
        return None, stock


@CASES
@given(problems.problems(levels=10))
def test_each_line_is_worth_what_its_reason_says(case):
    found, stock = _solved(case)
    for reason in planner.reasons(found, stock.free) if found else ():
        rest = {key: units for key, units in found.mix.items() if key != reason.key}
        fallen = found.figures.outcome - planner.evaluate(found.problem, rest).outcome
        assert fallen == pytest.approx(reason.adds, abs=1e-9) and reason.adds > 0
        product = found.problem.candidate(reason.key).product
        without = dataclasses.replace(
            found.problem, candidates=tuple(one for one in found.problem.candidates if one.product != product),
            wanted=tuple(one for one in found.problem.wanted if one != product),
        )  # fmt: skip
        if not reason.needed:
            assert reason.loses == pytest.approx(found.figures.outcome - planner.solve(without, stock.free).figures.outcome, rel=1e-6, abs=1e-6)


@CASES
@given(problems.problems(levels=10))
def test_every_product_is_in_the_plan_or_left_out_for_a_reason(case):
    found, _ = _solved(case)
    if found:
        taken = {found.problem.candidate(key).product for key in found.mix}
        out = {one.product for one in planner.left_out(found)}
        assert taken | out == {one.product for one in found.problem.candidates} and not taken & out


@CASES
@given(problems.problems(levels=10))
def test_alternatives_are_other_mixes_and_better_in_what_they_are_for(case):
    found, stock = _solved(case)
    if found:
        others = planner.alternatives(found, free=stock.free)
        mixes = [found.mix, *(one.mix for one in others)]
        assert all(planner.distance(found.problem, one, other) >= 0.15 for n, one in enumerate(mixes) for other in mixes[:n])
        for one in others:
            assert one.figures == planner.evaluate(found.problem, one.mix)
            assert stock.fits(one.mix)
            if one.kind == "cheaper":
                assert one.figures.amount < found.figures.amount


def brief(**more):
    """Two products, one of which is asked for and costs more than the rules let it."""
    dear = planner.Candidate("dear", "dear", "a", 10.0, 100.0, least=20.0, traits={"dear": 1.0})
    cheap = planner.Candidate("cheap", "cheap", "a", 1.0, 100.0, least=10.0)
    facts = {"budget": 250.0, "wanted": ("dear",), "shares": (planner.Share("cap", "at most half on dear", "dear", high=0.5),)} | more
    return planner.Problem(candidates=(dear, cheap), audiences=(planner.Audience("a", 1000.0, 1.0),), **facts)


def test_what_is_in_the_way_is_named_with_what_it_would_give():
    with pytest.raises(planner.Infeasible):
        planner.solve(brief())
    ways = {one.key: one for one in planner.ways_out(brief())}
    assert set(ways) == {"cap", "wanted", "least"}
    free = planner.solve(brief(shares=())).figures
    assert (ways["cap"].outcome, ways["cap"].amount) == (free.outcome, free.amount)


def test_several_in_the_way_together_are_named_together():
    problem = brief(budget=5.0, wanted=("dear", "gone"))
    assert planner.ways_out(problem)[0].key == "several"


def test_what_binds_says_what_a_little_more_would_bring():
    found = planner.solve(brief(wanted=(), shares=(), budget=60.0))
    (more,) = planner.binding(found)
    assert (more.key, more.gain) == ("budget", pytest.approx(6.0))


def test_a_line_says_what_keeps_it_from_being_larger():
    found = planner.solve(brief(wanted=(), shares=()))
    assert {one.key: one.bound for one in planner.reasons(found)} == {"cheap": "free"} | ({"dear": "budget"} if "dear" in found.mix else {})
