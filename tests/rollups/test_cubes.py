"""A cube on disk answers as the rollups it was coded from do, day by day as they come, and says what it cannot."""

import collections
import datetime as dt
import itertools

import pytest

from makegood.rollups import cells, cubefile, running, shipping
from tests.rollups import events
from tests.rollups.test_running import RULES, rows, run, shipped


@pytest.fixture
def warehouse(tmp_path):
    there = shipped(tmp_path, events.drawn(800, seed=1))
    run(there)
    return there


def summed(warehouse, by, names, wanted=lambda row: True):
    found = collections.defaultdict(lambda: [0] * len(names))
    for row in filter(wanted, rows(warehouse, "cells")):
        key = tuple(row["hour"].date() if name == "day" else row["hour"].hour if name == "hour" else row[name] for name in by)
        found[key] = [total + row[name] for total, name in zip(found[key], names, strict=True)]
    return {key: tuple(sums) for key, sums in found.items() if any(sums)}


def answered(table, by):
    return {tuple(row[name] for name in by): tuple(row[name] for name in row if name not in by) for row in table.to_pylist()}


@pytest.mark.parametrize("by", [("order_id", "day"), ("line_id", "day", "hour"), ("placement_id", "geo", "device"), ("flight_id", "day"), ()])
def test_answers_are_those_of_the_cells(warehouse, tmp_path, by):
    cube = cells.opened(tmp_path / "cube")
    assert len(list(cells.code(warehouse, RULES, cube))) >= 4 and list(cells.code(warehouse, RULES, cube)) == []
    for opened in (cube, cells.opened(tmp_path / "cube")):  # as it was made, and read back
        assert answered(opened.sums(by, cells.COUNTS), by) == summed(warehouse, by, cells.COUNTS)
    narrow = cube.sums(by, ("net",), {"line_id": [2, 99], "geo": ["US-CA"]}, [dt.date(2026, 11, 21)])
    wanted = summed(warehouse, by, ("net",), lambda row: row["line_id"] == 2 and row["geo"] == "US-CA" and row["hour"].day == 21)
    assert answered(narrow, by) == wanted != {}


def test_people_over_days_are_counted_once(warehouse, tmp_path):
    cube = cells.opened(tmp_path / "cube")
    list(cells.code(warehouse, RULES, cube))
    people = collections.defaultdict(set)
    for row in rows(warehouse, "cells"):
        people[row["line_id"]] |= {row["person"]} - {0}
    found = {row["line_id"]: row["people"] for row in cube.people("line_id").to_pylist()}
    assert found == pytest.approx({line: len(ids) for line, ids in people.items()}, rel=0.01)
    assert sum(len(ids) for ids in people.values()) > 150


def test_late_events_replace_their_day_only(warehouse, tmp_path):
    cube = cells.opened(tmp_path / "cube")
    list(cells.code(warehouse, RULES, cube))
    late = [row | {"line_id": 9, "geo": "FR"} for row in events.drawn(50, seed=2, prefix="late") if row["at"] // 86_400_000 == 20_777]
    events.write(tmp_path / "w-e", "2026112023-9-000009", late)
    list(shipping.ship(tmp_path / "w-e", warehouse, zone="America/New_York"))
    run(warehouse)
    assert list(cells.code(warehouse, RULES, cube)) == [dt.date(2026, 11, 20)]
    by = ("line_id", "geo")
    assert answered(cube.sums(by, ("net",)), by) == summed(warehouse, by, ("net",))
    assert (9, "FR") in answered(cube.sums(by, ("gross",)), by)


def test_what_it_does_not_have_is_named(warehouse, tmp_path):
    cube = cells.opened(tmp_path / "cube")
    with pytest.raises(ValueError, match="has no days yet"):
        cube.sums(("geo",), ("net",))
    list(cells.code(warehouse, RULES, cube))
    for by, counts, known in ((("city",), ("net",), "geo, device"), (("geo",), ("money",), "served, gross")):
        with pytest.raises(ValueError, match=known):
            cube.sums(by, counts)
    path = next((tmp_path / "cube").glob("*.cube"))
    path.write_bytes(b"x" * 100)
    with pytest.raises(ValueError, match="is no partition of a cube; remove it"):
        cubefile.read(path)


def test_a_day_that_could_not_be_written_leaves_the_cube_as_it_was(warehouse, tmp_path, monkeypatch):
    cube = cells.opened(tmp_path / "cube")
    days = list(itertools.islice(cells.code(warehouse, RULES, cube), 2))
    monkeypatch.setattr(cubefile, "replace", lambda path, content: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(cells.code(warehouse, RULES, cube))
    monkeypatch.undo()
    again = cells.opened(tmp_path / "cube")
    assert list(again.days) == days
    list(cells.code(warehouse, RULES, again))
    assert answered(again.sums(("geo",), ("net",)), ("geo",)) == summed(warehouse, ("geo",), ("net",))
    assert [made.day for made in running.made(warehouse, RULES)] == sorted(again.days)
