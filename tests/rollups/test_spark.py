"""Spark and DuckDB make the same rows of the same events: copies, late arrivals, every reason. `make nightly`."""

import dataclasses
import os
import pathlib

import pytest

from makegood.rollups import expressions, running, shipping
from makegood.rollups.warehouse import Warehouse
from tests.rollups import events
from tests.rollups.test_running import RULES, SINCE, engine, rows

EVENTS = int(os.environ.get("MAKEGOOD_SPARK_EVENTS", "5000000"))
BATCH, OVER = 100_000, 10


def logged(folder: pathlib.Path, warehouse: Warehouse) -> int:
    """EVENTS in segments of two servers, a tenth of them in segments that come last; how many rows there are.

    Drawing takes longer than all the rest, so what was drawn is written OVER times, each time with ids of its own.
    """
    count, batch = 0, min(BATCH, EVENTS // OVER)
    for number in range(EVENTS // OVER // batch):
        some = events.drawn(batch, seed=number, flights=tuple(range(1, 40)), placements=tuple(range(1, 20)), people=400_000, prefix="own-")
        parts = {"2026112000-0": [row for n, row in enumerate(some) if n % 10 and n % 2], "2026112000-1": [row for n, row in enumerate(some) if n % 10 and not n % 2],
                 "2026112200-9": some[::10]}  # fmt: skip
        for name, rows_of in parts.items():
            events.write(folder, f"{name}-{number:03d}000", rows_of)
            lines = (folder / f"{name}-{number:03d}000.seg").read_bytes()
            for time in range(1, OVER):
                (folder / f"{name}-{number:03d}{time:03d}.seg").write_bytes(lines.replace(b'"own-', b'"%d-%d-' % (number, time)))
            (folder / f"{name}-{number:03d}000.seg").write_bytes(lines.replace(b'"own-', b'"%d-0-' % number))
        count += len(some) * OVER
    for _ in shipping.ship(folder, warehouse, zone="Asia/Kolkata"):
        pass
    return count


@pytest.mark.nightly
def test_spark_and_duckdb_make_the_same_rows(tmp_path):
    warehouse = Warehouse(str(tmp_path / "w"))
    count = logged(tmp_path / "e", warehouse)
    names = ("duckdb", "spark")
    rules = {name: dataclasses.replace(RULES, version=name) for name in names}
    for name in names:
        days = [made.day for made in running.run(warehouse, rules[name], engine(name), since=SINCE)]
        assert len(days) >= 3
    made = {name: [dict(day.tables) for day in running.made(warehouse, rules[name])] for name in names}
    for table in expressions.TABLES:
        ours, theirs = ([(day[table].rows, day[table].sha256) for day in made[name]] for name in names)
        assert ours == theirs, table  # rows in the order of their columns, so equal rows are equal files
    facts = rows(warehouse, "facts", rules["spark"])
    assert count > EVENTS and len({row["reason"] for row in rows(warehouse, "filtered", rules["spark"])}) == 8
    assert 0 < sum(row["net"] for row in facts) < sum(row["gross"] for row in facts)
