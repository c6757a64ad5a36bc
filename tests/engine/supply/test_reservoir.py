import numpy as np
import pytest

from makegood.engine import supply, targeting
from makegood.engine.supply import Column, Reservoir, Supply, SupplyInvalid
from makegood.engine.targeting import Request


def world(rng, rows=4_000):
    device = Column(("mobile", "desktop", "ctv"), rng.choice(3, rows, p=[0.6, 0.37, 0.03]).astype(np.int32))
    return Supply({"device": device}, rng.pareto(1.5, rows) + 0.1), rng.integers(0, 4, rows)


def test_strata_keep_their_totals_and_their_size():
    rng = np.random.default_rng(1)
    whole, stratum = world(rng)
    tagged = Supply({**whole.columns, "placement": Column((0, 1, 2, 3), stratum.astype(np.int32))}, whole.weights)
    drawn = supply.thinned(tagged, stratum, 50, rng)
    place = drawn.columns["placement"].codes
    assert np.bincount(place).tolist() == [50] * 4
    assert np.bincount(place, drawn.weights) == pytest.approx(np.bincount(stratum, whole.weights))


def test_subset_sums_are_unbiased_and_unweighted_drawing_is_not():
    rng = np.random.default_rng(2)
    whole, stratum = world(rng)
    heavy = whole.weights > np.quantile(whole.weights, 0.9)
    marked = Supply({"device": Column(("heavy", "light"), np.where(heavy, 0, 1).astype(np.int32))}, whole.weights)
    wanted = targeting.from_json({"device": ["heavy"]})
    sums = []
    for _ in range(400):
        drawn = supply.thinned(marked, stratum, 60, rng)
        sums.append(drawn.weights[targeting.mask(wanted, drawn)].sum())
    truth = whole.weights[heavy].sum()
    error = np.std(sums) / np.sqrt(len(sums))
    assert abs(np.mean(sums) - truth) < 4 * error
    assert abs(heavy.mean() * whole.weights.sum() - truth) > 40 * error  # what ignoring the weights would say


def test_a_stream_in_pieces_is_a_sample_of_all_of_it():
    rng, size, seen = np.random.default_rng(3), 30, np.zeros(6)
    for _ in range(300):
        reservoir = Reservoir(size)
        for piece in range(6):
            many = [Request(piece) for _ in range(100)]
            reservoir.add(many, ["page"] * 100, np.ones(100), rng)
        drawn = reservoir.supply()
        assert (drawn.rows, drawn.weights.sum()) == (size, pytest.approx(600))
        column = drawn.column("placement")
        seen += np.bincount(np.array(column.values)[column.codes], minlength=6)
    assert seen / seen.sum() == pytest.approx(np.full(6, 1 / 6), abs=0.02)


def test_a_short_stream_is_kept_whole():
    rng = np.random.default_rng(4)
    reservoir = Reservoir(10)
    reservoir.add([Request(1), Request(2), Request(3)], ["a", "b", "a"], np.array([5.0, 0.0, 2.0]), rng)
    drawn = reservoir.supply()
    assert sorted(drawn.weights.tolist()) == [2.0, 5.0]


def test_same_generator_same_sample():
    whole, stratum = world(np.random.default_rng(5))
    one, other = (supply.thinned(whole, stratum, 20, np.random.default_rng(6)) for _ in range(2))
    assert one.weights.tolist() == other.weights.tolist()


def test_bad_input_names_the_row():
    rng = np.random.default_rng(1)
    with pytest.raises(SupplyInvalid, match="row 1: weight nan"):
        Reservoir(2).add([Request(1), Request(2)], ["a", "a"], np.array([1.0, np.nan]), rng)
    with pytest.raises(SupplyInvalid, match="2 requests, 1 strata, 2 weights"):
        Reservoir(2).add([Request(1), Request(2)], ["a"], np.ones(2), rng)
    with pytest.raises(SupplyInvalid, match="give at least 1"):
        Reservoir(0)
    with pytest.raises(SupplyInvalid, match="row 1: code 3 of column device has no value, there are 2"):
        Supply({"device": Column(("a", "b"), np.array([0, 3], dtype=np.int32))}, np.ones(2))
