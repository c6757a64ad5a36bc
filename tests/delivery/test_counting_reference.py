"""R3: duplicates, late, shuffled, skewed clocks, several segments, crashes: the counts are those of a plain reference."""

import datetime
import gc
import itertools
import random

import pytest

from makegood.delivery import posting, rulesets, tallying
from makegood.delivery.actions import counting
from makegood.delivery.models import Fact, Filtered
from tests.delivery import reference
from tests.factories import orders

FIRST = datetime.datetime(2026, 11, 10, tzinfo=datetime.UTC)
ENDS = FIRST + datetime.timedelta(days=40)


@pytest.fixture
def flights(db):
    order = orders.order()
    for _ in range(3):
        orders.line(order, quantity=100_000)
    return [line.flights.get() for line in orders.booked(order).lines.all()]


def counted():
    """The stored counts in the reference's form."""
    names = ("served", "gross", "net", "viewable", "clicks")
    facts = {}
    for flight, place, hour, device, *row in Fact.objects.values_list("flight_id", "placement_id", "hour", "device", *names):
        facts[flight, place, ms(hour), device] = {name: n for name, n in zip(names, row, strict=True) if n}
    rows = Filtered.objects.values_list("flight_id", "placement_id", "hour", "reason", "count")
    return {key: row for key, row in facts.items() if row}, {(flight, place, ms(hour), reason): n for flight, place, hour, reason, n in rows}


def ms(moment):
    return round(moment.timestamp() * 1000)


def write(folder, events, name):
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.seg").open("wb") as file:
        file.writelines(event.line() for event in events)


def count_with_crashes(folder, at, chance, monkeypatch):
    """Count to the end in odd batches, killed in the middle of a smaller one before about every batch; how often."""
    more, killed = True, 0
    while more:
        for module, name in ((tallying, "add"), (posting, "post")):
            if chance.random() < 0.5:
                real = getattr(module, name)
                monkeypatch.setattr(module, name, lambda *given, real=real, **named: (real(*given, **named), 1 / 0))
                with pytest.raises(ZeroDivisionError):
                    counting.count(folder, at=at, limit=chance.randrange(200, 5_000))
                monkeypatch.setattr(module, name, real)
                killed += 1
        more = counting.count(folder, at=at, limit=chance.randrange(500, counting.BATCH)).more
    return killed


def run(flights, folder, size, seed, monkeypatch):
    """What was counted and what the reference says."""
    made, chance, killed = reference.traffic(flights, ms(FIRST), size, seed), random.Random(seed), 0
    for number, segments in enumerate(made.rounds):
        for part, events in enumerate(segments):
            write(folder, events, f"2026122{number}00-{part}")
        gc.freeze()  # what the reference will count is not the counter's to look through
        killed += count_with_crashes(folder, ENDS + datetime.timedelta(hours=number), chance, monkeypatch)
        gc.unfreeze()
    assert killed > len(made.events) // 40_000
    facts, filtered = reference.count(made.events, rulesets.load(at=ENDS))
    return counted(), ({key: dict(+row) for key, row in facts.items()}, filtered)


@pytest.mark.parametrize("seed", range(2))
def test_the_counts_are_those_of_the_reference(flights, tmp_path, seed, monkeypatch):
    found, wanted = run(flights, tmp_path / "e", 4_000, seed, monkeypatch)
    assert found == wanted
    assert {reason for *_, reason in wanted[1]} >= {"duplicate", "impossible_rate", "zero_size", "known_bot"}


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)  # each batch is committed or lost, as it is outside of tests
@pytest.mark.parametrize("seed", range(20))
def test_the_counts_of_a_million_events_are_those_of_the_reference(flights, tmp_path, seed, monkeypatch):
    found, wanted = run(flights, tmp_path / "e", 1_000_000, seed, monkeypatch)
    assert found == wanted


def test_when_dedupe_is_replaced_by_addition_the_reference_finds_it(flights, tmp_path, monkeypatch):
    """The negative control of R3."""
    numbers = itertools.count()
    monkeypatch.setattr(tallying, "_apart", lambda rows: ([row._replace(id=f"{next(numbers)}.{row.id}") for row in rows], []))
    found, wanted = run(flights, tmp_path / "e", 1_500, 0, monkeypatch)
    assert sum(row.get("net", 0) for row in found[0].values()) > sum(row.get("net", 0) for row in wanted[0].values())


def test_gross_is_net_and_every_reason_for_each_flight_day(flights, tmp_path, monkeypatch):
    (facts, filtered), _ = run(flights, tmp_path / "e", 2_000, 7, monkeypatch)
    days: dict[object, int] = {}
    for (flight, _, hour, _), row in facts.items():
        days[flight, hour // reference.DAY] = days.get((flight, hour // reference.DAY), 0) + row.get("gross", 0) - row.get("net", 0)
    for (flight, _, hour, _), units in filtered.items():
        days[flight, hour // reference.DAY] -= units
    assert len(days) > 100
    assert set(days.values()) == {0}
