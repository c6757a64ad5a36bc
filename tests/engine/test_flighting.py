"""Flights laid out over a line: goals sum exactly, days stay inside, hiatus weeks stay empty."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine import broadcast, flighting
from makegood.engine.flighting import Curve, Every, Flighting, FlightingInvalid
from makegood.engine.periods import Period

DEC = datetime.date(2026, 12, 1)


def day(number: int) -> datetime.date:
    return datetime.date(2026, 12, number)


@given(
    st.integers(1, 10**9), st.integers(0, 90), st.integers(0, 120), st.sampled_from(Every), st.sampled_from(Curve),
    st.frozensets(st.integers(0, 120), max_size=4),
)  # fmt: skip
def test_goals_sum_and_days_are_open_once(quantity, first, length, every, curve, hiatus):
    start = DEC + datetime.timedelta(days=first)
    line = Period(start, start + datetime.timedelta(days=length))
    closed = frozenset(start + datetime.timedelta(days=n) for n in hiatus)
    try:
        found = flighting.lay_out(quantity, line, Flighting(every, curve, hiatus=closed))
    except FlightingInvalid:
        open_days = [one for one in line.dates() if broadcast.week(one)[0] not in {broadcast.week(other)[0] for other in closed}]
        assert not open_days or quantity < len(line.dates()) * (len(line.dates()) + 1)
        return
    assert sum(goal for _, _, goal in found) == quantity
    days = [one for start, end, _ in found for one in Period(start, end).dates()]
    assert (days, len(days)) == (sorted(days), len(set(days)))
    assert all(one in line and broadcast.week(one)[0] not in {broadcast.week(other)[0] for other in closed} for one in days)
    assert min(goal for _, _, goal in found) >= 1


def test_a_week_counts_from_the_lines_first_day_and_a_broadcast_week_from_monday():
    line = Period(day(3), day(16))  # a Thursday
    assert [(start.day, end.day) for start, end, _ in flighting.lay_out(140, line, Flighting(Every.WEEK))] == [(3, 9), (10, 16)]
    assert [(start.day, end.day, goal) for start, end, goal in flighting.lay_out(140, line, Flighting(Every.BROADCAST_WEEK))] == [(3, 6, 40), (7, 13, 70), (14, 16, 30)]


def test_front_loaded_falls_and_own_percentages_are_kept():
    line = Period(day(7), day(27))
    goals = lambda how: [goal for _, _, goal in flighting.lay_out(1000, line, how)]  # noqa: E731
    assert goals(Flighting(Every.WEEK, Curve.FRONT)) == [500, 333, 167]
    assert goals(Flighting(Every.WEEK, Curve.BACK)) == [167, 333, 500]
    assert goals(Flighting(Every.WEEK, shares=(Decimal(50), Decimal(20), Decimal(30)))) == [500, 200, 300]


def test_a_hiatus_inside_one_flight_makes_two():
    found = flighting.lay_out(210, Period(day(7), day(27)), Flighting(hiatus=frozenset({day(16)})))
    assert [(start.day, end.day, goal) for start, end, goal in found] == [(7, 13, 105), (21, 27, 105)]


@pytest.mark.parametrize(("how", "says"), [
    (Flighting(Every.WEEK, shares=(Decimal(50), Decimal(50))), "2 percentages for 3"), (Flighting(Every.WEEK, shares=(Decimal(50), Decimal(40), Decimal(20))), "sum to 110"),
    (Flighting(hiatus=frozenset({day(7), day(14), day(21)})), "no day"), (Flighting(Every.DAY, Curve.FRONT), "cannot be divided"),
])  # fmt: skip
def test_what_cannot_be_is_said(how, says):
    with pytest.raises(FlightingInvalid, match=says):
        flighting.lay_out(20, Period(day(7), day(27)), how)
