"""What a mix comes to: money, outcome with its interval, what it breaks. No solving: an edit is answered by this alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from makegood.engine.outlook.spread import Z80
from makegood.engine.planner import curves, people
from makegood.engine.planner.records import Audience, Candidate, Mix, Problem, Share

ROUNDING = 2e-3  # whole steps make a share of the money miss its bound by a little


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the mix: `delivered` units expected of `units`, the outcome that is its part, with 80 % bounds.

    `sure` is the chance that its inventory is there in full.
    """

    key: str
    units: float
    amount: float
    delivered: float
    outcome: float
    low: float
    high: float
    sure: float


@dataclass(frozen=True, slots=True)
class Broken:
    """A hard constraint that a mix does not keep."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A mix in figures. `score` is the outcome less what missed soft rules cost; `misses` by rule, in parts of the budget."""

    amount: float
    outcome: float
    low: float
    high: float
    score: float
    reach: float
    contacts: float
    lines: tuple[Line, ...]
    misses: Mapping[str, float]
    broken: tuple[Broken, ...]

    @property
    def frequency(self) -> float:
        """Contacts a person met has on average."""
        return self.contacts / self.reach if self.reach else 0.0

    @property
    def sure(self) -> float:
        """The part of the money whose inventory is expected to be there in full, by chance."""
        return sum(one.sure * one.amount for one in self.lines) / self.amount if self.amount else 0.0


def evaluate(problem: Problem, mix: Mix) -> Evaluation:
    """The figures of a mix. An outcome of an audience is shared out over its lines by what their contacts are worth."""
    known = problem.by_key()
    made = list(_audiences(problem, mix))
    lines = _once(problem, [line for _, some, _ in made for line in some])
    met = people.together((curves.reach(audience, contacts) for audience, _, contacts in made), problem.universe)
    certain = math.fsum((line.outcome * math.hypot(known[line.key].worth.spread, known[line.key].kept.spread)) ** 2 for line in lines)
    joint = math.fsum(line.outcome * _supply(known[line.key], line.units) for line in lines)  # forecasts of supply err together: the cautious side
    half = Z80 * math.sqrt(certain + joint**2)
    misses = {share.key: missed(problem, share, mix) for share in problem.shares}
    cost = sum((share.weight or 0.0) * problem.scale * misses[share.key] for share in problem.shares)
    order = {key: number for number, key in enumerate(mix)}
    lines.sort(key=lambda line: order[line.key])
    amount, outcome, contacts = sum(line.amount for line in lines), sum(line.outcome for line in lines), sum(seen for *_, seen in made)
    return Evaluation(
        amount, outcome, max(0.0, outcome - half), outcome + half, outcome - cost, met, contacts, tuple(lines), misses, broken(problem, mix)
    )


def outcomes(problem: Problem, mix: Mix) -> dict[str, float]:
    """The outcome of each audience by itself, people of several counted in each."""
    return {audience.key: math.fsum(line.outcome for line in lines) for audience, lines, _ in _audiences(problem, mix)}


def _audiences(problem: Problem, mix: Mix) -> Iterator[tuple[Audience, list[Line], float]]:
    """(audience, its lines, their contacts) of every audience somebody is met of."""
    known = problem.by_key()
    taken = {key: (known[key], units) for key, units in mix.items() if units > 0}
    for audience in problem.audiences:
        own = {key: one for key, one in taken.items() if one[0].audience == audience.key}
        if own:
            yield (audience, *_audience(audience, own))


def _once(problem: Problem, lines: list[Line]) -> list[Line]:
    """The lines with their parts of an outcome of people, who count once: all are made less alike."""
    if not problem.people or not math.isfinite(problem.universe):
        return lines
    by_audience: dict[str, float] = {}
    known = problem.by_key()
    for line in lines:
        by_audience[known[line.key].audience] = by_audience.get(known[line.key].audience, 0.0) + line.outcome
    whole = math.fsum(by_audience.values())
    part = people.together(by_audience.values(), problem.universe) / whole if whole else 1.0
    return [replace(line, outcome=line.outcome * part, low=line.low * part, high=line.high * part) for line in lines]


def missed(problem: Problem, share: Share, mix: Mix) -> float:
    """By what part of the budget the spend on the trait is outside the rule's bounds."""
    known = problem.by_key()
    spend = {key: known[key].rate * units for key, units in mix.items()}
    whole, part = sum(spend.values()), sum(money * known[key].traits.get(share.trait, 0.0) for key, money in spend.items())
    return max(0.0, share.low * whole - part, part - share.high * whole) / problem.budget if problem.budget else 0.0


def broken(problem: Problem, mix: Mix) -> tuple[Broken, ...]:
    """Every hard constraint the mix does not keep, in words."""
    known = problem.by_key()
    taken = {key: units for key, units in mix.items() if units > 0}
    found = [Broken("line", f"{key}: {words}") for key, units in taken.items() for words in _line(known[key], units)]
    spend = sum(known[key].rate * units for key, units in taken.items())
    if spend > problem.budget * (1 + 1e-9) + 0.005:
        found.append(Broken("budget", f"{spend:,.2f} is {spend - problem.budget:,.2f} above the budget"))
    if len(taken) > problem.lines:
        found.append(Broken("lines", f"{len(taken)} lines, at most {problem.lines}"))
    products = [known[key].product for key in taken]
    found += [Broken("twice", f"{one} is there twice") for one in sorted(set(products)) if products.count(one) > 1]
    found += [Broken("wanted", f"{one} is asked for and not there") for one in problem.wanted if one not in products]
    for pool in problem.pools:
        used = sum(known[key].contacts * units for key, units in taken.items() if key in pool.members)
        if used > pool.contacts * (1 + 1e-9) + 1:
            found.append(Broken("pool", f"{', '.join(one for one in pool.members if one in taken)} share {pool.contacts:,.0f} free impressions"))
    for audience in problem.audiences:
        used = sum(known[key].contacts * units for key, units in taken.items() if known[key].audience == audience.key)
        if used > audience.most * (1 + 1e-9) + 1:
            found.append(Broken("frequency", f"{audience.key}: {used:,.0f} contacts, at most {audience.most:,.0f} for the frequency"))
    found += [
        Broken(share.key, share.words) for share in problem.shares if share.weight is None and missed(problem, share, taken) > ROUNDING
    ]
    return tuple(found)


def _line(one: Candidate, units: float) -> list[str]:
    found = []
    if units > one.available + 1e-6:
        found.append(f"{units - one.available:,.0f} more than the {one.available:,.0f} that are free")
    if units > one.most + 1e-6:
        found.append(f"more than its most, {one.most:,.0f}")
    if units < one.least - 1e-6:
        found.append(f"less than its least, {one.least:,.0f}")
    return found


def _audience(audience: Audience, own: Mapping[str, tuple[Candidate, float]]) -> tuple[list[Line], float]:
    """The lines of an audience, and the contacts they are expected to make."""
    made = {key: one.contacts * one.kept.mean * curves.delivered(units, one.available, one.spread) for key, (one, units) in own.items()}
    weight = sum(own[key][0].worth.mean * number for key, number in made.items())
    whole = audience.best * curves.effective(audience, weight / audience.best) if audience.best else 0.0
    lines = []
    for key, (one, units) in own.items():
        part = whole * one.worth.mean * made[key] / weight if weight else 0.0
        half = Z80 * part * math.hypot(one.worth.spread, one.kept.spread, _supply(one, units))
        there = curves.sure(units, one.available, one.spread)
        lines.append(Line(key, units, one.rate * units, made[key] / one.contacts, part, max(0.0, part - half), part + half, there))
    return lines, sum(made.values())


def _supply(one: Candidate, units: float) -> float:
    """The relative standard deviation of what the inventory lets a line deliver."""
    mean = curves.delivered(units, one.available, one.spread)
    return math.sqrt(curves.delivered_variance(units, one.available, one.spread)) / mean if mean else 0.0
