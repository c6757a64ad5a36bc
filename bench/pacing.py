"""Pacing: mean distance from the curve, under-delivery and overspend against published controllers on the same requests.

Traffic is generated, or read from a CSV with the columns timestamp and value (steps of minutes to hours).
"""
import argparse
import pathlib
import time

import numpy as np

from bench import pacing_world, traffic
from bench.controllers import PEERS
from bench.controllers.ours import ours
from bench.result import Goal, Result, at_most
from bench.traffic_file import FileInvalid
from makegood.engine import pacing

GOAL = "P5: pacing - error, under-delivery and overspend against LinkedIn's controller and Mystique"
AGAINST_LINKEDIN = {"error": 0.6, "under_1_percent": 0.5, "over": 0.4}
AGAINST_MYSTIQUE = {"error": 1.0, "under": 1.05, "under_1_percent": 1.0, "over": 1.0}
MANY = 10_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which traffic, how many flights, and how late counts are known."""
    parser.add_argument("--traffic", type=pathlib.Path, help="CSV with the columns timestamp and value; default: generated")
    parser.add_argument("--flights", type=int, default=400)
    parser.add_argument("--lag", type=int, default=3, help="minutes until spend and requests are reported")
    parser.add_argument("--spend", type=float, default=0.5, help="share of flights whose goal is spend at random prices")


def run(options: argparse.Namespace) -> Result:
    """One race per controller over the same flights."""
    try:
        shown = traffic.of(options.traffic, options.seed)
    except (OSError, traffic.TrafficInvalid, FileInvalid) as error:
        raise SystemExit(f"--traffic: {error}") from error
    of = pacing_world.world(shown, options.flights, options.seed, lag=options.lag, spend=options.spend)
    peers = {name: pacing_world.score(of, pacing_world.race(of, peer)) for name, peer in PEERS.items()}
    own = pacing_world.score(of, pacing_world.race(of, ours))
    figures = {
        **{name: round(value, 6) for name, value in own.items()}, "traffic": shown.source, "days": len(shown.actual),
        "flights": options.flights, "judged_on_under_delivery": int(of.feasible.sum()),
        "median_requests_a_flight": float(np.median(of.requests.sum(axis=1))),
        "microseconds_a_flight_and_step": round(1e6 * cost(of), 3),
    }
    return Result(figures, goals(own, peers), {name: {k: round(v, 6) for k, v in one.items()} for name, one in peers.items()})


def goals(own: dict[str, float], peers: dict[str, dict[str, float]]) -> dict[str, Goal]:
    """Ratios of ours to the peer's figure."""
    return {
        f"{name}_to_{peer}": at_most(ratio(own[name], peers[peer][name]), target)
        for peer, targets in (("linkedin", AGAINST_LINKEDIN), ("mystique", AGAINST_MYSTIQUE))
        for name, target in targets.items()
    }


def ratio(own: float, peer: float) -> float:
    """1 when both are nothing."""
    return round(own / peer, 4) if peer > 0 else (1.0 if own == 0 else float("inf"))


def cost(of: pacing_world.World) -> float:
    """Seconds a flight and step: the median of steps over ten thousand flights."""
    rows = np.arange(MANY) % len(of.budget)
    course = pacing.course(of.budget[rows], of.forecast[rows][:, :60])
    memory, took = pacing.begin(course), []
    for now in range(40):
        report = pacing.Report(now, np.zeros(MANY), of.requests[rows, memory.known : now])
        begun = time.perf_counter()
        _, memory = pacing.step(course, memory, report)
        took.append(time.perf_counter() - begun)
    return float(np.median(took)) / MANY
