"""The best mix of a problem: solve, look where curve or inventory was flattered, cut there, solve again.

Deterministic: HiGHS on one seed; ties fall to the earlier candidate by the order of the problem.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from makegood.engine.planner import curves
from makegood.engine.planner.evaluate import Evaluation, evaluate
from makegood.engine.planner.model import Model
from makegood.engine.planner.people import Said
from makegood.engine.planner.records import Pool, Problem

Free = Callable[[Sequence[str]], float]
"""Contacts that are free for some candidates together: the most a flow can give them without harming anybody."""

CLOSE, ROUNDS, MOST_ROUNDS, CLASH = 2e-4, 12, 200, 1e-6


@dataclass(frozen=True, slots=True)
class Solution:
    """A mix with its figures. No mix has a score above `bound`; `problem` has the pools that were found on the way."""

    problem: Problem
    mix: dict[str, float]
    figures: Evaluation
    bound: float

    @property
    def gap(self) -> float:
        """How far the score may be from the best, as a part of it; only the rounding of units and the last tangents are left."""
        return max(0.0, self.bound - self.figures.score) / abs(self.bound) if self.bound else 0.0


def solve(problem: Problem, free: Free | None = None) -> Solution:
    """The mix with the highest score. `free` says what candidates can have together, where pools do not say it yet.

    What is jointly free is a polymatroid (the rank function of a flow; Megiddo, 1974): a mix fits when each set of its
    lines fits, so sets that do not are added as pools until all do. Raises Infeasible.
    """
    model = Model(problem, _unit(problem))
    model.contacts()
    best: Solution | None = None
    pools = list(problem.pools)
    sharpened = 0
    for _ in range(MOST_ROUNDS):
        units, said, bound = model.solve()
        mix = _whole(problem, units)
        clashes = _clashes(problem, mix, free, pools) if free else []
        if not clashes:
            known = dataclasses.replace(problem, pools=tuple(pools))
            found = Solution(known, mix, evaluate(known, mix), bound)
            if best is None or found.figures.score > best.figures.score:
                best = dataclasses.replace(found, bound=bound)
            best = dataclasses.replace(best, bound=min(best.bound, bound), problem=known)
            sharpened += 1
            if sharpened == ROUNDS or not _sharpen(model, units, said):
                break
        for pool in clashes:
            pools.append(pool)
            model.pool(pool)
    if best is None:
        raise RuntimeError(f"no mix fits the inventory after {MOST_ROUNDS} rounds")
    return best


def _unit(problem: Problem) -> float:
    """The size of outcomes: the whole budget at the best candidate's price, so that the programme's figures are about one."""
    worth = [one.contacts * one.worth.mean * min(problem.budget / one.rate, max(one.limit, one.step)) for one in problem.candidates if one.rate > 0]
    return max(worth, default=1.0) or 1.0


def _whole(problem: Problem, units: dict[str, float]) -> dict[str, float]:
    """Units in whole steps, never more than was solved for; locked ones as they are. In the problem's order."""
    found = {}
    for one in problem.candidates:
        if one.key in units:
            fixed = problem.locked.get(one.key)
            found[one.key] = fixed if fixed is not None else max((units[one.key] + 1e-6 * one.step) // one.step * one.step, one.least)
    return found


def _sharpen(model: Model, units: dict[str, float], said: Said) -> bool:
    """Add the tangents the solution asks for; False when what was said is close to what is."""
    more = model.joins_better(said, CLOSE)
    for number, audience in enumerate(model.audiences):
        own = [one for one in model.found if one.audience == audience.key and one.key in units]
        made = sum(model.each(one) * curves.delivered(units[one.key], one.available, one.spread) for one in own)
        true, _ = model.curve(audience, made)
        if said.parts[number] - true > CLOSE * max(float(said.parts.sum()), 1e-12):
            model.tangent(number, made)
            more = True
            for one in own:
                if one.spread > 0:
                    model.promise(model.home[one.key], units[one.key])
    return more


def _clashes(problem: Problem, mix: dict[str, float], free: Free, known: Sequence[Pool]) -> list[Pool]:
    """Sets of lines that take more together than is free for them, as pools; what a locked line takes beyond its own stays its own."""
    uses = {key: problem.candidate(key).contacts * units for key, units in mix.items()}
    beyond = {key: max(0.0, uses[key] - free((key,))) for key in uses if key in problem.locked}
    found = []
    for size in range(2, len(uses) + 1):
        for some in itertools.combinations(uses, size):
            if not any(set(pool.members) == set(some) for pool in known):
                most = free(some) + sum(beyond.get(key, 0.0) for key in some)
                if sum(uses[key] for key in some) > most * (1 + CLASH) + 1:
                    found.append(Pool(some, most))
        if found:
            return found
    return found


def scaled(problem: Problem, free: Free | None = None) -> Problem:
    """The problem with its soft rules weighed against the best outcome without them, and the pools found on the way. Raises Infeasible."""
    bare = dataclasses.replace(problem, shares=tuple(one for one in problem.shares if one.weight is None))
    found = solve(bare, free)
    return dataclasses.replace(problem, scale=found.figures.outcome, pools=found.problem.pools)
