"""Outlooks: weeks carried forward, holidays of the seller's country, new placements by their siblings, bounds, memory."""

import datetime

import pytest

from makegood.catalog import carried, supply
from makegood.catalog.actions import supply as recording
from makegood.core import calendars
from tests.factories import catalog
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
TODAY, DAY = NOW.date(), datetime.timedelta(days=1)


def week(day, level=50_000):
    return level if day.weekday() < 5 else int(0.4 * level)


def counted(code, days, level=50_000, but=None):
    """A placement with so many counted days; `but` changes what is counted on some."""
    place = catalog.placement(code)
    past = [TODAY - n * DAY for n in range(1, days + 1)]
    recording.record_days(place, {day: round(week(day, level) * (but or {}).get(day, 1)) for day in past}, by=None)
    return place


def ahead(place, days=14):
    return supply.outlook([place.pk], TODAY, TODAY + (days - 1) * DAY, today=TODAY)[place.pk]


def test_bounds_lie_around_the_requests_and_are_the_count_itself_where_the_day_is_over():
    place = counted("long", 100, but={TODAY - n * DAY: 1 + 0.1 * (n % 3 - 1) for n in range(1, 101)})
    found = supply.outlook([place.pk], TODAY - 2 * DAY, TODAY + 9 * DAY, today=TODAY)[place.pk]
    rows = list(zip(found.low95, found.low, found.requests, found.high, found.high95, strict=True))
    assert all(len(set(row)) == 1 for row in rows[:2])
    assert all(row == tuple(sorted(row)) for row in rows[2:])
    assert all(row[0] < row[1] < row[3] < row[4] for row in rows[2:])


def test_a_public_holiday_that_was_seen_last_year_is_expected_again():
    feasts = calendars.public("America/New_York", TODAY - 400 * DAY, TODAY + 30 * DAY)
    quiet = dict.fromkeys(feasts, 0.5)
    coming = next(day for day in sorted(feasts) if day >= TODAY and day.weekday() < 5)
    found = ahead(counted("feasts", 420, but=quiet), (coming - TODAY).days + 1)
    plain = ahead(counted("plain", 420), (coming - TODAY).days + 1)
    assert found.requests[-1] < 0.7 * plain.requests[-1]


def test_the_time_of_year_is_carried_forward_from_the_second_year_on():
    summer = {TODAY - n * DAY: 1 + 0.4 * (1 if 200 < (TODAY - n * DAY).timetuple().tm_yday < 300 else 0) for n in range(1, 731)}
    place = counted("year", 730, but=summer)
    later = next(TODAY + n * DAY for n in range(400) if (TODAY + n * DAY).timetuple().tm_yday == 250)
    away = next(TODAY + n * DAY for n in range(400) if (TODAY + n * DAY).timetuple().tm_yday == 100)
    found = supply.outlook([place.pk], TODAY, TODAY + 400 * DAY, today=TODAY)[place.pk]
    assert found.between(later - 3 * DAY, later + 3 * DAY) > 1.15 * found.between(away - 3 * DAY, away + 3 * DAY)


def test_a_new_placement_takes_its_week_from_its_siblings_and_its_level_from_its_days():
    counted("old-a", 90, 80_000), counted("old-b", 90, 20_000)
    new = counted("new", 5, 10_000)
    found = ahead(new)
    assert found.known
    assert found.requests == pytest.approx([week(TODAY + n * DAY, 10_000) for n in range(14)], rel=0.2)


def test_few_days_without_siblings_or_no_days_at_all_stay_unknown():
    alone = counted("alone", 5)
    assert (ahead(alone).known, sum(ahead(alone).high95)) == (False, 0)
    counted("old", 90)
    assert not ahead(counted("nothing", 0)).known
    assert ahead(alone).known


def test_a_forecast_does_not_depend_on_what_else_is_asked_and_is_remembered(django_assert_num_queries):
    one, other = counted("one", 60), counted("other", 300, 9_000)
    together = supply.outlook([one.pk, other.pk], TODAY, TODAY + 20 * DAY, today=TODAY)
    made = dict(carried._MADE)
    carried._MADE.clear()
    with django_assert_num_queries(1):
        assert supply.outlook([one.pk], TODAY, TODAY + 20 * DAY, today=TODAY)[one.pk] == together[one.pk]
    assert set(carried._MADE) < set(made)


def test_no_more_forecasts_are_remembered_than_a_thousand(monkeypatch):
    monkeypatch.setattr(carried, "REMEMBERED", 3)
    place = counted("busy", 60)
    for reach in (10, 40, 70, 100, 130):
        ahead(place, reach)
    assert len(carried._MADE) == 3


def test_the_country_is_that_of_the_zone():
    assert [calendars.country(zone) for zone in ("America/New_York", "Europe/Berlin", "Australia/Sydney", "UTC")] == ["US", "DE", "AU", "US"]
    assert calendars.public("Europe/Berlin", datetime.date(2026, 10, 1), TODAY)[datetime.date(2026, 10, 3)]
