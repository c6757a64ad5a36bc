"""The warehouse's counts are the control plane's, row by row, whatever came twice or late."""

import datetime
import io
import json

import pyarrow.parquet as pq
import pytest

from makegood.core.errors import Invalid
from makegood.delivery import jobs
from makegood.delivery.actions import counting, warehousing
from makegood.delivery.models import Fact, Filtered
from makegood.engine.counting import Reason
from makegood.rollups import running
from tests.factories import orders
from tests.rollups import events

AT = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
FACT = ("flight_id", "version_id", "placement_id", "hour", "device", "served", "gross", "net", "viewable", "completes", "clicks", "audible", "conversions")
FILTERED = ("flight_id", "placement_id", "hour", "reason", "count")


@pytest.fixture
def flight(db):
    return orders.booked().lines.get().flights.get()


def rolled(table, names):
    """All rows of a rollup, each day by the rules that count it, the version None where there is none."""
    there = warehousing.warehouse()
    files = [made.tables[table] for rules, which in warehousing.counted_by(AT) for made in running.made(there, rules) if which(made.day)]
    rows = [row for file in files for row in pq.read_table(io.BytesIO(there.get(file.path))).to_pylist()]
    return sorted(tuple(row[name] or None if name == "version_id" else row[name] for name in names) for row in rows)


def counted(model, names):
    return sorted(model.objects.values_list(*names))


def drawn(flight, count, seed):
    rows = events.drawn(count, seed=seed, flights=(flight.pk,), placements=tuple(flight.placement_ids[:2]))
    return [row | {"version_id": 0} for row in rows]


def test_rollups_are_the_facts_of_the_database_row_by_row(flight, settings):
    settings.COUNTING_RULES_FOLDER = settings.EVENTS_FOLDER.parent / "rules"
    settings.COUNTING_RULES_FOLDER.mkdir()
    strict = {"version": "strict", "from": "2026-11-21", "reasons": sorted(Reason), "per_minute": {"impression": 8, "click": 4}, "click_after_ms": 1_000}
    (settings.COUNTING_RULES_FOLDER / "strict.json").write_text(json.dumps(strict | {"bots": ["gptbot"]}))
    rows = drawn(flight, 2_000, seed=1)
    late = events.spread(settings.EVENTS_FOLDER, rows, seed=2)
    for name, some in (("", []), ("2026112401-9-000001", late)):
        if some:
            events.write(settings.EVENTS_FOLDER, name, some)
        counting.count_all(settings.EVENTS_FOLDER, at=AT)
        jobs.ship_events(0)
        days = warehousing.roll_up(at=AT)
        assert (rolled("facts", FACT), rolled("filtered", FILTERED)) == (counted(Fact, FACT), counted(Filtered, FILTERED))
        assert len(days) >= 3
    assert all(sum(row[FACT.index(name)] for row in rolled("facts", FACT)) for name in ("audible", "conversions"))
    assert {row[3] for row in rolled("filtered", FILTERED)} == set(Reason) - {Reason.BAD_SIGNATURE, Reason.FAST_CLICK}


def test_a_setting_that_is_wrong_is_named(settings):
    settings.WAREHOUSE_URL, settings.ROLLUP_ENGINE = "nosuch://x", "hive"
    for asked, place in ((warehousing.warehouse, "MAKEGOOD_WAREHOUSE_URL"), (warehousing.engine, "MAKEGOOD_ROLLUP_ENGINE")):
        with pytest.raises(Invalid) as refused:
            asked()
        assert refused.value.place == place
