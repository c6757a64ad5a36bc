"""The planner against every mix there is, on small problems; and what it never breaks."""

import pytest
from hypothesis import HealthCheck, given, settings

from makegood.engine import planner
from tests.engine.planner import problems

CASES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@CASES
@given(problems.problems())
def test_no_mix_is_better_by_one_per_cent(case):
    problem, stock = case
    best = problems.best(problem, stock)
    try:
        found = planner.solve(problem, stock.free)
    except planner.Infeasible:
        assert best is None
        return
    assert best is not None
    assert found.figures.score >= best - 0.01 * abs(best)
    assert found.figures.score <= best + 1e-6 * abs(best) + 1e-6
    assert found.bound >= best - 1e-4 * abs(best)


@CASES
@given(problems.problems(most=8, levels=40))
def test_no_constraint_is_broken(case):
    problem, stock = case
    try:
        found = planner.solve(problem, stock.free)
    except planner.Infeasible:
        return
    assert found.figures.broken == ()
    assert stock.fits(found.mix)  # by a maximum flow, which knows no sets
    products = [problem.candidate(key).product for key in found.mix]
    assert len(set(products)) == len(products) <= problem.lines
    assert found.figures.amount <= problem.budget * (1 + 1e-9)


def test_the_check_of_constraints_sees_each_of_them():
    one = planner.Candidate("x", "x", "a", 1.0, 100.0, least=10.0, traits={"t": 1.0})
    other = planner.Candidate("y", "y", "a", 1.0, 100.0)
    problem = planner.Problem(
        150.0, (one, other), (planner.Audience("a", 1000.0, 2.0, most=120.0),), (planner.Pool(("x", "y"), 110.0),),
        (planner.Share("t", "no more than half on t", "t", high=0.5),), ("y",), 1,
    )  # fmt: skip
    broken = {one.key for one in planner.evaluate(problem, {"x": 101.0, "y": 60.0}).broken}
    assert broken == {"line", "budget", "lines", "pool", "frequency", "t"}
    assert {one.key for one in planner.evaluate(problem, {"x": 5.0}).broken} == {"line", "wanted", "t"}


def test_the_same_problem_gives_the_same_plan():
    problem, stock = _twins()
    assert planner.solve(problem, stock.free).mix == planner.solve(problem, stock.free).mix == {"first": 50.0}


def _twins():
    """Two candidates alike in everything: a tie."""
    pair = tuple(planner.Candidate(name, name, "a", 1.0, 100.0) for name in ("first", "second"))
    problem = planner.Problem(50.0, pair, (planner.Audience("a", 1000.0, 2.0),), lines=1)
    return problem, problems.Cells([100, 100], {"first": (0,), "second": (1,)})


def test_what_is_shared_is_not_sold_twice():
    pair = (planner.Candidate("x", "x", "a", 1.0, 100.0), planner.Candidate("y", "y", "a", 1.0, 100.0))
    problem = planner.Problem(500.0, pair, (planner.Audience("a", 1000.0, 1.0),))
    stock = problems.Cells([100], {"x": (0,), "y": (0,)})
    assert sum(planner.solve(problem, stock.free).mix.values()) == 100.0
    assert sum(planner.solve(problem).mix.values()) == 200.0  # the control: without asking, it would be


def test_asked_for_and_not_to_be_had_is_said():
    problem = planner.Problem(50.0, (planner.Candidate("x", "x", "a", 1.0, 100.0),), (planner.Audience("a", 1000.0, 2.0),), wanted=("gone",))
    with pytest.raises(planner.Infeasible, match="gone"):
        planner.solve(problem)
