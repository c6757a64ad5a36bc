"""R3: duplicates, lateness and any order change no count; by night a million events and twenty seeds."""

import dataclasses
import datetime
import random

import pytest

from makegood.adserver.events import Event
from makegood.delivery.actions import counting
from tests.delivery.test_counting import event, flight, totals, write  # noqa: F401
from tests.factories.accounts import NOW

HOUR_MS = 3_600_000
MARKS = ({"bot": "GoogleBot"}, {"datacentre": True}, {"prefetch": True}, {"test": True})
REASONS = ("known_bot", "data_centre", "prefetch", "self_test")
SIZES = [pytest.param(4_000, 1, id="push"), *(pytest.param(1_000_000, n, id=f"night-{n}", marks=pytest.mark.nightly) for n in range(1, 21))]


def history(flight, size: int, draw: random.Random) -> tuple[list[Event], tuple[int, int, dict[str, int]]]:  # noqa: F811
    """Impressions with skewed clocks, some invalid; with the reference counted while they are made."""
    events, reasons = [], {}
    for n in range(size):
        marks = draw.randrange(40)
        one = event(flight, n % 86_400, hour=draw.randrange(3))
        one = dataclasses.replace(one, id=f"n{n}.impression", at=one.at + draw.randrange(-HOUR_MS, HOUR_MS))
        if marks < len(MARKS):
            one = dataclasses.replace(one, **MARKS[marks])
            reasons[REASONS[marks]] = reasons.get(REASONS[marks], 0) + 1
        events.append(one)
    return events, (size, size - sum(reasons.values()), reasons)


def arrive(events: list[Event], folder, draw: random.Random) -> int:
    """A fifth comes twice, a tenth up to 45 days late, all shuffled: counted in time, then what came late. How many twice."""
    again = [one for one in events if draw.random() < 0.2]
    mixed = events + again
    draw.shuffle(mixed)
    late = {n: draw.randrange(1, 45) for n in range(len(mixed)) if draw.random() < 0.1}
    write(folder, [one for n, one in enumerate(mixed) if n not in late])
    counting.count_all(folder, at=NOW)
    for day in sorted(set(late.values())):
        write(folder, [mixed[n] for n, after in late.items() if after == day], name=f"late-{day:02}")
        counting.count_all(folder, at=NOW + datetime.timedelta(days=day))
    return len(again)


@pytest.mark.parametrize(("size", "seed"), SIZES)
def test_counts_are_those_of_the_reference(flight, tmp_path, size, seed):  # noqa: F811
    draw = random.Random(seed)
    events, (gross, net, filtered) = history(flight, size, draw)
    twice = arrive(events, tmp_path / "e", draw)
    assert totals() == (gross + twice, net, filtered | {"duplicate": twice})


def test_control_adding_up_instead_of_counting_once_is_seen(flight, tmp_path, monkeypatch):  # noqa: F811
    class Everything(set):
        def __contains__(self, item):
            return True

        def remove(self, item):
            pass

    monkeypatch.setattr(counting, "_unseen", lambda events, at: Everything())
    draw = random.Random(1)
    events, (_, net, _) = history(flight, 400, draw)
    assert arrive(events, tmp_path / "e", draw) > 0
    assert totals()[1] > net
