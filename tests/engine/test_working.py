"""Working hours: adding them lands in working time, and the time between is what was added."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine.schedule import WorkingWeek
from makegood.engine.working import NeverWorks, WorkingHours

NEW_YORK = WorkingHours("America/New_York", WorkingWeek(frozenset({dt.date(2026, 11, 26)})))
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1), timezones=st.just(dt.UTC))


def local(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=ZoneInfo("America/New_York")).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("at", "hours", "due"),
    [
        (local(2026, 11, 25, 10), 4, local(2026, 11, 25, 14)),
        (local(2026, 11, 25, 15), 4, local(2026, 11, 27, 11)),  # over Thanksgiving
        (local(2026, 11, 27, 16), 2, local(2026, 11, 30, 10)),  # over the weekend
        (local(2026, 11, 28, 3), 0, local(2026, 11, 30, 9)),
        (local(2026, 3, 6, 16), 2, local(2026, 3, 9, 10)),  # the clocks went forward on the 8th
    ],
)
def test_hours_pass_while_work_is_done(at, hours, due):
    assert NEW_YORK.after(at, hours) == due


@given(MOMENTS, st.floats(0.1, 60), st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]))
def test_between_undoes_after(at, hours, zone):
    clock = WorkingHours(zone)
    due = clock.after(at, hours)
    assert abs(clock.between(at, due).total_seconds() - hours * 3600) < 1e-3
    assert clock.opens <= due.astimezone(ZoneInfo(zone)).time() <= clock.closes


@given(MOMENTS, MOMENTS, MOMENTS)
def test_time_adds_up(one, two, three):
    first, middle, last = sorted((one, two, three))
    assert NEW_YORK.between(first, middle) + NEW_YORK.between(middle, last) == NEW_YORK.between(first, last)


def test_who_never_works_is_never_due():
    with pytest.raises(NeverWorks):
        WorkingHours("UTC", WorkingWeek(weekend=frozenset(range(7)))).after(local(2026, 1, 1), 1)
