import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import avails, outlook, supply, targeting
from makegood.engine.avails import Ask, Booked, Contender
from makegood.engine.eligibility import Scope
from makegood.engine.periods import Period
from makegood.engine.plan import FrequencyCap
from makegood.engine.targeting import Request
from tests.engine.requests import requests, targetings

D = dt.date
JANUARY = Period(D(2026, 1, 1), D(2026, 1, 31))
SPORT, NEWS = ({"section": ["sport"]}, {"section": ["news"]})
periods = st.tuples(st.integers(1, 28), st.integers(0, 10)).map(
    lambda p: Period(D(2026, 1, p[0]), min(D(2026, 1, p[0]) + dt.timedelta(days=p[1]), JANUARY.end))
)
scopes = st.builds(Scope, targetings(), periods)
booked = st.builds(
    Booked,
    line_id=st.integers(1, 99),
    scope=scopes,
    units=st.integers(0, 3000),
    priority=st.sampled_from(["sponsorship", "guaranteed", "non_guaranteed"]),
    held=st.booleans(),
    share=st.sampled_from([None, None, 0.25]),
)
caps = st.none() | st.builds(FrequencyCap, st.integers(1, 5), st.just(86_400))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(requests(), min_size=1, max_size=10),
    st.lists(booked, max_size=6),
    st.builds(Ask, scope=scopes, units=st.none() | st.integers(1, 5000), frequency_cap=caps),
)
def test_the_sum_is_exact_and_contenders_hold_the_rest(asked, book, ask):
    sample = supply.from_requests(asked, [50.0] * len(asked))
    (got,) = avails.check(sample, outlook.steady(sample, JANUARY), book, [ask])
    assert got.matched - got.reserved - got.held - got.caps == got.available
    assert min(got.reserved, got.held, got.caps, got.available) >= 0
    assert sum(one.units for one in got.contenders) == got.reserved + got.held
    assert sum(one.units for one in got.contenders if one.held) == got.held
    assert got.available <= got.possible <= got.matched
    assert all(one.gain > 0 and one.available == got.available + one.gain for one in got.relaxations)


def desk(book, ask):
    sample = supply.from_requests([Request(1, section="sport"), Request(1, section="news")], [1000.0, 1000.0])
    (got,) = avails.check(sample, outlook.steady(sample, JANUARY), book, [ask])
    return got


def scope(row, period=JANUARY):
    return Scope(targeting.from_json(row), period)


def test_a_line_that_can_move_harms_nobody():
    """Leftovers would say 15,500: the run-of-site line is spread over both sections. The flow moves it to news."""
    got = desk([Booked(1, scope({}), 31_000)], Ask(scope(SPORT)))
    assert (got.matched, got.reserved, got.available, got.contenders) == (31_000, 0, 31_000, ())
    stuck = desk([Booked(1, scope({}), 31_000), Booked(2, scope(NEWS), 20_000, held=True)], Ask(scope(SPORT)))
    assert (stuck.available, stuck.reserved, stuck.held) == (11_000, 20_000, 0)
    assert stuck.contenders == (Contender(1, 20_000, held=False),)


def test_only_overlapping_days_contend():
    first_half = Period(D(2026, 1, 1), D(2026, 1, 15))
    got = desk([Booked(1, scope(SPORT, first_half), 15_000)], Ask(scope(SPORT)))
    assert (got.matched, got.available) == (31_000, 16_000)


def test_lower_priority_may_be_displaced_but_is_not_by_default():
    book = [Booked(1, scope(SPORT), 30_000, priority="non_guaranteed")]
    got = desk(book, Ask(scope(SPORT)))
    assert (got.available, got.possible) == (1_000, 31_000)


def test_share_of_voice_comes_off_the_top():
    got = desk([Booked(1, scope({}), 0, priority="sponsorship", share=0.4)], Ask(scope(SPORT)))
    assert got.available == pytest.approx(31_000 * 0.6, abs=1)
    assert got.contenders[0].line_id == 1


def test_relaxations_are_computed_and_ranked():
    ask = Ask(scope(SPORT, Period(D(2026, 1, 8), D(2026, 1, 14))), units=10_000, frequency_cap=FrequencyCap(1, 86_400))
    got = desk([], ask)
    assert (got.matched, got.caps, got.available, got.short) == (7_000, 5_600, 1_400, 8_600)
    assert [(one.change, one.gain) for one in got.relaxations] == [
        ("drop the section targeting", 1_400),
        ("end on 21 Jan 2026", 1_400),
        ("start on 01 Jan 2026", 1_400),
        ("raise the frequency cap to 2", 1_120),
    ]
    assert desk([], replace(ask, units=1_400)).relaxations == ()


def test_hours_occur_on_their_own_weekday():
    sample = supply.from_requests([Request(1, hour_of_week=h) for h in (10, 34)], [100.0, 100.0])
    monday = Period(D(2026, 1, 5), D(2026, 1, 5))
    (got,) = avails.check(sample, outlook.steady(sample, JANUARY), [], [Ask(scope({}, monday))])
    assert got.matched == 700


def test_days_outside_the_forecast_hold_nothing_and_misfits_are_named():
    sample = supply.from_requests([Request(1)], [100.0])
    (got,) = avails.check(
        sample, outlook.steady(sample, JANUARY), [], [Ask(scope({}, Period(D(2027, 1, 1), D(2027, 1, 9))))]
    )
    assert (got.matched, got.available) == (0, 0)
    bad = outlook.Outlook(JANUARY.start, np.ones((1, 31)), np.zeros(5, dtype=np.int64))
    with pytest.raises(outlook.OutlookInvalid, match="1 supply rows, 5 group numbers"):
        avails.check(sample, bad, [], [Ask(scope({}))])


def test_exclusive_days():
    week = Period(D(2026, 1, 5), D(2026, 1, 11))
    taken = [
        avails.Taken(1, Period(D(2026, 1, 1), D(2026, 1, 6))),
        avails.Taken(2, Period(D(2026, 1, 6), D(2026, 1, 7)), held=True),
    ]
    got = avails.days(week, taken)
    assert (got.matched, got.reserved, got.held, got.available) == (7, 2, 1, 4)
    assert got.contenders == (Contender(1, 2, held=False), Contender(2, 1, held=True))
    assert [(one.change, one.gain) for one in got.relaxations] == [("start on 08 Jan 2026", 3)]
    assert avails.days(week, []).available == 7
