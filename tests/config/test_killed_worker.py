"""kill -9 of the worker in the middle of booking jobs: each order is booked once in the end, none is half done."""

import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from tests import database
from tests.config.test_killed_database import ROOT, Bench

ORDERS, KILLS = 24, 2
COMMAND = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
STANDS = """
    SELECT o.status || ' ' || l.status || ' ' || count(r.id) || ' ' || (SELECT count(*) FROM core_activity WHERE verb = 'order.booked' AND subject_id = o.id)
    FROM orders_order o JOIN orders_line l ON l.order_id = o.id JOIN orders_flight f ON f.line_id = l.id
    LEFT JOIN orders_reservation r ON r.flight_id = f.id GROUP BY o.id, l.id
"""
BOOKED, UNTOUCHED = "booked booked 1 1", "signed draft 0 0"
STALL = """
    UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute';
    INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', 'makegood.core.jobs.retry_stalled', '{"timestamp": 0}');
"""  # a minute passes for the dead, and the retry of every minute comes


class Scene:
    """A cluster with signed orders whose bookings wait as jobs, and a connection beside to look on."""

    def __init__(self, bench: Bench, count: int) -> None:
        self.env, self.log = bench.env, bench.cluster.folder / "worker.log"
        bench.run("queue", str(count))
        self.beside = psycopg.connect(bench.cluster.url(database.TEMPLATE), autocommit=True)

    def jobs(self, task: str = "orders.book") -> list[str]:
        return [row[0] for row in self.beside.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [task])]

    def stands(self) -> list[str]:
        return [row[0] for row in self.beside.execute(STANDS)]

    def kill_in_the_middle(self, after: int, pause_s: float) -> int:
        """Start a worker; kill it while it has a job and `after` more are done. How many jobs it left in its hands."""
        done = self.jobs().count("succeeded") + after
        with self.log.open("wb") as log:
            process = subprocess.Popen(COMMAND, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while (now := self.jobs()).count("succeeded") < done or "doing" not in now:
            assert (process.poll(), time.monotonic() < deadline) == (None, True), self.log.read_text()[-2000:]
            time.sleep(0.005)
        time.sleep(pause_s)
        process.send_signal(signal.SIGKILL)
        process.wait()
        return self.jobs().count("doing")

    def work(self, *more: str) -> None:
        """A worker until no booking is waiting (it leaves when it finds nothing for a moment)."""
        for _ in range(3):
            done = subprocess.run([*COMMAND, "--one-shot", *more], cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=120)
            assert done.returncode == 0, done.stderr[-2000:]
            if "todo" not in self.jobs():
                return


@pytest.fixture
def scene():
    bench = Bench(pathlib.Path(f"/tmp/makegood-worker-{os.getpid()}"))
    made = []
    yield lambda count: made.append(Scene(bench, count)) or made[-1]
    for one in made:
        one.beside.close()
    bench.cluster.stop()
    subprocess.run(["rm", "-rf", bench.cluster.folder], check=True)


def test_a_killed_worker_leaves_each_order_booked_once_or_untouched_and_another_finishes(scene):
    seen, chance = scene(ORDERS), random.Random(20261123)
    for _ in range(KILLS):
        seen.beside.execute(STALL)
        left = seen.kill_in_the_middle(chance.randrange(4), chance.uniform(0, 0.03))
        assert set(seen.stands()) <= {BOOKED, UNTOUCHED}
    while not left:
        left = seen.kill_in_the_middle(0, 0)
    seen.work("--queues", "bookings")  # control: a worker that does not take the retry from its queue
    assert (seen.jobs().count("doing"), seen.jobs().count("succeeded")) == (left, ORDERS - left)
    seen.beside.execute(STALL)
    seen.work()
    assert (seen.stands(), set(seen.jobs())) == ([BOOKED] * ORDERS, {"succeeded"})
