"""How many events a second are counted into facts, each once, on a PostgreSQL that keeps what it acknowledges.

Traffic as the reliability test has it: 20 % sent twice, 10 % late, shuffled, senders over the rate. Peers in the same
run: a statement for every event in the same database with the same key against repeats, a plain count in memory, and DuckDB
reading the same segments, the earliest of each id summed by flight, placement, hour and device - without rates, and without keeping anything.
"""
import argparse
import contextlib
import datetime
import gc
import os
import pathlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from bench.result import Result, at_least

GOAL = "Truth 6: counting - events a second counted once with their reasons, beside a statement for every event"
FIRST = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
TARGET, PEER_EVENTS = 20_000, 20_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much traffic."""
    parser.add_argument("--events", type=int, default=300_000)


def run(options: argparse.Namespace) -> Result:
    """Counts, checks the counts against the plain ones, and times the three."""
    with _database() as cluster, tempfile.TemporaryDirectory() as name:
        from makegood.delivery import rulesets
        from makegood.delivery.actions import counting
        from makegood.delivery.models import Fact
        from tests.delivery import reference

        folder, at = pathlib.Path(name), FIRST + datetime.timedelta(days=6)
        made = reference.traffic(_flights(), round(FIRST.timestamp() * 1000), options.events, options.seed, days=5)
        _write(folder, made.events)
        gc.freeze()  # the events held for the comparison are not the counter's to look through
        before = _database_s(cluster)
        wall, own, counted = _timed(lambda: counting.count_all(folder, at=at))
        database_s = _database_s(cluster) - before
        plain_wall, plain, (facts, _) = _timed(lambda: reference.count(made.events, rulesets.load(at=at)))
        net = sum(Fact.objects.values_list("net", flat=True))
        agrees = net == sum(row["net"] for row in facts.values())
        scan_wall, scan, scanned = _timed(lambda: _duckdb(folder))
        each_wall, _, _ = _timed(lambda: _one_by_one(made.events[:PEER_EVENTS]))
        rate, peer = counted.read / wall, min(PEER_EVENTS, len(made.events)) / each_wall
        figures = {
            "events": counted.read, "events_per_second": round(rate), "own_processor_s": round(own, 2),
            "database_processor_s": round(database_s, 2), "wall_s": round(wall, 2), "events_per_processor_second": round(counted.read / (own + database_s)),
            "counts_agree_with_the_plain_count": agrees,
        }  # fmt: skip
        peers = {"statement_per_event_per_second": round(peer), "plain_in_memory_per_second": round(len(made.events) / plain_wall), "plain_processor_s": round(plain, 2),
                 "duckdb_events_per_processor_second": round(counted.read / scan), "duckdb_wall_s": round(scan_wall, 2), "duckdb_groups": scanned}  # fmt: skip
        return Result(figures, {"times_a_statement_per_event": at_least(round(rate / peer, 1), 2.0), "events_per_second": at_least(round(rate), TARGET)}, peers)


def _timed(work: Any) -> tuple[float, float, Any]:
    wall, own = time.perf_counter(), time.process_time()
    made = work()
    return time.perf_counter() - wall, time.process_time() - own, made


def _database_s(cluster: Any) -> float:
    """Processor seconds of the server and its living backends so far."""
    children = pathlib.Path(f"/proc/{cluster.process.pid}/task/{cluster.process.pid}/children").read_text().split()
    fields = (pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in children)
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def _write(folder: pathlib.Path, events: list[Any]) -> None:
    for part in range(4):
        with (folder / f"2026120600-{part}.seg").open("wb") as file:
            file.writelines(event.line() for event in events[part::4])


def _one_by_one(events: list[Any]) -> None:
    """What a counter does that takes each event by itself: remember its id, and add it where it is new."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE one_seen (id text PRIMARY KEY); CREATE TEMP TABLE one_fact (flight bigint, hour bigint, units bigint, PRIMARY KEY (flight, hour))")
        for event in events:
            cursor.execute(
                "WITH new AS (INSERT INTO one_seen VALUES (%s) ON CONFLICT DO NOTHING RETURNING id)"
                " INSERT INTO one_fact AS f SELECT %s, %s, %s FROM new ON CONFLICT (flight, hour) DO UPDATE SET units = f.units + excluded.units",
                [event.id, event.flight_id, event.at // 3_600_000, event.weight],
            )


def _duckdb(folder: pathlib.Path) -> int:
    """How many groups the earliest events of each id make, by DuckDB on one thread."""
    import duckdb

    columns = "{id: 'VARCHAR', kind: 'VARCHAR', 'at': 'BIGINT', flight_id: 'BIGINT', placement_id: 'BIGINT', device: 'VARCHAR', weight: 'BIGINT'}"
    with duckdb.connect(config={"threads": 1}) as there:
        (groups,) = there.execute(
            f"SELECT count(*) FROM (SELECT flight_id, placement_id, \"at\" // 3600000, device, kind, sum(coalesce(weight, 1)) FROM ("
            f"SELECT *, row_number() OVER (PARTITION BY id ORDER BY \"at\") AS n FROM read_json('{folder}/*.seg', format = 'newline_delimited', columns = {columns})"
            ") WHERE n = 1 GROUP BY ALL)"
        ).fetchall()[0]
    return int(groups)


def _flights() -> list[Any]:
    from tests.factories import orders

    order = orders.order()
    for _ in range(3):
        orders.line(order, quantity=100_000)
    return [line.flights.get() for line in orders.booked(order).lines.all()]


@contextlib.contextmanager
def _database() -> Iterator[Any]:
    """A throw-away cluster with every migration, syncing as a real one does."""
    os.environ.setdefault("MAKEGOOD_LOG_LEVEL", "ERROR")
    os.environ["DJANGO_SETTINGS_MODULE"] = "makegood.config.settings"
    os.environ["MAKEGOOD_HOME"] = home = tempfile.mkdtemp(prefix="makegood-bench-")
    from makegood.config.postgres import Cluster
    from tests import database

    folder = pathlib.Path(tempfile.gettempdir()) / f"makegood-bench-{os.getpid()}"
    database.start(folder).stop()
    cluster = Cluster(folder)
    cluster.start()
    os.environ["DATABASE_URL"] = cluster.url(database.TEMPLATE)
    try:
        import django

        django.setup()
        yield cluster
    finally:
        cluster.stop()
        for one in (folder, home):
            shutil.rmtree(one, ignore_errors=True)
