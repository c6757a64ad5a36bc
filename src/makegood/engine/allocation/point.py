"""One point of the dual: betas, deliveries and the two values that certify it.

Every point is a plan and a bound: any alpha in [0, p] does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from makegood.engine.allocation import cells, sweep
from makegood.engine.allocation.arrays import Floats
from makegood.engine.allocation.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """`terms` as in `cells`; `missing` = d − delivered, the dual's gradient; `unlike` the cost of unevenness."""

    alpha: Floats
    beta: Floats
    terms: Floats
    missing: Floats
    unlike: float
    dual: float

    def primal(self, p: Floats) -> float:
        """What the plan of these duals costs when a missed unit costs `p`."""
        return self.unlike + float(p @ np.maximum(self.missing, 0.0))


def at(of: Problem, alpha: Floats, beta: Floats, lines: Floats) -> Point:
    """The point of `alpha`; `beta` of a point nearby saves time and changes nothing else. `lines` from of.buffer().

    The dual is the Lagrangian at its least x, so it bounds every plan from below (weak duality), rounding included.
    """
    fall = of.theta / of.v
    terms = np.column_stack([of.theta * (1 + alpha / of.v), fall, of.most, of.theta])
    priced, sums = beta.copy(), np.zeros((of.contracts, 2))
    slack = cells.price(of.first_of_cell, of.who, of.s, terms, priced, lines, sums)
    missing = of.d - sums[:, 0]
    unlike = 0.5 * float((sums[:, 1] / fall).sum())
    return Point(alpha, priced, terms, missing, unlike, unlike + float(alpha @ missing) + slack)


def swept(of: Problem, point: Point, p: Floats, lines: Floats) -> Point:
    """The point after one SHALE sweep below `p`: its dual is never less."""
    alpha = np.minimum(point.alpha, p)
    sweep.sweep(of.first, of.cell, of.s, point.beta, of.d, of.v, point.terms, p, alpha, lines)
    return at(of, alpha, point.beta, lines)
