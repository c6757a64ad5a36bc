"""Replayed history adds up, repeats by its seed, and follows the server's own decisions."""

import datetime as dt
import itertools

import numpy as np

from makegood.adserver import simulate
from makegood.engine.decision import Decider
from makegood.engine.targeting import Request
from tests.adserver import plans

START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
RATES = {
    1: simulate.Rates(invalid={"robot": 0.05, "datacentre": 0.02}),
    4: simulate.Rates(quartiles=(1.0, 0.5, 1.0, 1.0, 0.0), invalid={"robot": 0.5}),
}


def history(seed: int) -> simulate.Counts:
    decider = Decider(plans.plan())
    cells = [simulate.Cell(Request(placement=place, geo="DE"), 10_000) for place in (1, 4, 6, 8)]
    hours = [simulate.Hour(START + dt.timedelta(hours=n), decider, cells) for n in range(24)]
    return simulate.replay(hours, rng=np.random.default_rng(seed), rates=RATES)


def test_each_step_is_part_of_the_one_before() -> None:
    counts = history(1)
    gross = {kind: table.sum(axis=1) for kind, table in counts.kinds.items()}
    steps = ("served", "impression", "start", "firstQuartile", "midpoint", "thirdQuartile", "complete")
    for before, after in itertools.pairwise(steps):
        assert (gross[after] <= gross[before]).all()
    for kind in ("viewable", "click"):
        assert (counts.kinds[kind] <= counts.kinds["impression"]).all()
    assert gross["request"].sum() == 4 * 24 * 10_000
    assert gross["served"].sum() == 3 * 24 * 10_000
    assert set(counts.flights[gross["served"] > 0].tolist()) == {31, 34, 0}
    assert set(counts.creatives[counts.placements == 8].tolist()) == {0, 21}


def test_rates_are_met() -> None:
    counts = history(2)
    at = {name: (counts.placements == place) for name, place in (("home", 1), ("video", 4))}
    robot, rendered = counts.reasons.index("robot"), counts.kinds["impression"]
    assert abs(rendered[at["home"], robot].sum() / rendered[at["home"]].sum() - 0.05) < 0.005
    assert abs(rendered[at["video"], robot].sum() / rendered[at["video"]].sum() - 0.5) < 0.005
    video = {kind: int(table[at["video"]].sum()) for kind, table in counts.kinds.items()}
    assert (video["start"], video["complete"]) == (video["impression"], 0)
    assert abs(video["firstQuartile"] / video["start"] - 0.5) < 0.01
    assert counts.kinds["start"][at["home"]].sum() == 0


def test_the_seed_decides_and_rows_hold_everything() -> None:
    one, again, other = (list(history(seed).rows()) for seed in (3, 3, 4))
    assert one == again
    assert one != other
    total = sum(int(table.sum()) for table in history(3).kinds.values())
    assert sum(row[-1] for row in one) == total
    assert min(row[0] for row in one) == START


def test_nothing_is_nothing() -> None:
    counts = simulate.replay([], rng=np.random.default_rng(0))
    assert (len(counts.hours), list(counts.rows())) == (0, [])
