import datetime as dt

import numpy as np
import pytest

from makegood.engine import outlook, supply, targeting
from makegood.engine.outlook import Outlook, OutlookInvalid, Spread
from makegood.engine.periods import Period
from makegood.engine.supply import Column, Supply, SupplyInvalid
from makegood.engine.targeting import Request

MONDAY = dt.date(2026, 1, 5)
WEEK = Period(MONDAY, MONDAY + dt.timedelta(days=6))
CTV = targeting.from_json({"device": ["ctv"]})


def population(rng, rows=20_000):
    """Requests of equal weight in five placements, each with its own share of connected TV."""
    place = rng.integers(0, 5, rows)
    ctv = rng.random(rows) < np.array([0.02, 0.05, 0.1, 0.3, 0.5])[place]
    device = Column(("ctv", "mobile"), np.where(ctv, 0, 1).astype(np.int32))
    whole = Supply({"device": device, "placement": Column((0, 1, 2, 3, 4), place.astype(np.int32))}, np.ones(rows))
    return whole, place


def covered(rng, *, rows, error, days=7, runs=300):
    """How often the interval holds the truth, for samples of `rows` a placement and a forecast wrong by `error`."""
    whole, place = population(rng)
    period = Period(MONDAY, MONDAY + dt.timedelta(days=days - 1))
    truth = np.bincount(place, whole.weights)[:, None] * np.ones(days)
    wanted = float((whole.columns["device"].codes == 0).sum()) * days
    hits = 0
    for _ in range(runs):
        drawn = supply.thinned(whole, place, rows, rng) if rows else Supply(whole.columns, whole.weights, census=True)
        group = drawn.columns["placement"].codes.astype(np.int64)
        totals = truth * (1 + error * rng.standard_normal((5, 1)))
        spread = Spread(np.full((5, days), error) * truth)
        found = outlook.count(drawn, Outlook(MONDAY, np.maximum(totals, 0), group, spread), CTV, period)
        hits += found.lo80 <= wanted <= found.hi80
    return hits / runs


@pytest.mark.parametrize(("rows", "error"), [(200, 0.0), (0, 0.1), (400, 0.05), (60, 0.2)])
def test_the_interval_covers_the_truth_four_times_in_five(rows, error):
    assert 0.74 <= covered(np.random.default_rng(7 + rows), rows=rows, error=error) <= 0.86


def test_independent_days_need_a_narrower_interval_and_calling_them_dependent_widens_it():
    def half(together):
        rows = supply.from_requests([Request(1)], [1.0])
        spread = Spread(np.full((1, 7), 10.0), between_days=together)
        seen = outlook.count(
            rows, Outlook(MONDAY, np.full((1, 7), 100.0), np.zeros(1, dtype=np.int64), spread), targeting.EVERYTHING, WEEK
        )
        return seen.forecast_80

    assert half(1.0) == pytest.approx(half(0.0) * np.sqrt(7))


def test_counts_follow_dates_weekdays_and_targeting():
    rows = supply.from_requests([Request(1, hour_of_week=10), Request(1, hour_of_week=34), Request(2)], [1.0, 3.0, 2.0])
    view = Outlook(MONDAY, np.array([[70.0] * 7, [20.0] * 7]), np.array([0, 0, 1]))
    first = targeting.from_json({"placement": [1]})
    whole = outlook.count(rows, view, first, WEEK)
    assert whole.requests == pytest.approx(140)  # Mondays and Tuesdays only: the sample saw placement 1 on no other day
    assert outlook.count(rows, view, first, Period(MONDAY, MONDAY)).requests == pytest.approx(70)
    assert outlook.count(rows, view, targeting.from_json({"placement": [2]}), WEEK).requests == pytest.approx(140)


def test_nothing_seen_is_not_nothing_for_sure():
    rows = supply.from_requests([Request(1, device="mobile")] * 100, [1.0] * 100)
    view = outlook.steady(rows, WEEK)
    found = outlook.count(rows, view, CTV, WEEK)
    assert (found.requests, found.lo80) == (0, 0)
    assert 5 < found.hi80 < 20
    sure = Supply(rows.columns, rows.weights, census=True)
    assert outlook.count(sure, view, CTV, WEEK).hi80 == 0


def test_bounds_become_a_spread():
    spread = outlook.from_bounds(np.array([[80.0]]), np.array([[120.0]]))
    assert spread.sd[0, 0] == pytest.approx(20 / outlook.spread.Z80)


def test_bad_input_is_named():
    rows = supply.from_requests([Request(1)], [1.0])
    one = np.zeros(1, dtype=np.int64)
    with pytest.raises(SupplyInvalid, match="no rows to count on"):
        outlook.count(supply.from_requests([], []), outlook.steady(rows, WEEK), CTV, WEEK)
    with pytest.raises(OutlookInvalid, match=r"group 0, 2026-01-06: forecast nan"):
        Outlook(MONDAY, np.array([[1.0, np.nan]]), one)
    with pytest.raises(OutlookInvalid, match=r"group 0, 2026-01-05: spread -1.0"):
        Outlook(MONDAY, np.ones((1, 1)), one, Spread(-np.ones((1, 1))))
    with pytest.raises(OutlookInvalid, match=r"shape \(1, 2\), their spread \(1, 1\)"):
        Outlook(MONDAY, np.ones((1, 2)), one, Spread(np.ones((1, 1))))
    with pytest.raises(OutlookInvalid, match="outside the forecast"):
        outlook.count(rows, outlook.steady(rows, Period(MONDAY, MONDAY)), CTV, WEEK)
    with pytest.raises(ValueError, match="correlation between days is 2"):
        Spread(np.ones((1, 1)), between_days=2)
