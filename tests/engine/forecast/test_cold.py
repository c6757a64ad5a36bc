"""A new placement takes its shape from its siblings and its level from what little was counted."""

import numpy as np
import pytest

from makegood.engine import forecast
from tests.engine.forecast import series
from tests.engine.forecast.series import MONDAY


@pytest.fixture
def siblings():
    history = series.daily(40, 84 + 14, seed=21)
    return history, forecast.daily(history[10:, :84], 14, first_day=MONDAY)


def new(history, days):
    seen = np.full((10, 84), np.nan)
    if days:
        seen[:, -days:] = history[:10, 84 - days : 84]
    return seen


def test_a_few_days_and_siblings_beat_a_flat_line(siblings):
    history, known = siblings
    truth = history[:10, 84:]
    got = forecast.started(new(history, 4), history[10:, :84], known)
    flat = history[:10, 80:84].mean(axis=1, keepdims=True)
    assert np.abs(got.mean - truth).mean() < 0.75 * np.abs(flat - truth).mean()


def test_with_nothing_seen_the_level_is_the_siblings_and_the_interval_wide(siblings):
    history, known = siblings
    nothing, little = (forecast.started(new(history, days), history[10:, :84], known) for days in (0, 5))
    assert (nothing.mean == nothing.mean[0]).all()
    assert known.level.min() < nothing.level[0] < known.level.max()
    assert ((nothing.hi80 - nothing.lo80) / nothing.mean).mean() > 3 * ((little.hi80 - little.lo80) / little.mean).mean()
    truth = history[:10, 84:]
    assert ((truth >= little.lo95) & (truth <= little.hi95)).mean() > 0.85


def test_without_siblings_there_is_no_start():
    empty = np.empty((0, 84))
    with pytest.raises(forecast.HistoryInvalid, match="no siblings"):
        forecast.started(np.ones((1, 84)), empty, forecast.daily(np.ones((1, 14)), 3, first_day=MONDAY))
