import datetime as dt
from itertools import pairwise

import pytest

from makegood.engine import broadcast, fiscal, periods
from makegood.engine.periods import Calendar, Period

D = dt.date


@pytest.mark.parametrize("calendar", list(Calendar))
def test_each_day_of_the_century_is_in_exactly_one_period(calendar):
    found = periods.periods_between(D(2001, 1, 1), D(2100, 12, 31), calendar)
    assert found[0].start <= D(2001, 1, 1)
    assert found[-1].end >= D(2100, 12, 31)
    assert all(b.start - a.end == dt.timedelta(days=1) for a, b in pairwise(found))
    assert all(periods.period_of(p.end, calendar) == p == periods.period_of(p.start, calendar) for p in found)


def test_broadcast_months_of_2026_end_on_the_published_sundays():
    ends = [broadcast.month(2026, n)[1] for n in range(1, 13)]
    published = [
        (1, 25),
        (2, 22),
        (3, 29),
        (4, 26),
        (5, 31),
        (6, 28),
        (7, 26),
        (8, 30),
        (9, 27),
        (10, 25),
        (11, 29),
        (12, 27),
    ]
    assert ends == [D(2026, month, day) for month, day in published]


def test_broadcast_months_are_four_or_five_weeks_of_whole_weeks():
    for year in range(2001, 2101):
        months = [Period(*broadcast.month(year, n)) for n in range(1, 13)]
        assert {m.days for m in months} == {28, 35}
        assert all(m.start.weekday() == 0 for m in months)
        assert sum(m.days for m in months) in (52 * 7, 53 * 7)


def test_broadcast_weeks_cover_the_range():
    assert broadcast.weeks(D(2026, 1, 1), D(2026, 1, 5)) == [
        (D(2025, 12, 29), D(2026, 1, 4)),
        (D(2026, 1, 5), D(2026, 1, 11)),
    ]


@pytest.mark.parametrize(
    ("year", "start", "weeks"), [(2022, D(2022, 1, 30), 52), (2023, D(2023, 1, 29), 53), (2024, D(2024, 2, 4), 52)]
)
def test_retail_years_start_where_the_nrf_says(year, start, weeks):
    rule = fiscal.RETAIL_FOUR_FIVE_FOUR
    assert fiscal.year_start(year, rule) == start
    assert (fiscal.year_start(year + 1, rule) - start).days == weeks * 7


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/London", D(2026, 3, 29), 23),
        ("Europe/London", D(2026, 10, 25), 25),
        ("Europe/London", D(2026, 6, 1), 24),
        ("Australia/Lord_Howe", D(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", D(2026, 10, 4), 23.5),
        ("America/Sao_Paulo", D(2018, 11, 4), 23),
    ],
)
def test_day_bounds_follow_the_clock(zone, day, hours):
    start, end = periods.day_bounds(day, zone)
    assert (end - start) == dt.timedelta(hours=hours)
    assert periods.day_bounds(day + dt.timedelta(days=1), zone)[0] == end


def test_a_midnight_that_does_not_exist_starts_the_day_at_one():
    start, _ = periods.day_bounds(D(2018, 11, 4), "America/Sao_Paulo")
    assert start == dt.datetime(2018, 11, 4, 3, tzinfo=dt.UTC)


def test_clipping_and_labels():
    assert periods.periods_between(D(2026, 1, 10), D(2026, 2, 3), Calendar.MONTH, clip=True) == [
        Period(D(2026, 1, 10), D(2026, 1, 31)),
        Period(D(2026, 2, 1), D(2026, 2, 3)),
    ]
    assert (
        periods.label(periods.period_of(D(2025, 12, 30), Calendar.BROADCAST), Calendar.BROADCAST)
        == "broadcast January 2026"
    )
    assert (
        periods.label(periods.period_of(D(2026, 3, 1), Calendar.FISCAL_454), Calendar.FISCAL_454)
        == "fiscal 2026 month 2"
    )


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="ends 2026-01-01 before it starts 2026-01-02"):
        Period(D(2026, 1, 2), D(2026, 1, 1))


def test_hour_of_week_is_local():
    assert periods.hour_of_week(dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC), "Europe/Berlin") == 0
