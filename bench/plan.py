"""The plan of a seller's year: how good, how fast, how soon, beside exact solvers and published heuristics.

Ratios are of processor seconds. At the size of the peers everything runs on one thread, and on an idle machine these are
the seconds of the clock; the large problem takes all cores, and both are shown.
"""
import argparse
import gc
import importlib.util
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench import plan_peers as peers
from bench.result import Goal, Result, at_least, at_most
from bench.supply_graph import SupplyGraph, contended
from makegood.engine import allocation

GOAL = "P1: plan - certified allocation against HiGHS, Clarabel, HWM and SHALE"
LARGE, LARGE_GAP, LARGE_S = (10_000, 200_000, 5_600_000), 1e-3, 10.0
SOON_S = 0.5
SHALE_SWEEPS = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Sizes, peers' time limits, and the large problem."""
    parser.add_argument("--contracts", type=int, default=1_000)
    parser.add_argument("--cells", type=int, default=20_000)
    parser.add_argument("--edges", type=int, default=360_000)
    parser.add_argument("--sold", type=float, default=0.75, help="part of the supply that is owed")
    parser.add_argument("--dear", type=float, default=10.0, help="penalties are 4 to 20 times this, weights 1")
    parser.add_argument("--seeds", type=int, default=1, help="so many seeds from --seed on; figures are medians")
    parser.add_argument("--large", action="store_true", help="also 10,000 contracts on 5 million edges, without peers")
    parser.add_argument("--repeats", type=int, default=3, help="our solves of each problem; the median counts")
    parser.add_argument("--highs-limit", type=float, default=120.0, help="seconds HiGHS may take of each problem")
    parser.add_argument("--clarabel-limit", type=float, default=120.0, help="seconds Clarabel may take of each problem, 0 to leave it out")


def run(options: argparse.Namespace) -> Result:
    """Each seed's problem by us and by every peer, then medians."""
    solve(contended(options.seed, 30, 500, 2_000, 0.75))  # compiles
    rows, notes = [], []
    for seed in range(options.seed, options.seed + options.seeds):
        graph = contended(seed, options.contracts, options.cells, options.edges, options.sold, dear=options.dear)
        rows.append(measured(graph, options, notes))
    figures = {name: median([row[name] for row in rows if row.get(name) is not None]) for name in rows[0]}
    goals = {name: goal for name, goal in held(figures).items() if not np.isnan(goal.value)}
    beside = {name: figures.pop(name) for name in list(figures) if name.startswith(("highs", "clarabel", "hwm", "shale"))}
    if options.large:
        figures |= (large := biggest(options))
        goals |= {"large_gap": at_most(large["large_gap"], LARGE_GAP)}
        goals |= {name: at_most(large[name], LARGE_S) for name in ("large_wall_s", "large_cpu_s")}
    return Result(figures, goals, peers=beside, notes=tuple(dict.fromkeys(notes)))


def held(figures: dict[str, float]) -> dict[str, Goal]:
    """The goals these figures are held against; nan where a peer gave none."""
    return {
        "missed_over_optimum": at_most(figures["missed_over_optimum"], 1.02),
        "gap": at_most(figures["gap"], 1e-4),
        "times_faster_than_highs": at_least(figures["times_faster_than_highs"], 8.0),
        "times_faster_than_clarabel": at_least(figures["times_faster_than_clarabel"], 40.0),
        "missed_over_optimum_soon": at_most(figures["missed_over_optimum_soon"], 1.3),
    }


def solve(graph: SupplyGraph, **options: Any) -> allocation.Solution:
    """From the bare arrays, checks and both orders of edges included."""
    of = allocation.problem(graph.capacity, graph.cells, graph.demand, graph.penalty)
    return allocation.optimum(of, **options)


def clocked(call: Callable[[], Any]) -> tuple[Any, float, float]:
    """The answer, processor seconds and seconds of the clock."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    answer = call()
    return answer, time.process_time() - cpu, time.perf_counter() - wall


def measured(graph: SupplyGraph, options: argparse.Namespace, notes: list[str]) -> dict[str, float | None]:
    """One problem: ours before and after each peer, so that a busy neighbour meets all of them."""
    of = allocation.problem(graph.capacity, graph.cells, graph.demand, graph.penalty)
    ours = [clocked(lambda: solve(graph)) for _ in range(options.repeats)]
    least, highs_s = peer("highspy", lambda: peers.least_penalty(of, options.highs_limit), notes)
    ours += [clocked(lambda: solve(graph))]
    cost, clarabel_s = (None, None) if not options.clarabel_limit else peer(
        "clarabel", lambda: peers.quadratic(of, options.clarabel_limit), notes)
    ours += [clocked(lambda: solve(graph))]
    found, own_s = ours[0][0], statistics.median(cpu for _, cpu, _ in ours)
    soon = solve(graph, deadline_s=SOON_S, clock=time.process_time)
    exact = np.nan if least is None else least
    heuristics = {"hwm": peers.hwm(graph, of), "shale": peers.shale(graph, of, SHALE_SWEEPS)}
    return {
        "contracts": of.contracts, "cells": len(of.s), "edges": graph.edges, "sold": graph.sold,
        "missed_of_all": graph.missed(found.delivered) / float(of.p @ of.d), "steps": found.steps,
        "cpu_s": own_s, "wall_s": statistics.median(wall for _, _, wall in ours), "gap": found.gap,
        "missed_over_optimum": graph.missed(found.delivered) / exact,
        "missed_over_optimum_soon": graph.missed(soon.delivered) / exact, "gap_soon": soon.gap,
        "times_faster_than_highs": np.nan if highs_s is None else highs_s / own_s,
        "times_faster_than_clarabel": np.nan if clarabel_s is None else clarabel_s / own_s,
        "highs_cpu_s": highs_s, "clarabel_cpu_s": clarabel_s,
        "clarabel_cost_over_ours": None if cost is None else cost / found.primal,
        **{f"{name}_missed_over_optimum": graph.missed(delivered) / exact for name, delivered in heuristics.items()},
    }


def peer(package: str, model: Callable[[], Callable[[], float | None]], notes: list[str]) -> tuple[float | None, float | None]:
    """Its cost and processor seconds; at its time limit no cost, and seconds that are then a lower bound."""
    if importlib.util.find_spec(package) is None:
        notes.append(f"{package} is not installed; `{peers.INSTALL}` adds it")
        return None, None
    cost, cpu, _ = clocked(model())
    if cost is None:
        notes.append(f"{package} stopped at its time limit: how much faster we are is at least what is shown")
    return cost, cpu


def biggest(options: argparse.Namespace) -> dict[str, float]:
    """The large problem to its gap, by processor and by the clock."""
    graph = contended(options.seed, *LARGE, options.sold, dear=options.dear)
    found, cpu, wall = clocked(lambda: solve(graph, gap=LARGE_GAP))
    return {"large_edges": graph.edges, "large_gap": found.gap, "large_steps": found.steps, "large_wall_s": wall, "large_cpu_s": cpu,
            "large_missed_of_all": graph.missed(found.delivered) / float(graph.penalty @ graph.demand)}


def median(values: list[float]) -> float:
    """nan where nobody measured."""
    return float(statistics.median(values)) if values else float("nan")
