"""A sample counted by day told apart by hour: nothing is lost, hours get their part of the curve, and only asked hours are parted."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine import outlook, supply, targeting
from makegood.engine.periods import Period
from makegood.engine.supply import hours
from makegood.engine.targeting import Predicate, Request, Targeting

MONDAY = dt.date(2026, 11, 30)
EVENINGS = frozenset(day * 24 + hour for day in range(5) for hour in range(18, 24))
CURVE = np.array([[1.0 if hour % 24 < 18 else 3.0 for hour in range(168)], [1.0] * 168])


def stock():
    rows = [Request(1, geo="US-CA"), Request(1, geo="US-NY"), Request(2)]
    return supply.from_requests(rows, [0.25, 0.75, 1.0]), np.array([0, 0, 1])


def count(split, group, aim, days=7):
    expected = outlook.Outlook(MONDAY, np.full((2, 14), 1_000.0), group)
    return outlook.count(split, expected, aim, Period(MONDAY, MONDAY + dt.timedelta(days=days - 1))).requests


def test_evenings_have_their_part_of_the_curve_and_no_other_question_changes():
    whole, group = stock()
    aim = Targeting((Predicate("hour_of_week", EVENINGS),))
    split, groups = hours.split(whole, group, CURVE, hours.asked([aim]))
    # 18 hours at 1 and 6 at 3 make half the day's requests; a flat day has a quarter of them in six hours
    assert count(split, groups, aim) == pytest.approx(5 * 500 + 5 * 250)
    assert count(split, groups, aim, days=1) == pytest.approx(750)
    assert count(split, groups, targeting.EVERYTHING) == pytest.approx(count(whole, group, targeting.EVERYTHING))
    in_california = Targeting((Predicate("geo", frozenset({"US-CA"})), Predicate("hour_of_week", EVENINGS)))
    assert count(split, groups, in_california) == pytest.approx(5 * 125)
    assert count(whole, group, aim) == 0, "without the split nothing would match"


def test_the_wider_hours_an_answer_offers_are_told_apart_too():
    whole, group = stock()
    split, groups = hours.split(whole, group, CURVE, [Predicate("hour_of_week", EVENINGS)])
    weekend = EVENINGS | {day * 24 + hour for day in (5, 6) for hour in range(18, 24)}
    assert count(split, groups, Targeting((Predicate("hour_of_week", frozenset(weekend)),))) == pytest.approx(7 * 750)
    workdays = frozenset(range(5 * 24))
    assert count(split, groups, Targeting((Predicate("hour_of_week", workdays),))) == pytest.approx(5 * 2_000)


@given(st.frozensets(st.integers(0, 167), min_size=1, max_size=60), st.frozensets(st.integers(0, 167), max_size=20), st.integers(0, 2**32 - 1))
def test_weights_add_up_and_any_hours_match_their_share(include, exclude, seed):
    whole, group = stock()
    curves = np.random.default_rng(seed).random((2, 168)) + 0.01
    predicate = Predicate("hour_of_week", include, exclude)
    split, groups = hours.split(whole, group, curves, [predicate])
    assert np.bincount(groups, split.weights) == pytest.approx(np.bincount(group, whole.weights))
    daily = curves.reshape(2, 7, 24)
    part = (daily / daily.sum(axis=2, keepdims=True)).reshape(2, 168)
    wanted = [hour for hour in include if hour not in exclude]
    assert count(split, groups, Targeting((predicate,))) == pytest.approx(1_000 * part[:, wanted].sum(), abs=1e-6)


def test_a_day_without_requests_in_its_curve_is_even():
    whole, group = stock()
    split, groups = hours.split(whole, group, np.zeros((2, 168)), [Predicate("hour_of_week", EVENINGS)])
    assert count(split, groups, Targeting((Predicate("hour_of_week", EVENINGS),))) == pytest.approx(2 * 5 * 250)
