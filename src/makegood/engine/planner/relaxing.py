"""What a constraint costs, and what it would take where no plan meets them all: each is set free by itself and solved again."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from makegood.engine.planner.reasons import spend
from makegood.engine.planner.records import Infeasible, Problem, Share
from makegood.engine.planner.solve import Free, Solution, solve

MORE_MONEY, WIDER = 1.1, 0.1
Change = Callable[[Problem], Problem]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """One constraint looser by a named amount: the outcome then, the gain over the plan, the money it takes."""

    key: str
    words: str
    outcome: float
    gain: float
    amount: float


def binding(solution: Solution, free: Free | None = None) -> tuple[Relaxed, ...]:
    """The constraints that hold the plan back, each with what a little more room would bring; most first."""
    found = []
    for key, words, problem in _looser(solution.problem, solution):
        try:
            made = solve(problem, free)
        except Infeasible:
            continue
        gain = made.figures.outcome - solution.figures.outcome
        if gain > 1e-4 * max(solution.figures.outcome, 1e-9):
            found.append(Relaxed(key, words, made.figures.outcome, gain, made.figures.amount))
    return tuple(sorted(found, key=lambda one: (-one.gain, one.key)))


def ways_out(problem: Problem, free: Free | None = None) -> tuple[Relaxed, ...]:
    """For a brief no plan meets: every single constraint whose absence makes one possible, and the outcome of that plan.

    Where no single one does, those that do together, as one. Empty when even without any there is no plan.
    """
    freeing = list(_freeing(problem))
    found = [Relaxed(key, words, made.figures.outcome, made.figures.outcome, made.figures.amount)
             for key, words, freed in freeing if (made := _tried(freed(problem), free)) is not None]  # fmt: skip
    if found:
        return tuple(sorted(found, key=lambda one: (-one.outcome, one.key)))
    said: list[str] = []
    for _, words, freed in freeing:
        problem, said = freed(problem), [*said, words]
        if (made := _tried(problem, free)) is not None:
            return (Relaxed("several", "; ".join(said), made.figures.outcome, made.figures.outcome, made.figures.amount),)
    return ()


def _tried(problem: Problem, free: Free | None) -> Solution | None:
    try:
        return solve(problem, free)
    except Infeasible:
        return None


def _looser(problem: Problem, solution: Solution) -> Iterator[tuple[str, str, Problem]]:
    """Constraints the plan touches, a little looser."""
    money = sum(spend(problem, solution.mix).values())
    if money >= problem.budget * 0.98:
        yield "budget", "10 % more budget", dataclasses.replace(problem, budget=problem.budget * MORE_MONEY)
    if len(solution.mix) >= problem.lines:
        yield "lines", "one line more", dataclasses.replace(problem, lines=problem.lines + 1)
    parts, known = spend(problem, solution.mix), problem.by_key()
    for share in problem.shares:
        part = sum(value * known[key].traits.get(share.trait, 0.0) for key, value in parts.items()) / (money or 1.0)
        if (share.low > 0 and part <= share.low + 0.01) or (share.high < 1 and part >= share.high - 0.01):
            wider = dataclasses.replace(share, low=max(0.0, share.low - WIDER), high=min(1.0, share.high + WIDER))
            yield share.key, f"{share.words}: ten points wider", _with(problem, share.key, wider)
    for product in problem.wanted:
        yield "wanted", f"without {product}, which the brief asks for", _unwanted(problem, product)
    if any(_at_most(problem, solution, one.key, one.most) for one in problem.audiences):
        yield "frequency", "the highest frequency a half higher", _frequency(problem, 1.5)


def _freeing(problem: Problem) -> Iterator[tuple[str, str, Change]]:
    """Each constraint with how to leave it out altogether."""
    yield "lines", "any number of lines", lambda one: dataclasses.replace(one, lines=max(len(one.candidates), 1))
    yield "least", "lines of any size", lambda one: dataclasses.replace(one, candidates=tuple(dataclasses.replace(each, least=0.0) for each in one.candidates))
    for share in problem.shares:
        if share.weight is None:
            yield share.key, f"without the rule: {share.words}", functools.partial(_with, key=share.key, share=None)
    yield "frequency", "any frequency", functools.partial(_frequency, times=math.inf)
    for product in problem.wanted:
        yield "wanted", f"without {product}, which the brief asks for", functools.partial(_unwanted, product=product)
    for key in problem.locked:
        yield "locked", f"{key} unlocked", functools.partial(_unlocked, key=key)
    yield "budget", "any budget", lambda one: dataclasses.replace(one, budget=_dearest(one))


def _unwanted(problem: Problem, product: str) -> Problem:
    return dataclasses.replace(problem, wanted=tuple(one for one in problem.wanted if one != product))


def _unlocked(problem: Problem, key: str) -> Problem:
    return dataclasses.replace(problem, locked={one: units for one, units in problem.locked.items() if one != key})


def _dearest(problem: Problem) -> float:
    """Money enough for everything."""
    return max(problem.budget, sum(one.rate * one.limit for one in problem.candidates if math.isfinite(one.limit)))


def _frequency(problem: Problem, times: float) -> Problem:
    return dataclasses.replace(problem, audiences=tuple(dataclasses.replace(one, most=one.most * times) for one in problem.audiences))


def _at_most(problem: Problem, solution: Solution, audience: str, most: float) -> bool:
    known = problem.by_key()
    used = sum(known[key].contacts * units for key, units in solution.mix.items() if known[key].audience == audience)
    return math.isfinite(most) and used >= most * 0.99


def _with(problem: Problem, key: str, share: Share | None) -> Problem:
    """The problem with one rule replaced, or left out."""
    kept = [share if one.key == key else one for one in problem.shares]
    return dataclasses.replace(problem, shares=tuple(one for one in kept if one is not None))
