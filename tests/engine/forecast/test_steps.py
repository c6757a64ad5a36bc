"""Hourly forecasts: against the seasons repeated, one by one and together, with zeros, gaps and short series."""

import datetime as dt

import numpy as np
import pytest

from makegood.engine import forecast
from makegood.engine.forecast import seasons
from tests.engine.forecast import series

HELD = 48


def test_better_than_both_seasonal_naives():
    history = series.hourly()
    past, truth = history[:, :-HELD], history[:, -HELD:]
    off = np.abs(forecast.ahead(past, HELD).mean - truth).mean(axis=1)
    for naive in (np.tile(past[:, -24:], (1, 2)), past[:, -168 : -168 + HELD]):
        assert (off / np.abs(naive - truth).mean(axis=1)).mean() < 0.9


def test_together_is_one_by_one():
    history = series.hourly(5)
    history[2, :300] = np.nan
    history[3, 400:410] = np.nan
    both = forecast.ahead(history, HELD)
    for row in range(5):
        alone = forecast.ahead(history[[row]], HELD)
        for part in ("mean", "lo80", "hi80", "lo95", "hi95"):
            np.testing.assert_allclose(getattr(both, part)[[row]], getattr(alone, part), rtol=1e-9)


def test_siblings_share_the_shape_of_errors_not_the_mean():
    history = series.hourly(6)
    alone, grouped = (forecast.ahead(history, HELD, groups=groups) for groups in (None, np.array([0, 0, 0, 1, 1, 1])))
    np.testing.assert_array_equal(alone.mean, grouped.mean)
    assert (alone.hi80 != grouped.hi80).any()
    np.testing.assert_allclose(forecast.ahead(history[:3], HELD, groups=np.zeros(3, dtype=np.int64)).hi80, grouped.hi80[:3])


@pytest.mark.parametrize("history", [np.zeros((1, 700)), np.full((1, 340), 7.0), np.tile([0.0] * 20 + [3.0] * 4, 30)[None]])
def test_silence_constants_and_nights_without_traffic_are_forecast_as_they_are(history):
    got = forecast.ahead(history, 24)
    expected = np.resize(history[0, -168:], 24) if history.shape[1] >= 336 else history[0, :24]
    assert got.mean[0] == pytest.approx(expected, abs=0.05)
    assert np.isfinite(got.hi95).all()


def test_half_hours_have_seasons_of_their_own():
    history = np.repeat(series.hourly(3), 2, axis=1)
    got = forecast.ahead(history[:, :-96], 96, seasons=forecast.HALF_HOURLY)
    naive = history[:, -96 - 48 : -96].repeat(2, axis=0).reshape(3, 96)
    assert np.abs(got.mean - history[:, -96:]).mean() < np.abs(naive - history[:, -96:]).mean()


def test_seasons_are_told_by_the_step_or_heard():
    assert seasons.every(dt.timedelta(hours=1)) == forecast.HOURLY
    assert seasons.every(dt.timedelta(minutes=15)) == forecast.Seasons(96, 672)
    with pytest.raises(forecast.SeasonsUnknown, match="divide a day"):
        seasons.every(dt.timedelta(hours=7))
    one = series.hourly(1)[0]
    assert seasons.heard(one) == forecast.HOURLY
    assert seasons.heard(np.repeat(one, 2)) == forecast.HALF_HOURLY
    assert seasons.heard(series.daily(1, 200, drift=0.0)[0]) == forecast.DAILY
    assert seasons.heard(np.ones(100)) == forecast.HOURLY


def test_nothing_to_forecast_is_refused():
    with pytest.raises(forecast.HistoryInvalid, match="horizon of 0"):
        forecast.ahead(series.hourly(1), 0)
    with pytest.raises(forecast.HistoryInvalid, match="needs at least 336 steps"):
        forecast.ahead(series.hourly(1)[:, :335], 24)
