"""Decisions a second in bulk on one core, beside the same decisions drawn cell by cell in Python and one by one.

One plan, one traffic; a request decided is one decision, filled or not. Seconds are those of the processor, so that
neighbours on the machine do not count. Chances are checked to be those of the single decision.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

from bench.planted import inventory
from bench.result import Result, at_least, at_most
from makegood.engine import decision, simulator
from makegood.engine.decision import shares

GOAL = "P4: simulator - at least 1M decisions a second on one core in bulk, by the very chances of the single decision"
BULK, SAME = 1e6, 1e-9


def arguments(parser: argparse.ArgumentParser) -> None:
    """Size of the plan and of its traffic."""
    parser.add_argument("--flights", type=int, default=400)
    parser.add_argument("--placements", type=int, default=12)
    parser.add_argument(
        "--requests",
        type=float,
        default=20.0,
        help="mean requests of a cell (alike in placement, device, geo, section)",
    )
    parser.add_argument("--rounds", type=int, default=7)


def run(options: argparse.Namespace) -> Result:
    """Each way in turn, several rounds; medians."""
    here = inventory.inventory(options.flights, options.placements, np.random.default_rng(options.seed))
    counts = np.random.default_rng(options.seed + 1).poisson(options.requests, len(here.requests)).astype(float)
    ways = {
        "bulk": _bulk(here, counts),
        "one_a_cell": _bulk(here, np.ones(len(counts))),
        "mean": _mean(here, counts),
        "serve": _serve(here, counts),
        "decide": _decide(here),
    }
    paces: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(options.rounds + 1):
        for name, way in ways.items():
            begun = time.process_time()
            decided = way(np.random.default_rng(turn))
            if turn:  # the first round compiles and fills the decider's tables
                paces[name].append(decided / (time.process_time() - begun))
    pace = {name: statistics.median(found) for name, found in paces.items()}
    goals = {
        "bulk_decisions_per_s": at_least(round(pace["bulk"]), BULK),
        "chances_differ_by_at_most": at_most(_difference(here), SAME),
    }
    figures = {
        "cells": len(counts),
        "edges": len(here.edges.flight),
        "eligible_median": float(np.median(np.diff(here.edges.first))),
        "decisions_a_round": int(counts.sum()),
        "one_request_a_cell_per_s": round(pace["one_a_cell"]),
        "mean_flow_requests_per_s": round(pace["mean"]),
        "bulk_over_serve": round(pace["bulk"] / pace["serve"], 1),
        "bulk_over_decide": round(pace["bulk"] / pace["decide"], 1),
    }
    return Result(figures, goals, {"serve_per_s": round(pace["serve"]), "decide_per_s": round(pace["decide"])})


Way = Callable[[np.random.Generator], float]


def _bulk(here: inventory.Inventory, counts: np.ndarray) -> Way:
    endless = np.full(len(here.throttle), np.inf)

    def way(rng: np.random.Generator) -> float:
        simulator.serve_step(counts, here.edges, here.flights, here.throttle, endless, rng)
        return float(counts.sum())

    return way


def _mean(here: inventory.Inventory, counts: np.ndarray) -> Way:
    endless = np.full(len(here.throttle), np.inf)

    def way(rng: np.random.Generator) -> float:
        simulator.serve_step(counts, here.edges, here.flights, here.throttle, endless)
        return float(counts.sum())

    return way


def _serve(here: inventory.Inventory, counts: np.ndarray) -> Way:
    def way(rng: np.random.Generator) -> float:
        for request, count in zip(here.requests, counts.astype(int).tolist(), strict=True):
            decision.serve(here.decider, request, count, at=here.at, rng=rng)
        return float(counts.sum())

    return way


def _decide(here: inventory.Inventory) -> Way:
    def way(rng: np.random.Generator) -> float:
        for request, u in zip(here.requests, rng.random(len(here.requests)).tolist(), strict=True):
            here.decider.decide(request, at=here.at, u=u)
        return float(len(here.requests))

    return way


def _difference(here: inventory.Inventory) -> float:
    """The largest difference of a chance from decision.shares, over a sample of cells."""
    got = simulator.shares(here.edges, here.flights, here.throttle)
    worst = 0.0
    for cell in range(0, len(here.requests), max(1, len(here.requests) // 200)):
        own = slice(here.edges.first[cell], here.edges.first[cell + 1])
        wanted = shares.shares([here.plan.flights[n] for n in here.edges.flight[own]])
        worst = max(worst, *np.abs(got[own] - wanted), 0.0)
    return float(worst)
