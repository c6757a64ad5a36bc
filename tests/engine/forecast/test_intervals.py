"""Intervals hold what they promise on days that were held back, for series and for their sums."""

import numpy as np
import pytest

from makegood.engine import forecast
from tests.engine.forecast import series
from tests.engine.forecast.series import MONDAY


def covered(got, truth):
    """Shares within the 80 and the 95 per cent interval."""
    return [((truth >= low) & (truth <= high)).mean() for low, high in ((got.lo80, got.hi80), (got.lo95, got.hi95))]


@pytest.mark.parametrize("grouped", [False, True])
def test_hourly_intervals_are_calibrated(grouped):
    history = series.hourly(150, seed=11)
    groups = np.zeros(150, dtype=np.int64) if grouped else None
    eighty, ninety_five = covered(forecast.ahead(history[:, :-48], 48, groups=groups), history[:, -48:])
    assert 0.77 <= eighty <= 0.83
    assert 0.92 <= ninety_five <= 0.98


@pytest.mark.parametrize("drift", [0.0, 0.015, 0.03])
def test_daily_intervals_are_calibrated_among_siblings(drift):
    history = series.daily(300, 84 + 28, seed=12, drift=drift)
    got = forecast.daily(history[:, :84], 28, first_day=MONDAY, groups=np.zeros(300, dtype=np.int64))
    eighty, ninety_five = covered(got, history[:, 84:])
    assert 0.77 <= eighty <= 0.83
    assert 0.92 <= ninety_five <= 0.98


def test_intervals_widen_with_the_horizon():
    got = forecast.daily(series.daily(60, 84, seed=2), 60, first_day=MONDAY)
    width = (got.hi80 - got.lo80) / got.mean
    assert width[:, -7:].mean() > 1.3 * width[:, :7].mean()


def test_a_sum_is_the_sum_and_its_interval_holds_where_members_move_together():
    rng = np.random.default_rng(9)
    history = series.daily(400, 84 + 21, seed=9, drift=0.0).reshape(20, 20, -1)
    history *= np.exp(rng.normal(0, 0.15, (20, 1, 84 + 21)))  # what moves the twenty of a block
    history = history.reshape(400, -1)
    got = forecast.daily(history[:, :84], 21, first_day=MONDAY)
    inside, apart = [], []
    for block in range(20):
        members = range(20 * block, 20 * block + 20)
        whole, truth = forecast.totals.of(got, members), history[members, 84:].sum(axis=0)
        np.testing.assert_allclose(whole.mean[0], got.mean[members].sum(axis=0))
        inside.append(((truth >= whole.lo80[0]) & (truth <= whole.hi80[0])).mean())
        half = np.sqrt(((got.hi80 - got.mean)[members] ** 2).sum(axis=0))
        apart.append((np.abs(truth - whole.mean[0]) <= half).mean())
    assert 0.75 <= np.mean(inside) <= 0.87
    assert np.mean(apart) < 0.5  # adding up as if they erred apart would promise far too much
