"""The planner against every mix there is, against a greedy planner, and its time on catalogues of 50 and 200 candidates.

Small problems are solved by looking at all mixes; large ones have a bound by the planner's own relaxation. Greedy buys, line by
line, the most outcome for the next money, as a person with a spreadsheet would.
"""
import argparse
import itertools
import statistics
import time

import numpy as np

from bench.result import Result, at_least, at_most
from makegood.engine import planner
from makegood.engine.planner.reasons import next_per_money

GOAL = "M2: planner - within 1 % of the exhaustive optimum, better than greedy, a catalogue in a second"
SMALL, LEVELS, WITHIN = 6, 3, 0.99


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many problems of each size."""
    parser.add_argument("--small", type=int, default=60, help="problems small enough to look at every mix")
    parser.add_argument("--large", type=int, default=5, help="problems of each large size")


def run(options: argparse.Namespace) -> Result:
    """Shares of the optimum, of greedy, of the bound; processor seconds."""
    rng = np.random.default_rng(options.seed)
    exact, greedy_small = [], []
    for _ in range(options.small):
        problem, stock = drawn(rng, SMALL, levels=LEVELS)
        best = exhaustive(problem, stock)
        if best:
            exact.append(planner.solve(problem, stock.free).figures.score / best)
            greedy_small.append(greedy(problem, stock).score / best)
    figures: dict[str, object] = {
        "problems": len(exact), "value_of_optimum_least": round(min(exact), 6), "value_of_optimum_mean": round(statistics.mean(exact), 6)}
    peers: dict[str, object] = {"greedy_value_of_optimum_least": round(min(greedy_small), 4), "greedy_value_of_optimum_mean": round(statistics.mean(greedy_small), 4)}
    seconds, ratios = {}, {}
    for size in (50, 200):
        spent, gaps, over = [], [], []
        for _ in range(options.large):
            problem, stock = drawn(rng, size)
            begun = time.process_time()
            found = planner.solve(problem, stock.free)
            spent.append(time.process_time() - begun)
            gaps.append(found.gap)
            over.append(found.figures.score / greedy(problem, stock).score)
        seconds[size], ratios[size] = statistics.median(spent), statistics.mean(over)
        figures |= {f"seconds_{size}": round(seconds[size], 3), f"seconds_{size}_most": round(max(spent), 3), f"gap_{size}_most": round(max(gaps), 6),
                    f"over_greedy_{size}": round(ratios[size], 4)}
    goals = {"value_of_optimum_least": at_least(round(min(exact), 6), WITHIN), "over_greedy_200": at_least(round(ratios[200], 4), 1.0),
             "seconds_50": at_most(round(seconds[50], 3), 1.0)}
    return Result(figures, goals, peers)


class Cells:
    """Free contacts by cell, and the cells of each candidate: sets share what they have in common."""

    def __init__(self, capacity: np.ndarray, cells: dict[str, tuple[int, ...]]) -> None:
        self.capacity, self.cells = capacity, cells

    def free(self, keys) -> float:
        """Contacts of all cells of some candidates."""
        return float(self.capacity[sorted({cell for key in keys for cell in self.cells[key]})].sum())


def drawn(rng: np.random.Generator, number: int, levels: int = 0) -> tuple[planner.Problem, Cells]:
    """A problem of so many candidates: three flightings a product, a quarter of the products sharing cells with the next.

    With `levels` units come in so few steps that every mix can be looked at.
    """
    products = -(-number // 3)
    capacity = rng.integers(200_000, 6_000_000, products + 1).astype(float)
    cells, candidates, worths = {}, [], rng.lognormal(-6.5, 0.6, products)
    shared = rng.random(products) < 0.25
    for n in range(number):
        product, part = n // 3, n % 3
        key = f"c{n}"
        cells[key] = (product, product + 1) if shared[product] else (product,)
        free = Cells(capacity, cells).free([key])
        step = free // levels if levels else 1000.0
        candidates.append(planner.Candidate(
            key, f"p{product}", f"a{product % 4}", float(rng.uniform(6, 30)) / 1000, free, step=step, least=max(step, free * 0.03 // step * step),
            spread=float(free * rng.uniform(0, 0.15)), worth=planner.Estimate(float(worths[product]), float(worths[product] * 0.1)),
            kept=planner.Estimate(float(rng.uniform(0.9, 1.0)), 0.02), traits={f"property:a{product % 4}": 1.0, "early": (1 / 3, 2 / 3, 0.0)[part]}))
    audiences = tuple(
        planner.Audience(f"a{n}", float(capacity.sum()), 140.0, again=0.9, best=float(max(worths)), most=float(capacity.sum() * 0.3)) for n in range(4))
    shares = (planner.Share("early", "a third early", "early", low=0.35, weight=0.3),
              *(planner.Share(f"a{n}", "not one property", f"property:a{n}", high=0.75) for n in range(4)))
    shares = shares[:1] if levels else shares  # two products in coarse steps cannot share the money out
    budget = float(rng.uniform(*((0.5, 1.5) if levels else (0.05, 0.3))) * capacity.sum() / 100)
    problem = planner.Problem(budget, tuple(candidates), audiences, (), shares, (), 6)
    return planner.scaled(problem, Cells(capacity, cells).free), Cells(capacity, cells)


def fits(problem: planner.Problem, stock: Cells, mix: dict[str, float]) -> bool:
    """Whether a mix keeps every constraint to the letter, inventory by every set of its lines."""
    sets = [some for size in range(1, len(mix) + 1) for some in itertools.combinations(mix, size)]
    hard = [share for share in problem.shares if share.weight is None]
    evaluated = planner.evaluate(problem, mix)
    return (not evaluated.broken and evaluated.amount <= problem.budget and all(planner.missed(problem, share, mix) <= 1e-9 for share in hard)
            and all(sum(mix[key] for key in some) <= stock.free(some) for some in sets))


def exhaustive(problem: planner.Problem, stock: Cells) -> float:
    """The best score of all mixes of whole steps; 0 when there is none."""
    choices = [[step * one.step for step in range(int(one.limit // one.step) + 1) if step == 0 or step * one.step >= one.least] for one in problem.candidates]
    best = 0.0
    for units in itertools.product(*choices):
        mix = {one.key: value for one, value in zip(problem.candidates, units, strict=True) if value}
        if mix and fits(problem, stock, mix):
            best = max(best, planner.evaluate(problem, mix).score)
    return best


def greedy(problem: planner.Problem, stock: Cells) -> planner.Evaluation:
    """The most outcome for the next money first, step by step of a twentieth of the budget, while everything is kept but soft rules."""
    mix: dict[str, float] = {}
    stuck: set[str] = set()
    while len(stuck) < len(problem.candidates):
        one = max((one for one in problem.candidates if one.key not in stuck), key=lambda one: next_per_money(problem, mix, one.key))
        more = max(problem.budget / 20 / one.rate // one.step * one.step, one.step, one.least if one.key not in mix else 0.0)
        tried = mix | {one.key: mix.get(one.key, 0.0) + more}
        loose = without_shares(problem) if len(tried) == 1 else problem
        if fits(loose, stock, tried):
            mix = tried
        else:
            stuck.add(one.key)
    return planner.evaluate(problem, mix)


def without_shares(problem: planner.Problem) -> planner.Problem:
    """The first line alone is always all of one property: shares are looked at from the second on."""
    return planner.Problem(problem.budget, problem.candidates, problem.audiences, problem.pools, (), problem.wanted, problem.lines, problem.scale)
