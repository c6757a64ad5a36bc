"""Why each line is there, what bounds it, and why the others are not. Every figure is an evaluation or a solution.

Says it as data: keys and numbers; the words for people are made where they are shown.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass

from makegood.engine.planner import curves, people
from makegood.engine.planner.evaluate import evaluate, outcomes
from makegood.engine.planner.records import Candidate, Infeasible, Mix, Problem
from makegood.engine.planner.solve import Free, Solution, solve

NEAR = 0.01


@dataclass(frozen=True, slots=True)
class Reason:
    """A line: `adds` is the outcome lost without it, all else as it is; `loses` what is lost when the rest is solved again.

    `next_per_money` is the outcome of the next unit of money in it; `bound` names what keeps it from being larger:
    wanted, locked, free, most, shared, frequency, a rule's key, or budget. `needed`: there is no plan without it.
    """

    key: str
    adds: float
    loses: float
    next_per_money: float
    bound: str
    wanted: bool
    needed: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A product that is not in the plan: `why` is free, price, lines, shared, least or a rule's key, with its figures."""

    product: str
    key: str
    why: str
    has: float
    needs: float


def reasons(solution: Solution, free: Free | None = None) -> tuple[Reason, ...]:
    """A reason for each line of a solution."""
    return tuple(_reason(solution, key, free) for key in solution.mix)


def adds(problem: Problem, mix: Mix, key: str) -> float:
    """What the outcome falls by when a line is taken out and nothing else changes."""
    rest = {other: units for other, units in mix.items() if other != key}
    return evaluate(problem, mix).outcome - evaluate(problem, rest).outcome


def _reason(solution: Solution, key: str, free: Free | None) -> Reason:
    problem, one = solution.problem, solution.problem.candidate(key)
    wanted = one.product in problem.wanted
    others = tuple(other for other in problem.candidates if other.product != one.product)
    locked = {other: units for other, units in problem.locked.items() if other != key}
    rest = dataclasses.replace(
        problem, candidates=others, wanted=tuple(other for other in problem.wanted if other != one.product), locked=locked
    )
    loses, needed = solution.figures.outcome, True
    if others:
        with contextlib.suppress(Infeasible):
            loses, needed = solution.figures.outcome - solve(rest, free).figures.outcome, False
    return Reason(key, adds(problem, solution.mix, key), loses, next_per_money(problem, solution.mix, key), bound(problem, solution.mix, key), wanted, needed)


def next_per_money(problem: Problem, mix: Mix, key: str) -> float:
    """Outcome of one more unit of money in a candidate, the mix as it is."""
    one, known = problem.candidate(key), problem.by_key()
    audience = next(other for other in problem.audiences if other.key == one.audience)
    made = sum(
        known[other].contacts * known[other].kept.mean * known[other].worth.mean * curves.delivered(units, known[other].available, known[other].spread)
        for other, units in mix.items() if known[other].audience == one.audience
    )  # fmt: skip
    steep = curves.slope(audience, made / audience.best) if audience.best else 0.0
    steep *= _new(problem, mix, audience.key)
    return steep * one.worth.mean * one.kept.mean * one.contacts * curves.sure(mix.get(key, 0.0), one.available, one.spread) / one.rate if one.rate else 0.0


def _new(problem: Problem, mix: Mix, audience: str) -> float:
    """The part of an audience's people that no other property meets; 1 where the outcome is not people."""
    if not problem.people:
        return 1.0
    return people.unmet(math.fsum(people.spread(met, problem.universe) for key, met in outcomes(problem, mix).items() if key != audience), problem.universe)


def bound(problem: Problem, mix: Mix, key: str) -> str:
    """What keeps a line from being larger."""
    one, units = problem.candidate(key), mix[key]
    if key in problem.locked:
        return "locked"
    if units >= min(one.available, one.most) * (1 - NEAR) - one.step:
        return "free" if one.available <= one.most else "most"
    if (tight := _tight(problem, mix, one)) is not None:
        return tight
    return "wanted" if one.product in problem.wanted and units <= one.least + one.step else "budget"


def _tight(problem: Problem, mix: Mix, one: Candidate) -> str | None:
    """The pool, frequency or rule that a candidate's next unit runs into."""
    known = problem.by_key()
    uses = {key: known[key].contacts * units for key, units in mix.items()}
    if any(one.key in pool.members and sum(uses.get(key, 0.0) for key in pool.members) >= pool.contacts * (1 - NEAR) for pool in problem.pools):
        return "shared"
    audience = next(other for other in problem.audiences if other.key == one.audience)
    if sum(number for key, number in uses.items() if known[key].audience == one.audience) >= audience.most * (1 - NEAR):
        return "frequency"
    parts = spend(problem, mix)
    whole = sum(parts.values()) or 1.0
    for share in problem.shares:
        part = sum(money * known[key].traits.get(share.trait, 0.0) for key, money in parts.items()) / whole
        of = one.traits.get(share.trait, 0.0)
        if (of > share.high and part >= share.high - NEAR) or (of < share.low and part <= share.low + NEAR):
            return share.key
    return None


def spend(problem: Problem, mix: Mix) -> dict[str, float]:
    """Money by line."""
    known = problem.by_key()
    return {key: known[key].rate * units for key, units in mix.items()}


def left_out(solution: Solution) -> tuple[LeftOut, ...]:
    """Every product that is not in the mix, with the first thing that kept it out. In the problem's order."""
    problem, mix = solution.problem, solution.mix
    taken = {problem.candidate(key).product for key in mix}
    found: dict[str, LeftOut] = {}
    tries: dict[str, list[Candidate]] = {}
    for one in problem.candidates:
        if one.product not in taken:
            tries.setdefault(one.product, []).append(one)
    values = {key: next_per_money(problem, mix, key) for key in mix}
    for product, some in tries.items():
        best = max(some, key=lambda one: (one.limit >= max(one.least, one.step), next_per_money(problem, mix, one.key)))
        found[product] = _left_out(solution, best, values)
    return tuple(found.values())


def _left_out(solution: Solution, one: Candidate, values: Mapping[str, float]) -> LeftOut:
    problem, mix = solution.problem, solution.mix
    needs = max(one.least, one.step)
    if one.limit < needs:
        return LeftOut(one.product, one.key, "free", one.limit, needs)
    has, least = next_per_money(problem, mix, one.key), min(values.values(), default=0.0)
    if has <= least:
        return LeftOut(one.product, one.key, "price", has, least)
    if (tight := _tight(problem, mix, one)) is not None:
        return LeftOut(one.product, one.key, tight, has, least)
    if len(mix) >= problem.lines:
        return LeftOut(one.product, one.key, "lines", has, least)
    return LeftOut(one.product, one.key, "least", one.rate * needs, problem.budget - sum(spend(problem, mix).values()))
