"""Ad requests over HTTP - JSON in, decision, signed URLs out, events appended - beside nginx, uvicorn and granian on the same core.

nginx serves a file as long as our reply; uvicorn and granian run our own route and event log. Each server has core 0, wrk has
core 1, all in turns; ratios are medians over the rounds. Signing and appending are each switched off once to see their cost.
"""
import argparse
import os
import pathlib
import statistics
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy as np

from bench import decide
from bench.result import Goal, Result, at_least, at_most
from bench.serving import disk, load, servers, world
from bench.serving.load import Run

GOAL = "P3: decision over HTTP with signing and events - beside nginx, uvicorn, granian; latency; what each duty costs"
OF_NGINX, OF_OTHERS, P99_MS, NANOSECONDS = 0.6, 2.5, 1.0, 300.0
Start = Callable[[], AbstractContextManager[servers.Server]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """How long, how often, and where the events go."""
    parser.add_argument("--seconds", type=float, default=4.0, help="of load on each server in a round")
    parser.add_argument("--times", type=int, default=3, help="rounds")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--bodies", type=int, default=5_000, help="different requests")
    parser.add_argument("--folder", type=pathlib.Path, help="on the disk to be measured; a temporary one when left out")
    parser.add_argument("--favour", action="store_true", help="ask the scheduler to prefer the bench to its neighbours (root)")


def run(options: argparse.Namespace) -> Result:
    """Every server in every round."""
    load.need("nginx", "wrk")
    if options.favour:
        os.environ["BENCH_FAVOUR"] = "1"
    rng = np.random.default_rng(options.seed)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)  # nginx reads its file as nobody
        files, bodies = world.files(folder, rng), folder / "bodies"
        bodies.write_bytes(b"\n".join(world.bodies(options.bodies, rng)))
        sync = disk.fdatasync_ms(folder)
        starts: dict[str, Start] = {
            "ours": lambda: servers.ours(files),
            "nginx": lambda: servers.nginx(folder / "nginx", load.reply_bytes(files, bodies)),
            "uvicorn": lambda: servers.uvicorn(files),
            "granian": lambda: servers.granian(files),
            "unsigned": lambda: servers.ours(files, without="signing"),
            "unlogged": lambda: servers.ours(files, without="appending"),
            "on_disk": lambda: servers.ours(files, more=("--served-waits",))}
        rounds = [{who: _measured(start, None if who == "nginx" else bodies, options) for who, start in starts.items()}
                  for _ in range(options.times)]
    return _result(rounds, sync, _in_process(options))


def _measured(start: Start, bodies: pathlib.Path | None, options: argparse.Namespace) -> Run:
    """Warm for a second, then measured."""
    with start() as server:
        load.put(server.url, bodies, server.pids, seconds=1, connections=options.connections)
        return load.put(server.url, bodies, server.pids, seconds=options.seconds, connections=options.connections)


def _in_process(options: argparse.Namespace) -> dict[str, float]:
    """The decision alone, as `python -m bench decide` measures it: in compiled bulk, and as one call; least of five."""
    rng = np.random.default_rng(options.seed)
    plan, requests = decide.booked(argparse.Namespace(eligible=36, booked=400), rng)
    call, us = decide.prepared(plan, requests[0])["call"], rng.random(20_000).tolist()
    bulk = min(decide.compiled(plan, requests, rng, 500_000) for _ in range(5))
    return {"compiled_ns": round(bulk), "call_ns": round(min(decide.per_decision(call, us) for _ in range(5)))}


def _result(rounds: list[dict[str, Run]], sync: dict[str, float], alone: dict[str, float]) -> Result:
    def middle(who: str, what: str) -> float:
        return statistics.median(getattr(one[who], what) for one in rounds)

    def ratio(who: str) -> float:
        return round(statistics.median(one["ours"].per_second / one[who].per_second for one in rounds), 3)

    def least(who: str) -> float:
        return min(one[who].processor_us for one in rounds)

    goals: dict[str, Goal] = {
        "of_nginx": at_least(ratio("nginx"), OF_NGINX), "of_uvicorn": at_least(ratio("uvicorn"), OF_OTHERS),
        "of_granian": at_least(ratio("granian"), OF_OTHERS), "p99_ms": at_most(round(middle("ours", "p99_ms"), 2), P99_MS),
        "compiled_ns": at_most(alone["compiled_ns"], NANOSECONDS)}
    figures = {
        "rounds": len(rounds), **_shown("ours", middle), **alone,
        "signing_costs_us": round(least("ours") - least("unsigned"), 1),
        "appending_costs_us": round(least("ours") - least("unlogged"), 1),
        **_shown("on_disk", middle), **sync, "bad_answers": sum(run.bad for one in rounds for run in one.values())}
    peers = {key: value for who in ("nginx", "uvicorn", "granian") for key, value in _shown(who, middle).items()}
    return Result(figures, goals, peers, ("on_disk: the same with --served-waits. Costs: least processor time a request with, less without; on "
                                          "a busy machine a small one may drown.",))


def _shown(who: str, middle: Callable[[str, str], float]) -> dict[str, float]:
    return {f"{who}_per_second": round(middle(who, "per_second")), f"{who}_p50_ms": round(middle(who, "p50_ms"), 2),
            f"{who}_p99_ms": round(middle(who, "p99_ms"), 2), f"{who}_processor_us": round(middle(who, "processor_us"), 1)}
