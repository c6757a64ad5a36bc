import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine.diagnosis import shapley

tables = st.integers(0, 5).flatmap(
    lambda players: st.lists(st.floats(-1e4, 1e4), min_size=1 << players, max_size=1 << players).map(np.array)
)


@given(tables)
def test_shares_are_the_average_over_every_order(table):
    players = len(table).bit_length() - 1
    found, orders = np.zeros(players), list(itertools.permutations(range(players)))
    for order in orders:
        mask = 0
        for player in order:
            found[player] += (table[mask | 1 << player] - table[mask]) / len(orders)
            mask |= 1 << player
    assert shapley.of_table(table) == pytest.approx(found, abs=1e-6)


def test_sampled_orders_add_up_and_come_near_the_exact_shares():
    table = np.random.default_rng(1).normal(size=1 << 9).cumsum()
    exact = shapley.of_table(table)
    got = shapley.shares(table.__getitem__, 9, np.random.default_rng(2))
    assert got.sum() == pytest.approx(table[-1] - table[0])
    assert np.corrcoef(got, exact)[0, 1] > 0.9 and (got != exact).any()


def test_what_pairs_share_is_split_without_sampling_error():
    rng = np.random.default_rng(5)
    pair = np.triu(rng.normal(size=(9, 9)), 1)

    def worth(mask):
        on = np.array([mask >> n & 1 for n in range(9)])
        return float(on @ pair @ on)

    got = shapley.shares(worth, 9, np.random.default_rng(3))
    assert got == pytest.approx((pair + pair.T).sum(1) / 2)


def test_many_causes_need_a_generator():
    with pytest.raises(ValueError, match="9 causes: more than 8"):
        shapley.shares(float, 9)
