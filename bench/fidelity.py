"""Fidelity: what serving from the compact plan realises against what the plan promised, with feedback and without."""
import argparse
import time
from collections.abc import Callable

import numpy as np

from bench import fidelity_plans, fidelity_world
from bench.fidelity_world import Book, Floats, Server
from bench.result import Goal, Result, at_most

GOAL = "P4: fidelity - under-delivery realised by serving against the plan's own, forecast right and 20 % wrong"
RIGHT, WRONG = 1.1, 1.5
ERROR = 0.2


def arguments(parser: argparse.ArgumentParser) -> None:
    """The size of the book, and how often the plan is made again."""
    parser.add_argument("--contracts", type=int, default=800)
    parser.add_argument("--cells", type=int, default=16_000)
    parser.add_argument("--edges", type=int, default=290_000)
    parser.add_argument("--sold", type=float, default=0.76, help="share of all requests that is promised")
    parser.add_argument("--requests", type=float, default=5e6, help="requests in the horizon of 14 days")
    parser.add_argument("--groups", type=int, default=100, help="forecast groups, each wrong by its own factor")
    parser.add_argument("--every", type=int, default=24, help="hours between plans")


def run(options: argparse.Namespace) -> Result:
    """The same arrivals for every server; weighted under-delivery in parts of everything promised."""
    of = fidelity_world.book(
        options.seed, options.contracts, options.cells, options.edges, options.sold, options.requests, options.groups
    )
    first = fidelity_plans.plan(of, of.capacity)
    truths = worlds(of, options.seed)
    best = {name: of.missed(fidelity_plans.plan(of, true).delivered) for name, true in truths.items()}
    begun = time.perf_counter()
    realised = {name: missed(of, true, fidelity_plans.compact(of, first.alpha, options.every), options.seed) for name, true in truths.items()}
    took = (time.perf_counter() - begun) / len(truths)
    peers = {
        peer: {name: round(missed(of, true, server(), options.seed), 6) for name, true in truths.items()}
        for peer, server in others(of, first.alpha).items()
    }
    figures = {
        "plan": round(best["right"], 6), "realised": rounded(realised), "plan_that_knew_the_traffic": rounded(best),
        "realised_to_plan": rounded({name: value / best["right"] for name, value in realised.items()}),
        "hours": len(of.shape), "contracts": len(of.demand), "edges": len(of.cells),
        "median_demand": round(float(np.median(of.demand)), 1), "seconds_a_horizon": round(took, 2),
    }
    return Result(figures, goals(realised, best), peers)


def goals(realised: dict[str, float], best: dict[str, float]) -> dict[str, Goal]:
    """Against the plan's own; where whole groups are wrong also against a plan that knew the traffic, the best there is."""
    plan = best["right"]
    return {
        "realised_to_plan": at_most(round(realised["right"] / plan, 4), RIGHT),
        "cells_wrong_realised_to_plan": at_most(round(realised["cells_wrong"] / plan, 4), WRONG),
        "groups_wrong_realised_to_plan": at_most(round(realised["groups_wrong"] / plan, 4), WRONG),
        "groups_wrong_realised_to_best": at_most(round(realised["groups_wrong"] / best["groups_wrong"], 4), RIGHT),
    }


def worlds(of: Book, seed: int) -> dict[str, Floats]:
    """Expected requests per cell: as forecast, every cell wrong by up to 20 %, every forecast group wrong by up to 20 %."""
    return {
        "right": of.capacity,
        "cells_wrong": of.capacity * fidelity_world.errors(of, seed, ERROR, by_group=False),
        "groups_wrong": of.capacity * fidelity_world.errors(of, seed, ERROR, by_group=True),
    }


def others(of: Book, alpha: Floats) -> dict[str, Callable[[], Server]]:
    return {
        "plan_without_feedback": lambda: fidelity_plans.compact(of, alpha, 0),
        "hwm": lambda: fidelity_plans.high_water_mark(of),
        "priority_waterfall": lambda: fidelity_plans.waterfall(of),
    }


def missed(of: Book, true: Floats, server: Server, seed: int) -> float:
    return of.missed(fidelity_world.serve(of, true, server, seed))


def rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 6) for name, value in values.items()}
