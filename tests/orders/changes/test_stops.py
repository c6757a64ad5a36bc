"""Invariants of pauses collected one after another: they never meet, a resumed day is served, nothing before today moves."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.core.errors import Invalid
from makegood.orders.changes.pausing import Pause, Resume, planned
from makegood.orders.changes.progress import FlightRan, LineRan, Progress, Stop

TODAY = datetime.date(2027, 1, 10)
DAYS = st.integers(-5, 40).map(lambda days: TODAY + datetime.timedelta(days=days))
STATE = {"lines": [{"number": 1, "flights": [{"number": 1, "start": "2027-01-01", "end": "2027-02-15", "placements": [1]}]}]}
BEFORE = Stop(TODAY - datetime.timedelta(days=4), TODAY - datetime.timedelta(days=2))
RAN = Progress(TODAY, {1: LineRan("live", flights={1: FlightRan("live", stops=(BEFORE,))})})


@st.composite
def operation(draw) -> Pause | Resume:
    if draw(st.booleans()):
        return Pause(flights=((1, 1),), first=draw(DAYS), last=draw(st.none() | DAYS))
    return Resume(flights=((1, 1),), day=draw(DAYS))


def held(stops: tuple[Stop, ...], day: datetime.date) -> bool:
    return any(one.first <= day and one.reaches(day) for one in stops)


@settings(max_examples=150, deadline=None)
@given(st.lists(operation(), max_size=8))
def test_pauses_never_meet_and_each_operation_does_what_it_says(wanted):
    done, stops = [], (BEFORE,)
    for one in wanted:
        try:
            found = planned([*done, one], STATE, RAN)[1, 1]
        except Invalid:
            continue
        assert found == tuple(sorted(found, key=lambda stop: stop.first)) and BEFORE in found
        assert not any(a.meets(b) for at, a in enumerate(found) for b in found[at + 1 :])
        for number in range(-5, 41):
            day = TODAY + datetime.timedelta(days=number)
            asked = isinstance(one, Pause) and one.first <= day and (one.last is None or day <= one.last)
            freed = isinstance(one, Resume) and day >= one.day
            assert held(found, day) == (asked or (held(stops, day) and not freed))
        done, stops = [*done, one], found
