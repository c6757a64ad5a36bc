"""Days sold by share of voice: held to counting each day and placement by itself."""

import datetime

import hypothesis.strategies as st
from hypothesis import given

from makegood.engine.avails import Taken, days
from makegood.engine.periods import Period

MONDAY = datetime.date(2026, 12, 7)
DAY = datetime.timedelta(days=1)


def period(start, length):
    return Period(MONDAY + start * DAY, MONDAY + (start + length - 1) * DAY)


stretches = st.builds(period, st.integers(-4, 10), st.integers(1, 6))
taken = st.lists(st.tuples(stretches, st.booleans(), st.sampled_from([10, 25, 50, 100]), st.integers(1, 2)), max_size=8)


@given(stretches, taken, st.sampled_from([1, 25, 50, 100]))
def test_a_day_is_free_when_every_placement_has_the_share_left(wanted, rows, share):
    claims = [Taken(number, when, held, pct, place) for number, (when, held, pct, place) in enumerate(rows)]
    found = days(wanted, claims, share_pct=share, look_ahead=20)

    def left(day, held):
        there = [one for one in claims if day in one.period and (held or not one.held)]
        return all(sum(one.share_pct for one in there if one.placement_id == place) + share <= 100 for place in (1, 2))

    free = [day for day in wanted.dates() if left(day, held=True)]
    assert (found.available, found.short) == (len(free), wanted.days - len(free))
    assert found.reserved == sum(not left(day, held=False) for day in wanted.dates())
    assert found.matched - found.reserved - found.held - found.caps == found.available
    assert sum(one.units for one in found.contenders if not one.held) == found.reserved
    assert sum(one.units for one in found.contenders if one.held) == found.held
    if found.relaxations:
        start = datetime.datetime.strptime(found.relaxations[0].change, "start on %d %b %Y").date()
        assert start > wanted.start and all(left(start + n * DAY, held=True) for n in range(wanted.days))


def test_two_halves_fill_a_day_and_a_third_buyer_is_told_of_the_one_that_is_only_held():
    claims = [Taken(1, period(0, 2), False, 50, 7), Taken(2, period(1, 2), True, 50, 7)]
    found = days(period(0, 3), claims, share_pct=25)
    assert (found.available, found.reserved, found.held) == (2, 0, 1)
    assert [(one.line_id, one.units, one.held) for one in found.contenders] == [(2, 1, True)]
    assert days(period(0, 3), claims).available == 0
