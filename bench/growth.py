"""What a plan costs as work grows: time to a certified gap and memory, from 100 contracts on 10,000 edges to 10,000 on ten million.

One problem a size, from the same generator; compiled before the clock starts. Time is of the processor, of all threads
together: from half a million edges on a solve takes all cores, and `wall_s` is less on an idle machine.
"""
import argparse
import itertools
import math
import tracemalloc

from bench.plan import clocked, solve
from bench.result import Result, at_most
from bench.supply_graph import SupplyGraph, contended

GOAL = "P1: growth - time and memory of a plan from 10,000 to 10 million edges"
SIZES = ((100, 2_000, 10_000), (300, 6_000, 60_000), (1_000, 20_000, 360_000), (3_000, 60_000, 1_500_000),
         (10_000, 200_000, 5_600_000), (10_000, 300_000, 12_000_000))
GAP, POINTS = 1e-3, 15  # points after which Newton's arrays have been made once
SLOPE = 1.3  # the most by which log(time) may rise with log(edges)


def arguments(parser: argparse.ArgumentParser) -> None:
    """How far."""
    parser.add_argument("--sizes", type=int, default=len(SIZES), help="so many of the six sizes; the last has ten million edges")


def run(options: argparse.Namespace) -> Result:
    """A row a size."""
    solve(contended(options.seed, 30, 500, 2_000, 0.75))
    rows = [row(contended(options.seed, *size, 0.75, dear=10.0)) for size in SIZES[: options.sizes]]
    rise = slope(rows[0], rows[-1])
    return Result({f"{one['edges']} edges": one for one in rows}, {"slope_of_time_in_edges": at_most(rise, SLOPE)})


def row(graph: SupplyGraph) -> dict[str, float]:
    """Time and the arrays of a solve at one size: numpy reports its allocations, kernels' own passing ones are not among them."""
    found, cpu, wall = clocked(lambda: solve(graph, gap=GAP))
    tracemalloc.start()
    solve(graph, gap=GAP, deadline_s=POINTS, clock=itertools.count().__next__)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"contracts": len(graph.cells), "cells": len(graph.capacity), "edges": graph.edges, "cpu_s": round(cpu, 4), "wall_s": round(wall, 4),
            "peak_mb": round(peak / 2**20, 1), "gap": found.gap, "steps": found.steps}


def slope(first: dict[str, float], last: dict[str, float]) -> float:
    """The rise of log(time) with log(edges) from the first row to the last."""
    return math.log(last["cpu_s"] / first["cpu_s"]) / math.log(last["edges"] / first["edges"])
