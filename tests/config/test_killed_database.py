"""kill -9 of the embedded database in the middle of bookings: what was confirmed stands, the rest never began."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from makegood.config.postgres import Cluster
from tests import database

ROOT = pathlib.Path(__file__).parent.parent.parent
STANDS = """
    SELECT o.number, o.status, array_agg(DISTINCT l.status::text), count(r.id)
    FROM orders_order o JOIN orders_line l ON l.order_id = o.id JOIN orders_flight f ON f.line_id = l.id
    LEFT JOIN orders_reservation r ON r.flight_id = f.id GROUP BY o.id
"""
WHOLE = (["booked", ["booked"], 1], ["signed", ["draft"], 0])


class Bench:
    """A durable cluster of its own and the program that books on it."""

    def __init__(self, folder: pathlib.Path) -> None:
        database.start(folder).stop()
        self.cluster = Cluster(folder)
        self.cluster.start()
        self.env = os.environ | {"DATABASE_URL": self.cluster.url(database.TEMPLATE), "PYTHONPATH": str(ROOT)}

    def run(self, *words: str) -> str:
        program = [sys.executable, "-m", "tests.config.bookings", *words]
        return subprocess.run(program, cwd=ROOT, env=self.env, capture_output=True, text=True, check=True).stdout

    def stands(self) -> dict[str, list[object]]:
        """Every order by its number: its status, its lines' and how many reservations it has."""
        with psycopg.connect(self.cluster.url(database.TEMPLATE)) as beside:
            return {number: stand for number, *stand in beside.execute(STANDS)}

    def booking(self) -> subprocess.Popen[str]:
        program = [sys.executable, "-m", "tests.config.bookings", "book"]
        return subprocess.Popen(program, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


@pytest.fixture
def bench(tmp_path_factory):
    made = Bench(pathlib.Path(f"/tmp/makegood-kill-{os.getpid()}"))
    yield made
    made.cluster.stop()
    subprocess.run(["rm", "-rf", made.cluster.folder], check=True)


def test_a_killed_database_keeps_every_confirmed_booking_and_no_half_one(bench):
    bench.run("prepare", "8")
    confirmed: list[str] = []
    for _ in range(2):
        program = bench.booking()
        confirmed.append(program.stdout.readline().strip())  # at least one is confirmed, then in the middle of others
        os.kill(bench.cluster.process.pid, signal.SIGKILL)
        confirmed += [line.strip() for line in program.stdout]
        program.wait()
        bench.cluster.process.wait()
        bench.cluster.stop()
        restart(bench.cluster)
    stands = bench.stands()
    assert [row for row in stands.values() if row not in WHOLE] == []
    assert {number for number in confirmed if number} - {number for number, row in stands.items() if row[0] == "booked"} == set()
    bench.run("book")
    assert {tuple(map(str, row)) for row in bench.stands().values()} == {tuple(map(str, WHOLE[0]))}


def restart(cluster: Cluster) -> None:
    """Start again; children of the killed postmaster may need a moment to let go of the data folder."""
    for _ in range(50):
        try:
            cluster.start()
            return
        except Exception:  # the reason is checked by the last attempt, which raises it
            time.sleep(0.2)
    cluster.start()


def test_the_database_dies_cleanly_with_its_killed_parent(tmp_path):
    folder = pathlib.Path(f"/tmp/makegood-parent-{os.getpid()}")
    code = (
        "import sys, pathlib, time; from makegood.config.postgres import Cluster;"
        f"c = Cluster(pathlib.Path({str(folder)!r})); c.start(); print(c.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    server = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 20
    while pathlib.Path(f"/proc/{server}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not pathlib.Path(f"/proc/{server}").exists()
    assert "database system is shut down" in (folder / "postgres.log").read_text()
    subprocess.run(["rm", "-rf", folder], check=True)


def test_two_processes_never_run_one_cluster(tmp_path):
    folder = pathlib.Path(f"/tmp/makegood-two-{os.getpid()}")
    first = Cluster(folder, durable=False)
    first.start()
    try:
        with pytest.raises(RuntimeError, match="another process"):
            Cluster(folder, durable=False).start()
    finally:
        first.stop()
        subprocess.run(["rm", "-rf", folder], check=True)
