"""Segments become Parquet once, whole, and as their manifests say, wherever the warehouse is."""

import collections
import datetime as dt
import io
import uuid

import pyarrow.parquet as pq
import pytest

from makegood.rollups import schema, shipping
from makegood.rollups.warehouse import Warehouse
from tests.rollups import events

ZONE = "America/New_York"
SINCE = dt.date(2026, 1, 1)


@pytest.fixture(params=["folder", "memory"])
def warehouse(request, tmp_path):
    return Warehouse(str(tmp_path / "w") if request.param == "folder" else f"memory://{uuid.uuid4()}")


def stored(warehouse):
    """Every event in the warehouse, as rows."""
    files = [file for one in shipping.shipped(warehouse, SINCE) for _, _, file in one.parts]
    return [row for file in files for row in pq.read_table(io.BytesIO(warehouse.get(file.path))).to_pylist()]


def test_every_line_is_there_once_with_all_its_fields(warehouse, tmp_path):
    rows = events.drawn(600, seed=1)
    late = events.spread(tmp_path / "e", rows, seed=2)
    events.write(tmp_path / "e", "2026112005-9-000001", late)
    done = list(shipping.ship(tmp_path / "e", warehouse, zone=ZONE))
    assert sum(one.rows for one in done) == len(rows)
    back = [{name: row[name] for name in schema.STORED.names} for row in stored(warehouse)]
    assert sorted(map(repr, back)) == sorted(repr({name: row[name] for name in schema.STORED.names}) for row in rows)
    assert list(shipping.ship(tmp_path / "e", warehouse, zone=ZONE)) == []


def test_what_is_added_says_hour_day_person_and_where_it_was_written(warehouse, tmp_path):
    at = int(dt.datetime(2026, 11, 21, 3, 59, 1, tzinfo=dt.UTC).timestamp() * 1000)
    one = events.drawn(1, seed=1)[0] | {"at": at}
    rows = [one | {"person": "ann"}, one | {"person": "ben", "at": at + 1}, one | {"person": "ann", "at": at + 2}]
    rows.append({name: value for name, value in one.items() if name != "person"} | {"at": at + 3})
    events.write(tmp_path / "e", "2026112103-1-000001", rows)
    list(shipping.ship(tmp_path / "e", warehouse, zone=ZONE))
    back = sorted(stored(warehouse), key=lambda row: row["at"])
    people = [row["person"] for row in back]
    assert {(row["hour"], row["seller_day"]) for row in back} == {(dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC), dt.date(2026, 11, 20))}
    assert people[0] == people[2] != people[1] and people[3] == 0 and min(people[:3]) > 0
    assert [(row["segment"], row["position"]) for row in back] == [("2026112103-1-000001", n) for n in range(4)]


def test_files_are_by_day_and_sorted_by_flight_and_hour(tmp_path):
    warehouse = Warehouse(str(tmp_path / "w"))
    events.write(tmp_path / "e", "2026112000-1-000001", events.drawn(500, seed=3))
    (done,) = shipping.ship(tmp_path / "e", warehouse, zone=ZONE)
    assert [file.path for _, _, file in done.parts] == [f"events/day=2026-11-2{n}/2026112000-1-000001.parquet" for n in range(3)]
    for day, _, file in done.parts:
        table = pq.read_table(io.BytesIO(warehouse.get(file.path)))
        keys = list(zip(table["flight_id"].to_pylist(), table["hour"].to_pylist(), strict=True))
        assert keys == sorted(keys) and {hour.date() for _, hour in keys} == {day}
        column = pq.ParquetFile(io.BytesIO(warehouse.get(file.path))).metadata.row_group(0).column(table.column_names.index("device"))
        assert (column.compression, any("DICTIONARY" in one for one in column.encodings)) == ("ZSTD", True)


@pytest.mark.parametrize("killed_at", range(6))
def test_a_run_killed_anywhere_leaves_nothing_half_and_nothing_twice(warehouse, tmp_path, monkeypatch, killed_at):
    rows = events.drawn(200, seed=4)
    for number in range(2):
        events.write(tmp_path / "e", f"2026112000-1-{number:06d}", rows[number::2])
    writes = collections.Counter()
    put = Warehouse.put

    def killed(self, path, content, rows=0):
        if writes.total() == killed_at:
            raise KeyboardInterrupt
        writes[path] += 1
        return put(self, path, content, rows)

    monkeypatch.setattr(Warehouse, "put", killed)
    with pytest.raises(KeyboardInterrupt):
        list(shipping.ship(tmp_path / "e", warehouse, zone=ZONE))
    monkeypatch.setattr(Warehouse, "put", put)
    list(shipping.ship(tmp_path / "e", warehouse, zone=ZONE))
    assert (len(stored(warehouse)), shipping.wrong(warehouse, SINCE)) == (len(rows), [])


def test_lines_that_are_no_events_are_counted_and_passed_over(warehouse, tmp_path):
    rows = events.drawn(50, seed=5)
    events.write(tmp_path / "e", "2026112000-1-000001", rows)
    path = tmp_path / "e" / "2026112000-1-000001.seg"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:10], b"{not json\n", b'{"kind": "click"}\n', b"[]\n", b"\n", *lines[10:]]))
    (done,) = shipping.ship(tmp_path / "e", warehouse, zone=ZONE)
    assert (done.rows, done.passed_over) == (len(rows), 4)
    assert max(row["position"] for row in stored(warehouse)) == len(rows) + 3


def test_a_field_of_another_type_stops_the_segment_and_is_named(warehouse, tmp_path):
    events.write(tmp_path / "e", "2026112000-1-000001", [events.drawn(1, seed=1)[0] | {"geo": 7}])
    with pytest.raises(ValueError, match=r"segment 2026112000-1-000001.*geo.*nothing of it was rolled"):
        list(shipping.ship(tmp_path / "e", warehouse, zone=ZONE))
    assert stored(warehouse) == []


def test_a_changed_or_lost_file_is_found(warehouse, tmp_path):
    events.write(tmp_path / "e", "2026112000-1-000001", events.drawn(50, seed=6))
    (done,) = shipping.ship(tmp_path / "e", warehouse, zone=ZONE)
    assert shipping.wrong(warehouse, SINCE) == []
    paths = [file.path for _, _, file in done.parts]
    warehouse.put(paths[0], warehouse.get(paths[0])[:-1])
    warehouse.files.rm_file(f"{warehouse.root}/{paths[1]}")
    assert shipping.wrong(warehouse, SINCE) == [(paths[0], "its content is not what was written"), (paths[1], "it is missing")]


def test_storage_without_a_driver_is_refused_by_name():
    with pytest.raises(ValueError, match="nosuch://"):
        Warehouse("nosuch://bucket/x")
