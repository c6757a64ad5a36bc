"""Other plans for the same brief, with what they gain and what they cost: truly different mixes, each solved for a reason."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass

from makegood.engine.outlook.spread import Z80
from makegood.engine.planner.evaluate import Evaluation, evaluate
from makegood.engine.planner.reasons import spend
from makegood.engine.planner.records import Candidate, Infeasible, Mix, Problem
from makegood.engine.planner.solve import Free, Solution, solve

DIFFERENT = 0.15  # the part of the money that must be elsewhere
CHEAPER, SPREAD_OUT, MORE = 0.8, 0.3, 0.005


@dataclass(frozen=True, slots=True)
class Alternative:
    """A mix and what it is for (safer, cheaper, wider, deeper, spread or without the largest). Figures are by the plan's own problem."""

    kind: str
    mix: dict[str, float]
    figures: Evaluation


def alternatives(chosen: Solution, *, free: Free | None = None, wanted: int = 2) -> tuple[Alternative, ...]:
    """Up to `wanted` others, each with at least DIFFERENT of its money elsewhere than the plan and the others, each better in something."""
    found: list[Alternative] = []
    for kind, change in KINDS.items():
        if len(found) == wanted:
            break
        try:
            made = solve(change(chosen), free)
        except Infeasible:
            continue
        one = Alternative(kind, made.mix, evaluate(chosen.problem, made.mix))
        others = [chosen.mix, *(other.mix for other in found)]
        if better(kind, one.figures, chosen.figures) and all(distance(chosen.problem, one.mix, other) >= DIFFERENT for other in others):
            found.append(one)
    return tuple(found)


def distance(problem: Problem, one: Mix, other: Mix) -> float:
    """The part of the larger plan's money that is not on the same products in the other, 0 to 1."""
    sums: list[dict[str, float]] = []
    for mix in (one, other):
        by_product: dict[str, float] = {}
        for key, money in spend(problem, mix).items():
            product = problem.candidate(key).product
            by_product[product] = by_product.get(product, 0.0) + money
        sums.append(by_product)
    same = sum(min(money, sums[1].get(product, 0.0)) for product, money in sums[0].items())
    return 1 - same / max(sum(sums[0].values()), sum(sums[1].values()), 1e-9)


def better(kind: str, one: Evaluation, plan: Evaluation) -> bool:
    """Whether an alternative gives what it is for."""
    figures: dict[str, tuple[float, float]] = {
        "safer": (one.sure, plan.sure), "cheaper": (plan.amount, one.amount), "wider": (one.reach, plan.reach),
        "deeper": (one.contacts, plan.contacts), "spread": (_largest(plan), _largest(one)),
    }  # fmt: skip
    ours, theirs = figures.get(kind, (1.0, 0.0))
    return ours > theirs * (1 + MORE)


def _largest(figures: Evaluation) -> float:
    return max((line.amount for line in figures.lines), default=0.0) / figures.amount if figures.amount else 0.0


def _safer(chosen: Solution) -> Problem:
    """No line promises more than is there nine times in ten."""
    return _each(chosen.problem, lambda one: dataclasses.replace(one, most=min(one.most, max(0.0, one.available - Z80 * one.spread))))


def _cheaper(chosen: Solution) -> Problem:
    """A fifth less money."""
    return dataclasses.replace(chosen.problem, budget=min(chosen.problem.budget, chosen.figures.amount) * CHEAPER)


def _wider(chosen: Solution) -> Problem:
    """As many people as can be, however seldom."""
    people = tuple(dataclasses.replace(one, again=0.0, frequency=1, best=1.0) for one in chosen.problem.audiences)
    return dataclasses.replace(_unweighted(chosen.problem), audiences=people, people=True)


def _deeper(chosen: Solution) -> Problem:
    """As many contacts as can be, whoever has them."""
    people = tuple(dataclasses.replace(one, again=1.0, frequency=1, best=1.0) for one in chosen.problem.audiences)
    return dataclasses.replace(_unweighted(chosen.problem), audiences=people, people=False)


def _spread(chosen: Solution) -> Problem:
    """No product has more than a part of the money."""
    budget = chosen.problem.budget * SPREAD_OUT
    return _each(chosen.problem, lambda one: dataclasses.replace(one, most=min(one.most, budget / one.rate if one.rate else math.inf)))


def _without(chosen: Solution) -> Problem:
    """The largest product that nobody asked for is not to be had."""
    problem = chosen.problem
    by_money = sorted(spend(problem, chosen.mix).items(), key=lambda row: (-row[1], row[0]))
    gone = next((problem.candidate(key).product for key, _ in by_money if problem.candidate(key).product not in problem.wanted and key not in problem.locked), "")
    return dataclasses.replace(problem, candidates=tuple(one for one in problem.candidates if one.product != gone))


def _unweighted(problem: Problem) -> Problem:
    """Every contact alike; soft rules weigh as before, beside outcomes of another size."""
    from_worth = max((one.worth.mean for one in problem.candidates), default=1.0) or 1.0
    one = _each(problem, lambda each: dataclasses.replace(each, worth=dataclasses.replace(each.worth, mean=1.0)))
    return dataclasses.replace(one, scale=problem.scale / from_worth)


def _each(problem: Problem, change: Callable[[Candidate], Candidate]) -> Problem:
    return dataclasses.replace(problem, candidates=tuple(change(one) for one in problem.candidates))


KINDS: dict[str, Callable[[Solution], Problem]] = {
    "safer": _safer, "wider": _wider, "deeper": _deeper, "cheaper": _cheaper, "spread": _spread, "without": _without,
}  # fmt: skip
