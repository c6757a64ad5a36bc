import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import reach
from makegood.engine.decision import shares
from makegood.engine.plan import FrequencyCap
from makegood.engine.simulator import core, terms
from tests.engine.decision.plans import flight
from tests.engine.simulator import worlds

ENDLESS = np.inf


@settings(max_examples=150)
@given(worlds.flights())
def test_chances_are_those_of_the_single_decision(some):
    got = core.shares(worlds.whole(some), terms.from_plan(some), worlds.throttles(some))
    assert got == pytest.approx(shares.shares(some), abs=1e-9)


@settings(max_examples=60)
@given(worlds.flights(least=2), st.integers(0, 1000), st.integers(0, 2000))
def test_nobody_serves_past_what_is_left_and_every_request_is_accounted_for(some, left, requests):
    for rng in (None, np.random.default_rng(left)):
        room = np.array([left, 0, *[ENDLESS] * (len(some) - 2)], float)
        edges = worlds.whole(some, 3)
        got = core.serve_step(
            np.full(3, float(requests)), edges, terms.from_plan(some), worlds.throttles(some), room, rng
        )
        assert (got.served <= room * (1 + 1e-9)).all() and (got.unfilled >= -1e-6).all()
        assert got.served.sum() + got.unfilled.sum() == pytest.approx(3 * requests)
        assert np.bincount(edges.flight, got.edges, len(some)) == pytest.approx(got.served)


def test_draws_agree_with_their_mean_within_binomial_error():
    some, edges = worlds.contended()
    requests, full = np.full(200, 2_000.0), np.full(30, ENDLESS)
    mean = core.serve_step(requests, edges, some, np.ones(30), full).edges
    draws = core.serve_step(requests, edges, some, np.ones(30), full, np.random.default_rng(5)).edges
    chance = mean / 2_000
    z = (draws - mean)[chance > 0.005] / np.sqrt(2_000 * chance * (1 - chance))[chance > 0.005]
    assert abs(z.mean()) < 4 / np.sqrt(len(z)) and z.std() == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("requests", [1.0, 7.0, 500.0])
def test_few_and_many_requests_a_cell_are_drawn_alike(requests):
    some, edges = worlds.contended(cells=20_000)
    mean = core.serve_step(np.full(20_000, requests), edges, some, np.ones(30), np.full(30, ENDLESS)).served
    got = core.serve_step(
        np.full(20_000, requests), edges, some, np.ones(30), np.full(30, ENDLESS), np.random.default_rng(2)
    )
    assert got.served == pytest.approx(mean, abs=5 * np.sqrt(mean.max()))


def test_same_generator_same_step():
    some, edges = worlds.contended()
    one, two, other = (
        core.serve_step(
            np.full(200, 90.0), edges, some, np.ones(30), np.full(30, 400.0), np.random.default_rng(seed)
        ).edges
        for seed in (3, 3, 4)
    )
    assert (one == two).all() and (one != other).any()


def test_a_goal_reached_within_a_step_leaves_its_requests_to_the_others():
    some = [flight(0, theta=0.5, alpha=2.0), flight(1, theta=0.5, alpha=0.0), flight(2, "house")]
    edges, columns = worlds.whole(some, 10), terms.from_plan(some)
    room = np.array([1_000.0, ENDLESS, ENDLESS])
    got = core.serve_step(np.full(10, 1_000.0), edges, columns, np.ones(3), room, np.random.default_rng(1))
    by_cell = got.edges.reshape(10, 3)
    assert got.served[0] == 1_000 and by_cell[:, 0].min() > 60  # spread over the cells, not taken from the first ones
    open_, closed = shares.shares(some), shares.shares(some[1:])
    spent = 1_000 / open_[0]  # requests until the goal was reached, had each gone by the chances
    expected = spent * open_[1] + (10_000 - spent) * closed[0]
    assert got.served[1] == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("chance", [0.1, 0.5, 1.0])
def test_a_cap_keeps_what_the_reach_curve_of_availability_keeps(chance):
    cap = FrequencyCap(2, 86_400)
    some = [flight(0, theta=chance, frequency_cap=cap), flight(1, "house")]
    got = core.shares(worlds.whole(some), terms.from_plan(some, {0: 4.0}), np.ones(2))
    assert got[0] == pytest.approx(chance * reach.let_through(cap, 4.0, chance)) and got.sum() == pytest.approx(1)


def test_a_cap_keeps_what_people_drawn_one_by_one_let_through():
    chance, cap, mean, people = 0.3, 3, 8.0, 200_000
    rng = np.random.default_rng(8)
    asked = rng.geometric(1 / mean, people)
    truth = np.minimum(rng.binomial(asked, chance), cap).sum() / asked.sum()
    some = [flight(0, theta=chance, frequency_cap=FrequencyCap(cap, 86_400))]
    got = core.shares(worlds.whole(some), terms.from_plan(some, {0: mean}), np.ones(1))
    assert got[0] == pytest.approx(truth, rel=0.01)


def test_a_flight_that_matches_part_of_a_cell_takes_that_part():
    some = [flight(0, theta=0.5), flight(1, "house")]
    edges = worlds.whole(some)._replace(match=np.array([0.4, 1.0]))
    assert core.shares(edges, terms.from_plan(some), np.ones(2)) == pytest.approx([0.2, 0.8])


def test_bad_input_is_named():
    some, edges = worlds.contended()
    full = np.full(30, ENDLESS)
    with pytest.raises(terms.SimulationInvalid, match=r"cell 0: 0\.5 requests cannot be drawn from"):
        core.serve_step(np.full(200, 0.5), edges, some, np.ones(30), full, np.random.default_rng(1))
    with pytest.raises(terms.SimulationInvalid, match=r"flight 0: throttle -1\.0 must be at or above zero"):
        core.serve_step(np.ones(200), edges, some, -np.ones(30), full)
    with pytest.raises(terms.SimulationInvalid, match="flight 1: a cell outside the 2 there are"):
        terms.edges([np.array([0]), np.array([2])], 2)
