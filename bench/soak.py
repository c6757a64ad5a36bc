"""The ad server for minutes at 70 % of what it can do, with another plan every few seconds: no failed request, memory flat.

Capacity is measured first by the same client; finished segments are counted and removed as a shipper would.
"""
import argparse
import os
import pathlib
import subprocess
import tempfile
import time

import numpy as np

from bench.result import Result, at_most
from bench.serving import load, servers, world

GOAL = "P3/R22: soak - no failed request, no lost event and flat memory while plans change under load"
SHARE, GROWTH = 0.7, 0.05
PAUSE_MS = 4


def arguments(parser: argparse.ArgumentParser) -> None:
    """How long, and how often the plan changes."""
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--reload-every", type=float, default=5.0)
    parser.add_argument("--folder", type=pathlib.Path, help="on the disk to be measured; a temporary one when left out")
    parser.add_argument("--favour", action="store_true", help="ask the scheduler to prefer the bench to its neighbours (root)")


def run(options: argparse.Namespace) -> Result:
    """Capacity, then the long run."""
    load.need("wrk")
    if options.favour:
        os.environ["BENCH_FAVOUR"] = "1"
    rng = np.random.default_rng(options.seed)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = pathlib.Path(name)
        files, bodies = world.files(folder, rng), folder / "bodies"
        bodies.write_bytes(b"\n".join(world.bodies(5_000, rng)))
        capacity, connections = _capacity(files, bodies)
        with servers.ours(files) as server:
            client = load.client(server.url, bodies, seconds=options.seconds, connections=connections, pause_ms=PAUSE_MS)
            plans, memory, requests = _watch(client, files, server.pids[0], options, rng)
        found = load.summary(client)
        requests += counted(files["events"])
    return _result(options, capacity, found, plans, memory, requests)


def _capacity(files: dict[str, pathlib.Path], bodies: pathlib.Path) -> tuple[float, int]:
    """Requests a second flat out, and how many pausing connections make SHARE of that, found by trying."""
    with servers.ours(files) as server:
        load.put(server.url, bodies, server.pids, seconds=1)
        capacity = load.put(server.url, bodies, server.pids, seconds=5).per_second
        connections = max(8, round(SHARE * capacity * PAUSE_MS / 1000))
        for _ in range(3):  # what a connection asks a second depends on how many there are
            found = load.summary(load.client(server.url, bodies, seconds=2, connections=connections, pause_ms=PAUSE_MS))
            connections = max(8, round(connections * SHARE * capacity * found["seconds"] / found["requests"]))
    counted(files["events"])
    return capacity, connections


def _watch(
    client: subprocess.Popen[str], files: dict[str, pathlib.Path], pid: int, options: argparse.Namespace, rng: np.random.Generator
) -> tuple[int, list[float], int]:
    """Publish plans while the client runs; how many, the server's memory (MB) before each, and requests in finished segments."""
    plans, memory, requests = 1, list[float](), 0
    while client.poll() is None:
        memory.append(resident_mb(pid))
        plans += 1
        new = files["plan"].with_suffix(".new")
        new.write_bytes(world.plan(rng, version=plans).to_json())
        new.rename(files["plan"])
        requests += counted(files["events"])
        time.sleep(options.reload_every)
    memory.append(resident_mb(pid))
    return plans, memory, requests


def _result(
    options: argparse.Namespace, capacity: float, found: dict[str, float], plans: int, memory: list[float], requests: int
) -> Result:
    tenths = [memory[round(n / 10 * (len(memory) - 1))] for n in range(11)]
    growth = memory[-1] / tenths[1] - 1  # from the end of the first tenth: tables of what senders say and the allocator's heaps are full by then
    figures = {
        "seconds": options.seconds, "plans": plans, "capacity_per_second": round(capacity), "requests": found["requests"],
        "per_second": round(found["requests"] / found["seconds"]), "of_capacity": round(found["requests"] / found["seconds"] / capacity, 2),
        "p50_ms": found["p50_us"] / 1000, "p99_ms": found["p99_us"] / 1000, 
        "rss_mb_at_each_tenth": " ".join(str(round(one)) for one in tenths), "rss_most_mb": round(max(memory)), "request_events": requests}
    goals = {"failed": at_most(found["bad"], 0), "growth": at_most(round(growth, 3), GROWTH),
             "answers_without_event": at_most(max(0, found["requests"] - requests), 0)}
    return Result(figures, goals, {}, ("request_events: in the log; answers that were on their way when the client stopped are among them.",))


def counted(events: pathlib.Path) -> int:
    """Requests in the finished segments, which are then removed."""
    found = 0
    for path in events.glob("*.seg"):
        found += path.read_bytes().count(b'"kind":"request"')
        path.unlink()
    return found


def resident_mb(pid: int) -> float:
    """What a process holds in memory."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
