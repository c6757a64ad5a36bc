"""Daily forecasts: weeks, holidays, events, the time of year, odd days and the words for bad histories."""

import datetime as dt

import numpy as np
import pytest

from makegood.engine import forecast
from tests.engine.forecast import series
from tests.engine.forecast.series import MONDAY, WEEK


def after(days):
    return MONDAY + dt.timedelta(days=days)


def test_a_repeating_week_repeats():
    got = forecast.daily(np.tile(WEEK * 1000, 12)[None], 14, first_day=MONDAY)
    assert got.mean[0] == pytest.approx(np.tile(WEEK * 1000, 2), rel=0.03)
    assert (got.lo95 <= got.lo80).all()
    assert (got.lo80 <= got.mean).all()
    assert (got.mean <= got.hi80).all()
    assert (got.hi80 <= got.hi95).all()


def test_better_than_last_week():
    history = series.daily()
    got = forecast.daily(history[:, :56], 28, first_day=MONDAY)
    truth, last_week = history[:, 56:], np.tile(history[:, 49:56], (1, 4))
    assert np.abs(truth - got.mean).mean() < 0.9 * np.abs(truth - last_week).mean()


def test_a_holiday_seen_before_is_expected_again():
    history = np.tile(WEEK * 1000, 12)[None].copy()
    history[0, [10, 40, 70]] *= 0.4
    days = [after(n) for n in (10, 40, 70)]
    with_, without = (forecast.daily(history, 7, first_day=MONDAY, holidays=feasts) for feasts in ([*days, after(86)], days))
    assert with_.mean[0, 2] < 0.65 * without.mean[0, 2]
    assert with_.mean[0, [0, 1, 3, 4, 5, 6]] == pytest.approx(without.mean[0, [0, 1, 3, 4, 5, 6]])


def test_siblings_teach_a_holiday_by_name_and_strangers_do_not():
    history = series.daily(30, 84, seed=8)
    names = {after(20): "quiet", after(60): "busy", after(86): "quiet", after(88): "busy"}
    history[:, 20], history[:, 60] = 0.5 * history[:, 20], 1.6 * history[:, 60]
    history[0, [20, 60]] = np.nan  # counted on no holiday itself
    plain = forecast.daily(history, 7, first_day=MONDAY, holidays=dict(list(names.items())[:2])).mean
    alone = forecast.daily(history, 7, first_day=MONDAY, holidays=names).mean / plain
    together = forecast.daily(history, 7, first_day=MONDAY, holidays=names, groups=np.zeros(30, dtype=np.int64)).mean / plain
    assert together[:, 2] == pytest.approx(np.full(30, 0.5), rel=0.15)
    assert together[:, 4] == pytest.approx(np.full(30, 1.6), rel=0.15)
    assert alone[0, [2, 4]] == pytest.approx([1.0, 1.0])


def test_a_known_event_is_taken_out_of_the_past_and_put_into_the_future():
    history = np.tile(WEEK * 1000, 12)[None].repeat(2, axis=0)
    history[0, 80:84] *= 3
    said = [forecast.Event(after(80), after(83), 3.0, frozenset({0})), forecast.Event(after(85), after(85), 2.0, frozenset({0}))]
    got = forecast.daily(history, 7, first_day=MONDAY, events=said)
    assert got.mean[0] == pytest.approx(got.mean[1] * [1, 2, 1, 1, 1, 1, 1], rel=0.01)
    with pytest.raises(forecast.EventInvalid, match="factor above 0"):
        forecast.daily(history, 7, first_day=MONDAY, events=[forecast.Event(MONDAY, MONDAY, 0.0)])


def test_the_time_of_year_is_learnt_from_two_years_and_helps():
    days = np.arange(730 + 90)
    history = series.daily(12, 730 + 90, seed=4, drift=0.002) * (1 + 0.35 * np.sin(2 * np.pi * days / 365.25))
    truth = history[:, 730:]
    long = forecast.daily(history[:, :730], 90, first_day=MONDAY).mean
    short = forecast.daily(history[:, 600:730], 90, first_day=after(600)).mean
    assert np.abs(truth - long).mean() < 0.7 * np.abs(truth - short).mean()


def test_together_is_one_by_one_whenever_each_began():
    history = series.daily(4, 120)
    history[0, :100], history[2, :60] = np.nan, np.nan
    both = forecast.daily(history, 30, first_day=MONDAY, holidays=[after(90), after(130)])
    for row in range(4):
        alone = forecast.daily(history[[row]], 30, first_day=MONDAY, holidays=[after(90), after(130)])
        since = int((~np.isnan(history[row])).argmax())
        trimmed = forecast.daily(history[[row], since:], 30, first_day=after(since), holidays=[after(90), after(130)])
        for part in ("mean", "lo80", "hi80", "lo95", "hi95"):
            np.testing.assert_allclose(getattr(both, part)[[row]], getattr(alone, part), rtol=1e-9)
            np.testing.assert_allclose(getattr(both, part)[[row]], getattr(trimmed, part), rtol=1e-9)


def test_missing_days_and_one_spike_do_not_move_it():
    history = np.tile(WEEK * 1000, 12)[None].copy()
    history[0, [20, 21, 22]] = np.nan
    history[0, 60] *= 20
    got = forecast.daily(history, 7, first_day=MONDAY)
    assert got.mean[0] == pytest.approx(WEEK * 1000, rel=0.05)


def test_an_odd_last_day_is_damped_and_a_lasting_change_is_not():
    odd, lasting = (series.daily(20, 84, seed=6, drift=0.0) for _ in range(2))
    usual = forecast.daily(odd, 7, first_day=MONDAY).mean.sum()
    odd[:, -1] *= 5
    lasting[:, -14:] *= 2
    assert forecast.daily(odd, 7, first_day=MONDAY).mean.sum() == pytest.approx(usual, rel=0.1)
    assert forecast.daily(lasting, 7, first_day=MONDAY).mean.sum() > 1.7 * usual


@pytest.mark.parametrize(
    ("history", "message"),
    [
        (np.ones((1, 5)), "series 0 has 5 steps and needs at least 14 steps"),
        (np.ones(20), r"shape \(20,\)"),
        (np.array([[1.0] * 14, [-1.0] * 14]), "series 1 holds a negative"),
        (np.array([[1.0] * 14, [np.inf] * 14]), "series 1 holds an infinite"),
        (np.full((1, 14), np.nan), "series 0 has no counts"),
        (np.array([[1.0] * 20, [np.nan] * 10 + [1.0] * 10]), "series 1 has 10 steps"),
    ],
)
def test_bad_histories_are_named(history, message):
    with pytest.raises(forecast.HistoryInvalid, match=message):
        forecast.daily(history, 3, first_day=MONDAY)
