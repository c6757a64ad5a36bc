import datetime as dt

import numpy as np
import pytest

from makegood.engine import forecast

MONDAY = dt.date(2026, 1, 5)
WEEK = np.array([1.2, 1.1, 1.1, 1.0, 1.0, 0.9, 0.7])


def walks(series=200, days=84, seed=3):
    rng = np.random.default_rng(seed)
    level = rng.uniform(1e3, 1e5, series)[:, None] * np.exp(np.cumsum(rng.normal(0, 0.015, (series, days)), axis=1))
    return level * WEEK[np.arange(days) % 7] * np.exp(rng.normal(0, 0.05, (series, days)))


def test_a_repeating_week_repeats():
    got = forecast.daily(np.tile(WEEK * 1000, 12)[None], 14, first_day=MONDAY)
    assert got.mean[0] == pytest.approx(np.tile(WEEK * 1000, 2), rel=0.03)
    assert (got.lo80 <= got.mean).all()
    assert (got.mean <= got.hi80).all()


def test_better_than_last_week_and_calibrated():
    history = walks()
    got = forecast.daily(history[:, :56], 28, first_day=MONDAY)
    truth, last_week = history[:, 56:], np.tile(history[:, 49:56], (1, 4))
    assert np.abs(truth - got.mean).mean() < np.abs(truth - last_week).mean()
    assert 0.72 <= ((truth >= got.lo80) & (truth <= got.hi80)).mean() <= 0.88


def test_a_holiday_seen_before_is_expected_again():
    history = np.tile(WEEK * 1000, 12)[None].copy()
    days = [MONDAY + dt.timedelta(days=n) for n in (10, 40, 70)]
    history[0, [10, 40, 70]] *= 0.4
    ahead = MONDAY + dt.timedelta(days=86)
    with_, without = (
        forecast.daily(history, 7, first_day=MONDAY, holidays=feasts) for feasts in ([*days, ahead], days)
    )
    assert with_.mean[0, 2] < 0.75 * without.mean[0, 2]


def test_missing_days_and_one_spike_do_not_move_it():
    history = np.tile(WEEK * 1000, 12)[None].copy()
    history[0, [20, 21, 22]] = np.nan
    history[0, 60] *= 20
    got = forecast.daily(history, 7, first_day=MONDAY)
    assert got.mean[0] == pytest.approx(WEEK * 1000, rel=0.15)


@pytest.mark.parametrize(
    ("history", "message"),
    [
        (np.ones((1, 5)), "at least 14 days"),
        (np.array([[1.0] * 14, [-1.0] * 14]), "series 1 holds a negative"),
        (np.full((1, 14), np.nan), "series 0 has no counts"),
    ],
)
def test_bad_histories_are_named(history, message):
    with pytest.raises(forecast.HistoryInvalid, match=message):
        forecast.daily(history, 3, first_day=MONDAY)
