"""The bare solver against HiGHS on small random problems, and its certificate against plans made without it."""

import dataclasses

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from makegood.engine import allocation
from tests.engine.allocation import oracle
from tests.engine.allocation.graphs import graphs, planned, solved


def near(value, exact, graph, within=1e-6):
    """Relative to the cost, or to rounding of everything owed where the cost is nothing."""
    return abs(value - exact) <= within * abs(exact) + 1e-9 * float(graph[2] @ graph[3])


@settings(max_examples=150)
@given(graphs())
def test_the_cost_is_the_least(graph):
    found, exact = solved(graph), oracle.cost(*graph)
    assert near(found.primal, exact, graph), (found.primal, exact)
    assert near(found.dual, exact, graph), (found.dual, exact)


@settings(max_examples=100)
@given(graphs(capped=True))
def test_bounded_parts_of_cells_are_kept_and_the_cost_is_the_least(graph):
    found, exact = solved(graph), oracle.cost(*graph)
    assert near(found.primal, exact, graph), (found.primal, exact)
    assert near(found.dual, exact, graph), (found.dual, exact)


ROUNDED = ([1.0], [[0], [0], [0]], [0.5, 0.5, 0.6875], [2.0, 38.43750509, 38.0], [2.0, 2.625, 2.625], [1.0] * 3)  # a step once rounded past p


@settings(max_examples=100)
@given(graphs(capped=True), st.floats(0, 0.3))
@example(tuple([np.array(one) for one in part] if n == 1 else np.array(part) for n, part in enumerate(ROUNDED)), 0.0)
def test_at_any_time_the_optimum_lies_within_the_certificate(graph, gap):
    found, exact = solved(graph, gap=gap), oracle.cost(*graph)
    slack = 1e-6 * abs(exact) + 1e-9 * float(graph[2] @ graph[3])
    assert found.dual - slack <= exact <= found.primal + slack
    assert np.all((found.alpha >= 0) & (found.alpha <= graph[3]))
    assert found.gap <= gap + 1e-9 or found.primal - found.dual <= slack


@settings(max_examples=60)
@given(graphs(), st.floats(0, 1), st.integers(0, 2**31))
def test_no_plan_made_without_it_beats_the_bound(graph, fill, seed):
    """Random possible plans: first come, first served."""
    capacity, cells, demand, *_ = graph
    rng, left, x = np.random.default_rng(seed), np.ones(len(capacity)), []
    for own, owed in zip(cells, demand, strict=True):
        x.append(np.minimum(left[own], owed / capacity[own].sum() * rng.uniform(fill, 1, len(own))))
        left[own] -= x[-1]
    assert solved(graph).dual <= planned(graph, x) * (1 + 1e-9) + 1e-9 * float(graph[2] @ graph[3])


def test_a_bound_beyond_the_optimum_would_be_seen():
    """Negative control: the same comparison fails for a bound that is 1 % too high."""
    graph = ([100.0], [[0], [0]], np.array([80.0, 60.0]), np.array([9.0, 4.0]), np.ones(2), np.ones(2))
    graph = (np.array(graph[0]), [np.array(own) for own in graph[1]], *graph[2:])
    found, exact = solved(graph), oracle.cost(*graph)
    wrong = dataclasses.replace(found, dual=found.dual * 1.01)
    assert found.dual <= exact * (1 + 1e-6) < wrong.dual
    assert near(found.primal, exact, graph) and not near(wrong.dual, exact, graph)


@settings(max_examples=60)
@given(graphs(capped=True), st.integers(0, 2**31))
def test_where_it_starts_makes_no_difference_to_the_optimum(graph, seed):
    rng = np.random.default_rng(seed)
    cold = solved(graph)
    for start in (cold.alpha, rng.uniform(0, 1, len(cold.alpha)) * graph[3]):
        assert near(solved(graph, alpha=start).primal, cold.primal, graph)


@settings(max_examples=40)
@given(graphs(capped=True))
def test_no_time_still_gives_a_plan_and_an_honest_gap(graph):
    found, exact = solved(graph, deadline_s=0.0, gap=0.0), oracle.cost(*graph)
    slack = 1e-6 * abs(exact) + 1e-9 * float(graph[2] @ graph[3])
    assert found.steps == 1
    assert found.dual - slack <= exact <= found.primal + slack


def test_the_deadline_is_looked_at_between_points():
    ticks = iter(range(100))
    graph = (np.array([100.0, 50.0]), [np.array([0, 1]), np.array([0]), np.array([1])], np.array([90.0, 80.0, 20.0]), np.array([90.0, 50.0, 70.0]))
    found = allocation.optimum(allocation.problem(*graph), gap=0.0, deadline_s=3, clock=lambda: float(next(ticks)))
    assert found.steps == 3


def test_an_earlier_plan_s_alphas_save_steps():
    rng = np.random.default_rng(3)
    capacity, cells = rng.uniform(1, 9, 300), [np.flatnonzero(rng.random(300) < 0.2) for _ in range(60)]
    demand = np.array([0.05 * capacity[own].sum() * rng.uniform(0.2, 2.5) for own in cells])
    graph = (capacity, cells, demand, rng.uniform(40, 200, 60))
    cold = allocation.optimum(allocation.problem(*graph))
    changed = (capacity, cells, demand * rng.uniform(0.99, 1.01, 60), graph[3])
    warm = allocation.optimum(allocation.problem(*changed), alpha=cold.alpha)
    assert (warm.gap <= 1e-4, cold.gap <= 1e-4) == (True, True)
    assert warm.steps < allocation.optimum(allocation.problem(*changed)).steps


GOOD = (np.array([5.0, 0.0]), [np.array([0]), np.array([0, 1])], np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.ones(2), np.ones(2))


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        (2, np.array([1.0, np.nan]), "contract 31: its demand"),
        (2, np.array([0.0, 1.0]), "contract 30: its demand"),
        (3, np.array([3.0, -1.0]), "contract 31: its penalty"),
        (4, np.array([0.0, 1.0]), "contract 30: its weight"),
        (5, np.array([0.5, 1.5]), "contract 31: its most of a cell"),
        (1, [np.array([0]), np.array([1])], "contract 31: its supply: it matches no requests"),
        (1, [np.array([0]), np.array([], dtype=np.int64)], "contract 31: its supply"),
        (1, [np.array([0]), np.array([0, 2])], "contract 31: cell 2 is not one of the 2 cells"),
        (1, [np.array([0, 0]), np.array([0, 1])], "contract 30: a cell is listed twice"),
    ],
)
def test_bad_contracts_are_named(place, value, message):
    arguments = [value if n == place else part for n, part in enumerate(GOOD)]
    assert allocation.problem(*GOOD, ids=[30, 31]).contracts == 2
    with pytest.raises(allocation.ContractInvalid, match=message):
        allocation.problem(*arguments, ids=[30, 31])


@pytest.mark.parametrize("capacity", [[5.0, -1.0], [5.0, np.nan], [5.0, np.inf]])
def test_bad_capacities_are_named(capacity):
    with pytest.raises(allocation.CapacityInvalid, match="cell 1: capacity"):
        allocation.problem(np.array(capacity), *GOOD[1:])
