"""A problem as a mixed-integer programme: variables, rows, and the cuts that make concave curves linear.

Maximise Σ z_a − Σ weight_r · scale · s_r over money v (units of the budget), taken b in {0, 1}, delivered d, outcome z and
misses s; where the outcome is people, who count once, z_a is their H and w ≤ U·(1 − exp(−Σ z / U)) stands for the sum
(`people`). Curves enter as tangents, z ≤ h(x₀) + h'(x₀)(x − x₀), added where the last solution needs them (Duran and
Grossmann, 1986): the optimum over the tangents is a bound on the true one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from makegood.engine.planner import curves, highs, people
from makegood.engine.planner.people import Said
from makegood.engine.planner.records import Audience, Candidate, Infeasible, Pool, Problem

MOST_STEPS = 500  # a candidate with more steps is continuous, its units rounded down afterwards
STARTS = (0.02, 0.1, 0.3, 1.0)  # first tangents, as parts of the furthest point


class Model:
    """The programme of one problem; `solve` gives units by candidate and the bound, as far as the tangents go."""

    def __init__(self, problem: Problem, unit: float) -> None:
        self.problem, self.unit = problem, unit
        self.found = [one for one in problem.candidates if one.rate > 0 and (one.key in problem.locked or one.limit >= max(one.least, one.step))]
        n, self.home = len(self.found), {one.key: number for number, one in enumerate(self.found)}
        self.audiences = [one for one in problem.audiences if any(other.audience == one.key for other in self.found)]
        self.soft = [share for share in problem.shares if share.weight is not None]
        self.u, self.b, self.d = range(n), range(n, 2 * n), range(2 * n, 3 * n)
        self.z = range(3 * n, 3 * n + len(self.audiences))
        self.s = range(self.z.stop, self.z.stop + len(self.soft))
        self.w = range(self.s.stop, self.s.stop + (problem.people and math.isfinite(problem.universe)))
        self.rows: list[highs.Row] = []
        self._limits()
        self._pick()
        self._shares()
        for number, audience in enumerate(self.audiences):
            for part in STARTS:
                self.tangent(number, part * self._furthest(audience))
        for part in STARTS if self.w else ():
            self.join(part * sum(self.curve(audience, self._furthest(audience))[0] for audience in self.audiences))
        for pool in problem.pools:
            self.pool(pool)

    def steps(self, one: Candidate) -> bool:
        """Whether its units are whole numbers of steps in the programme."""
        return one.limit / one.step <= MOST_STEPS

    def scale(self, number: int) -> float:
        """Units that one of the column is."""
        one = self.found[number]
        return one.step if self.steps(one) else self.problem.budget / one.rate

    def _add(self, row: Mapping[int, float], low: float, high: float) -> None:
        size = max((abs(value) for value in row.values()), default=0.0) or 1.0  # rows of one size: what the solver tells apart is absolute
        self.rows.append(({column: value / size for column, value in row.items()}, low / size, high / size))

    def _limits(self) -> None:
        for number, one in enumerate(self.found):
            size, fixed = self.scale(number), self.problem.locked.get(one.key)
            low, high = (fixed, fixed) if fixed is not None else (max(one.least, one.step), one.limit)
            self._add({self.u[number]: size, self.b[number]: -high}, -np.inf, 0.0)
            self._add({self.u[number]: size, self.b[number]: -low}, 0.0, np.inf)
            if fixed is not None:
                self._add({self.b[number]: 1.0}, 1.0, 1.0)
                self.promise(number, fixed)
            self._add({self.d[number]: 1.0, self.u[number]: -1.0}, -np.inf, 0.0)
            if one.spread > 0:
                for away in (-1.5, -0.5, 0.0):
                    self.promise(number, max(0.0, one.available + away * one.spread))

    def _pick(self) -> None:
        money = {self.u[number]: one.rate * self.scale(number) / self.problem.budget for number, one in enumerate(self.found)}
        self._add(money, -np.inf, 1.0)
        self._add(dict.fromkeys(self.b, 1.0), 1.0, float(self.problem.lines))
        for product in sorted({one.product for one in self.found}):
            own = {self.b[number]: 1.0 for number, one in enumerate(self.found) if one.product == product}
            wanted = product in self.problem.wanted
            if wanted or len(own) > 1:
                self._add(own, 1.0 if wanted else 0.0, 1.0)
        if missing := set(self.problem.wanted) - {one.product for one in self.found}:
            raise Infeasible(f"nothing can be had of {', '.join(sorted(missing))}, which is asked for")
        if missing := set(self.problem.locked) - self.home.keys():
            raise Infeasible(f"nothing can be had of {', '.join(sorted(missing))}, which is locked")

    def _shares(self) -> None:
        for share in self.problem.shares:
            slack = {self.s[self.soft.index(share)]: 1.0} if share.weight is not None else {}
            for bound, sign in ((share.low, 1.0), (share.high, -1.0)):
                if bound > 0 if sign > 0 else bound < 1:
                    row = {
                        self.u[number]: sign * (one.traits.get(share.trait, 0.0) - bound) * one.rate * self.scale(number) / self.problem.budget
                        for number, one in enumerate(self.found)
                    }  # fmt: skip
                    self._add(row | slack, 0.0, np.inf)

    def _furthest(self, audience: Audience) -> float:
        """The most there can be of an audience's worth of contacts, in contacts of the best worth."""
        own = [one for one in self.found if one.audience == audience.key]
        return sum(self.each(one) * min(one.limit, self.problem.budget / one.rate) for one in own) or 1.0

    def each(self, one: Candidate) -> float:
        """What a delivered unit adds to its audience, in contacts of the best worth."""
        best = self._audience(one).best
        return one.contacts * one.kept.mean * one.worth.mean / best if best else 0.0

    def _audience(self, one: Candidate) -> Audience:
        return next(other for other in self.audiences if other.key == one.audience)

    def curve(self, audience: Audience, at: float) -> tuple[float, float]:
        """(z, what one contact of the best worth more adds to it) of an audience at so many such contacts."""
        return people.curve(audience, at, self.problem.universe if self.w else math.inf)

    def tangent(self, number: int, at: float) -> None:
        """z of an audience lies under the tangent of its curve at `at` contacts."""
        audience = self.audiences[number]
        value, steep = self.curve(audience, at)
        row = {
            self.d[place]: -steep * self.each(one) * self.scale(place) / self.unit
            for place, one in enumerate(self.found) if one.audience == audience.key
        }  # fmt: skip
        self._add(row | {self.z[number]: 1.0}, -np.inf, (value - steep * at) / self.unit)

    def join(self, at: float) -> None:
        """w lies under the tangent, where the sum of z is `at`, of the people that sum comes to."""
        everybody = self.problem.universe
        steep = people.unmet(at, everybody)
        self._add({self.w[0]: 1.0} | dict.fromkeys(self.z, -steep), -np.inf, (people.joined(at, everybody) - steep * at) / self.unit)

    def joins_better(self, said: Said, close: float) -> bool:
        """Add the tangent that what was said asks for; False when it is close to what is."""
        total = float(said.parts.sum())
        if not self.w or said.joined - people.joined(total, self.problem.universe) <= close * max(said.joined, 1e-12):
            return False
        self.join(total)
        return True

    def promise(self, number: int, at: float) -> None:
        """d of a candidate lies under the tangent of what a promise of `at` units delivers; times b, so that nothing is nothing."""
        one, size = self.found[number], self.scale(number)
        steep = curves.sure(at, one.available, one.spread)
        rest = curves.delivered(at, one.available, one.spread) - steep * at
        self._add({self.d[number]: 1.0, self.u[number]: -steep, self.b[number]: -rest / size}, -np.inf, 0.0)

    def pool(self, pool: Pool) -> None:
        """Candidates of a pool use no more than it has."""
        size = max(pool.contacts, 1.0)
        row = {self.u[self.home[key]]: self._contacts(key) / size for key in pool.members if key in self.home}
        if row:
            self._add(row, -np.inf, pool.contacts / size)

    def contacts(self) -> None:
        """Audiences get no more contacts than the frequency allows."""
        for audience in self.audiences:
            if math.isfinite(audience.most):
                self.pool(Pool(tuple(one.key for one in self.found if one.audience == audience.key), audience.most))

    def _contacts(self, key: str) -> float:
        return self.found[self.home[key]].contacts * self.scale(self.home[key])

    def solve(self) -> tuple[dict[str, float], Said, float]:
        """(units by candidate, outcome as the tangents say, bound on the score). Raises Infeasible."""
        width = self.w.stop
        cost, whole = np.zeros(width), np.zeros(width, dtype=np.bool_)
        counts = self.w or self.z
        cost[counts.start : counts.stop] = -1.0
        for number, share in zip(self.s, self.soft, strict=True):
            cost[number] = (share.weight or 0.0) * self.problem.scale / self.unit
        whole[self.b.start : self.b.stop] = True
        for number, one in enumerate(self.found):
            whole[self.u[number]] = self.steps(one) and one.key not in self.problem.locked
        answer = highs.minimise(highs.Programme(cost, self._tops(width), whole, self.rows))
        units = {one.key: float(answer.values[self.u[number]]) * self.scale(number) for number, one in enumerate(self.found) if answer.values[self.b[number]] > 0.5}
        said = Said(answer.values[self.z.start : self.z.stop] * self.unit, float(answer.values[counts.start : counts.stop].sum()) * self.unit)
        return units, said, -answer.bound * self.unit

    def _tops(self, width: int) -> npt.NDArray[np.float64]:
        """The highest value of each column: finite, as branching needs them."""
        tops = np.ones(width)
        for number, one in enumerate(self.found):
            fixed = self.problem.locked.get(one.key)
            tops[self.u[number]] = tops[self.d[number]] = (one.limit if fixed is None else fixed) / self.scale(number)
        for number, audience in enumerate(self.audiences):
            tops[self.z[number]] = self.curve(audience, self._furthest(audience))[0] / self.unit
        tops[self.w.start : self.w.stop] = sum(tops[number] for number in self.z)
        return tops
