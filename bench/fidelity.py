"""Fidelity: what serving from the compact plan realises against what the plan promised, with feedback and without."""
import argparse
import time

import numpy as np

from bench import fidelity_plans, fidelity_world
from bench.fidelity_world import Book, Floats
from bench.result import Result, at_most

GOAL = "P4: fidelity - under-delivery realised by serving against the plan's own, forecast right and 20 % wrong"
RIGHT, WRONG = 1.1, 1.5
ERROR = 0.2


def arguments(parser: argparse.ArgumentParser) -> None:
    """The size of the book, and how often the plan is made again."""
    parser.add_argument("--contracts", type=int, default=300)
    parser.add_argument("--cells", type=int, default=6_000)
    parser.add_argument("--edges", type=int, default=100_000)
    parser.add_argument("--sold", type=float, default=0.76, help="share of all requests that is promised")
    parser.add_argument("--requests", type=float, default=2e6, help="requests in the horizon of 14 days")
    parser.add_argument("--groups", type=int, default=40, help="forecast groups, each wrong by its own factor")
    parser.add_argument("--every", type=int, default=24, help="hours between plans")


def run(options: argparse.Namespace) -> Result:
    """The same arrivals for every server; weighted under-delivery in parts of everything promised."""
    of = fidelity_world.book(options.seed, options.contracts, options.cells, options.edges, options.sold,
                             options.requests, options.groups)
    alpha, delivered = fidelity_plans.plan(of, of.capacity)
    wrong = of.capacity * fidelity_world.errors(of, options.seed, ERROR)
    own = of.missed(delivered)
    begun = time.perf_counter()
    right_feedback, wrong_feedback = (feedback(of, true, alpha, options) for true in (of.capacity, wrong))
    took = (time.perf_counter() - begun) / 2
    return Result(
        {"plan": round(own, 6), "realised": round(right_feedback, 6), "realised_forecast_wrong": round(wrong_feedback, 6),
         "hindsight_plan_forecast_wrong": round(of.missed(fidelity_plans.plan(of, wrong)[1]), 6),
         "hours": len(of.shape), "contracts": len(of.demand), "edges": len(of.cells),
         "median_demand": float(np.median(of.demand)), "seconds_a_horizon": round(took, 1)},
        {"realised_to_plan": at_most(round(right_feedback / own, 4), RIGHT),
         "forecast_wrong_realised_to_plan": at_most(round(wrong_feedback / own, 4), WRONG)},
        {name: {"right": round(compare(of, of.capacity, server, options), 6), "wrong": round(compare(of, wrong, server, options), 6)}
         for name, server in peers(of, alpha).items()},
    )


def peers(of: Book, alpha: Floats) -> dict[str, fidelity_world.Server]:
    return {"plan_without_feedback": fidelity_plans.compact(of, alpha, 0), "hwm": fidelity_plans.high_water_mark(of),
            "priority_waterfall": fidelity_plans.waterfall(of)}


def feedback(of: Book, true: Floats, alpha: Floats, options: argparse.Namespace) -> float:
    return compare(of, true, fidelity_plans.compact(of, alpha, options.every), options)


def compare(of: Book, true: Floats, server: fidelity_world.Server, options: argparse.Namespace) -> float:
    return of.missed(fidelity_world.serve(of, true, server, options.seed))
