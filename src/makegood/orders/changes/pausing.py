"""Pause and resume as operations: on which days flights are not served, without a promise changing."""

import datetime
from collections.abc import Mapping, Sequence

from makegood.core.errors import Invalid
from makegood.orders.changes import effects
from makegood.orders.changes.effects import Effect
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.progress import Progress, Stop
from makegood.orders.changes.state import State, day, flight, line

ONE_DAY = datetime.timedelta(days=1)
Key = tuple[int, int]  # line, flight
Stops = dict[Key, tuple[Stop, ...]]


class Pause(Effect, frozen=True, kw_only=True, tag="delivery.pause", forbid_unknown_fields=True):
    """Not served from `first` to `last`, both included; without a last day until somebody resumes."""

    first: datetime.date
    last: datetime.date | None = None

    @property
    def says(self) -> str:
        """In words."""
        return f"Pause {self.what} {Stop(self.first, self.last)}"


class Resume(Effect, frozen=True, kw_only=True, tag="delivery.resume", forbid_unknown_fields=True):
    """Served again from `day` on, whatever pause would hold then."""

    day: datetime.date

    @property
    def says(self) -> str:
        """In words."""
        return f"Resume {self.what} on {self.day:%d %b}"


def planned(operations: Sequence[Operation], state: State, ran: Progress) -> Stops:
    """{flight: its pauses} of the flights the operations pause or resume, one after another. Invalid at the first that cannot be."""
    found: Stops = {}
    for one in effects.of(operations):
        if isinstance(one, Pause):
            found |= {key: _paused(one, key, state, ran, found) for key in one.flights}
        elif isinstance(one, Resume):
            found |= _resumed(one, ran, found)
    return found


def _now(key: Key, ran: Progress, found: Mapping[Key, tuple[Stop, ...]]) -> tuple[Stop, ...]:
    return found.get(key, ran.line(key[0]).flight(key[1]).stops)


def _paused(one: Pause, key: Key, state: State, ran: Progress, found: Stops) -> tuple[Stop, ...]:
    place, wanted = f"line {key[0]}, flight {key[1]}", Stop(one.first, one.last)
    end = day(flight(line(state, key[0]), key[1])["end"])
    if one.first < ran.today:
        raise Invalid(f"{one.first} is over.", place=place, remedy=f"Pause it from {ran.today} or later.")
    if one.last is not None and one.last < one.first:
        raise Invalid(f"it would end {one.last}, before it begins {one.first}.", place=place, remedy="Give a later last day, or none.")
    if one.first > end or ran.line(key[0]).flight(key[1]).over:
        raise Invalid(f"it ends {end}.", place=place, remedy="Choose a day on which it runs.")
    had = _now(key, ran, found)
    other = next((stop for stop in had if stop.meets(wanted)), None)
    if other:
        raise Invalid(f"it is paused {other} already.", place=place, remedy="Resume it first, or choose other days.")
    return tuple(sorted((*had, wanted), key=lambda stop: stop.first))


def _resumed(one: Resume, ran: Progress, found: Stops) -> Stops:
    if one.day < ran.today:
        raise Invalid(f"{one.day} is over.", place=one.what, remedy=f"Resume it on {ran.today} or later.")
    now = {key: _now(key, ran, found) for key in one.flights}
    held = {key: had for key, had in now.items() if any(stop.reaches(one.day) for stop in had)}
    if not held:
        raise Invalid(f"nothing of it is paused on {one.day}.", place=one.what, remedy="Look at the days of its pauses.")
    return {key: tuple(short for stop in had if (short := _cut(stop, one.day))) for key, had in held.items()}


def _cut(stop: Stop, again: datetime.date) -> Stop | None:
    if not stop.reaches(again):
        return stop
    return Stop(stop.first, again - ONE_DAY) if stop.first < again else None


OPERATIONS = (Pause, Resume)
