import dataclasses

import numpy as np
import pytest

from makegood.engine import simulator
from makegood.engine.causes import Cause
from makegood.engine.simulator import faults
from tests.engine.simulator import worlds

STEPS, CELLS, COUNT = 12, 60, 10


def world(seed=3, goal=np.inf, requests=400.0):
    some, edges = worlds.contended(seed, COUNT, CELLS)
    traffic = np.random.default_rng(seed).uniform(0.5, 1.5, (STEPS, CELLS)) * requests
    names = tuple(f"F-{n}" for n in range(COUNT))
    return simulator.world(names, edges, some, traffic, np.full(COUNT, goal))


def finish(*given, of=0, **changes):
    return simulator.simulate(world(**changes), given).finish[of]


def test_drawn_runs_centre_on_the_mean_flow():
    here = world()
    rng = np.random.default_rng(1)
    ends = np.array([simulator.simulate(here, rng=rng).finish for _ in range(40)])
    mean = simulator.simulate(here).finish
    assert abs(ends.mean(0) - mean) == pytest.approx(0, abs=4 * np.sqrt(mean.max() / 40))
    assert ends.var(0, ddof=1) == pytest.approx(mean, rel=0.75)  # thinned Poisson traffic is Poisson


def test_same_seed_same_run_and_goals_are_kept_to_the_unit():
    here = world(goal=2_000.0)
    one, two = (simulator.simulate(here, rng=np.random.default_rng(6)) for _ in range(2))
    assert (one.counted == two.counted).all() and (one.finish <= 2_000).all() and (one.finish == 2_000).any()
    assert one.served.sum() + one.unfilled.sum() == pytest.approx(one.edges.sum() + one.unfilled.sum())


def test_each_fault_takes_what_it_says():
    plain, half = finish(), np.where(np.arange(STEPS) < STEPS // 2, 1.0, 0.0)
    by_step = simulator.simulate(world()).counted[:, 0]
    assert finish(faults.Stopped("F-0", half, Cause.LATE_START)) == pytest.approx(by_step[STEPS // 2 :].sum())
    assert finish(faults.Traffic(np.full((1, CELLS), 0.7))) == pytest.approx(0.7 * plain)
    assert finish(faults.Narrower("F-0", 0.6)) == pytest.approx(0.6 * plain)
    assert finish(faults.Mispaced("F-0", np.full(STEPS, 0.5))) == pytest.approx(0.5 * plain)
    assert finish(faults.Uncounted("F-0", 0.1, Cause.INVALID_TRAFFIC)) == pytest.approx(0.9 * plain)
    assert 0 < finish(faults.Capped("F-0", 1, 20.0)) < plain


def test_a_rival_takes_from_those_it_meets_and_nobody_gains():
    here = world()
    live = here.live.copy()
    live[:, 9] = 0.0
    without = dataclasses.replace(here, live=live)
    moved = simulator.changed(without, faults.Competing("F-9", np.ones(STEPS)))
    assert moved[9] > 0 and (moved[:9] <= 1e-6).all() and moved[:9].min() < -1


def test_faults_compose_in_any_order():
    some = [
        faults.Traffic(np.full((1, CELLS), 0.7)),
        faults.Narrower("F-0", 0.6),
        faults.Uncounted("F-0", 0.1, Cause.RENDER_LOSS),
    ]
    assert finish(*some) == pytest.approx(finish(*some[::-1]))


def test_a_controller_brings_flights_to_their_goal():
    here = world(goal=1_500.0)
    pace = np.linspace(1 / STEPS, 1, STEPS) * 1_500

    def hold(step, delivered):
        return np.where(delivered < pace[step], 1.0, 0.0)

    run = simulator.simulate(here, rng=np.random.default_rng(2), controller=hold)
    rich = simulator.simulate(here, rng=np.random.default_rng(2)).finish == 1_500
    assert rich.sum() >= 3 and (run.finish[rich] >= 1_350).all()
    assert run.counted[-1].sum() > 3 * simulator.simulate(here, rng=np.random.default_rng(2)).counted[-1].sum()


def test_intervals_cover_runs_they_have_not_seen():
    doubt = simulator.Uncertainty(level=0.08, step=0.15)
    here = world(requests=80.0)
    got = simulator.project(here, rng=np.random.default_rng(4), runs=300, uncertainty=doubt)
    held_out = np.array([_end(here, doubt, seed) for seed in range(300)])
    for low, high, share in ((got.lo80, got.hi80, 0.8), (got.lo90, got.hi90, 0.9)):
        inside = ((held_out >= low) & (held_out <= high)).mean()
        assert inside == pytest.approx(share, abs=0.06)  # flights share traffic, so 300 runs count, not 3,000


def _end(here, doubt, seed):
    """One world of its own, perturbed here and not by the projection."""
    rng = np.random.default_rng(10_000 + seed)
    level, step = (
        np.exp(rng.normal(-np.log1p(s * s) / 2, np.sqrt(np.log1p(s * s)), n))
        for s, n in ((doubt.level, 1), (doubt.step, STEPS))
    )
    return simulator.simulate(dataclasses.replace(here, requests=here.requests * level * step[:, None]), rng=rng).finish


def test_a_goal_that_is_sure_is_met_and_one_that_is_not_is_not():
    here = world()
    sure = dataclasses.replace(here, goal=simulator.simulate(here).finish * np.where(np.arange(COUNT) < 5, 0.7, 1.4))
    got = simulator.project(sure, rng=np.random.default_rng(4), runs=40)
    assert (got.met[:5] == 1).all() and (got.met[5:] == 0).all()


def test_bad_worlds_are_named():
    with pytest.raises(simulator.SimulationInvalid, match="flight F-x is not in this world"):
        finish(faults.Narrower("F-x", 0.5))
    with pytest.raises(simulator.SimulationInvalid, match="flight F-0: 3 values of live for 12 steps"):
        finish(faults.Stopped("F-0", np.ones(3), Cause.PAUSED))
    with pytest.raises(simulator.SimulationInvalid, match=r"flight F-0: live 2\.0 is not between 0 and 1"):
        finish(faults.Competing("F-0", np.full(STEPS, 2.0)))
    with pytest.raises(simulator.SimulationInvalid, match="goal: shape"):
        dataclasses.replace(world(), goal=np.ones(3))
    with pytest.raises(simulator.SimulationInvalid, match="3 runs say too little"):
        simulator.project(world(), rng=np.random.default_rng(1), runs=3)
