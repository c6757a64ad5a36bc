import datetime as dt

import pytest

from makegood.engine import schedule
from makegood.engine.schedule import Due, Step, WorkingWeek

D = dt.date


def test_work_back_skips_weekends_and_holidays():
    steps = [
        Step("collect", 1, ("review",)),
        Step("review", 2, ("traffic",)),
        Step("traffic", 1, ("qa",)),
        Step("qa", 1),
    ]
    week = WorkingWeek(frozenset({D(2026, 1, 1)}))
    assert schedule.work_back(D(2026, 1, 5), steps, week) == [
        Due("collect", D(2025, 12, 26), D(2025, 12, 26)),
        Due("review", D(2025, 12, 29), D(2025, 12, 30)),
        Due("traffic", D(2025, 12, 31), D(2025, 12, 31)),
        Due("qa", D(2026, 1, 2), D(2026, 1, 2)),
    ]


def test_the_earliest_follower_decides():
    steps = [Step("brief", 1, ("short", "long")), Step("short", 1), Step("long", 4)]
    dues = {due.step: due.due for due in schedule.work_back(D(2026, 11, 20), steps)}
    assert dues == {"brief": D(2026, 11, 13), "long": D(2026, 11, 19), "short": D(2026, 11, 19)}


def test_circles_and_strangers_are_refused():
    with pytest.raises(schedule.ScheduleInvalid, match="a → b → a is a circle"):
        schedule.work_back(D(2026, 1, 5), [Step("a", 1, ("b",)), Step("b", 1, ("a",))])
    with pytest.raises(schedule.ScheduleInvalid, match="no step 'x'"):
        schedule.work_back(D(2026, 1, 5), [Step("a", 1, ("x",))])


@pytest.mark.parametrize(("days", "expected"), [(1, D(2026, 11, 23)), (-1, D(2026, 11, 19)), (0, D(2026, 11, 20))])
def test_shifting(days, expected):
    assert WorkingWeek().shift(D(2026, 11, 20), days) == expected
    assert WorkingWeek().shift(D(2026, 11, 22), 0) == D(2026, 11, 20)
