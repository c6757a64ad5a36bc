"""One point of the dual: betas, deliveries and the two values that certify it.

Every point is a plan and a bound: any alpha in [0, p] does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from makegood.engine.allocation import cells, deliveries, sweep
from makegood.engine.allocation.arrays import Floats, dot
from makegood.engine.allocation.crew import Crew
from makegood.engine.allocation.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """`terms` as in `cells`; `missing` = d − delivered, the dual's gradient; `near` the supply on which x moves.

    `unlike` is the cost of unevenness.
    """

    alpha: Floats
    beta: Floats
    terms: Floats
    missing: Floats
    near: Floats
    unlike: float
    dual: float

    def primal(self, p: Floats) -> float:
        """What the plan of these duals costs when a missed unit costs `p`."""
        return self.unlike + dot(p, np.maximum(self.missing, 0.0))


def at(of: Problem, alpha: Floats, beta: Floats, crew: Crew) -> Point:
    """The point of `alpha`; `beta` of a point nearby saves time and changes nothing else.

    The dual is the Lagrangian at its least x, so it bounds every plan from below (weak duality), rounding included.
    """
    fall, top = of.theta / of.v, float((of.v + alpha).max(initial=0.0))
    terms = np.column_stack([of.theta * (1 + alpha / of.v), fall, of.most, of.theta])
    priced, sums = beta.copy(), np.empty((3, of.contracts))
    slack = sum(
        crew.each(cells.price, of.parts_of_cells, of.first_of_cell, of.who, of.s, terms, top, of.widest, priced)
    )
    crew.each(deliveries.deliver, of.parts, of.first, of.cell, of.s, priced, terms, sums)
    missing = of.d - sums[0]
    unlike = 0.5 * float((sums[1] / fall).sum())
    return Point(alpha, priced, terms, missing, sums[2], unlike, unlike + dot(alpha, missing) + slack)


def swept(of: Problem, point: Point, p: Floats, crew: Crew) -> Point:
    """The point after one SHALE sweep below `p`: its dual is never less."""
    alpha = np.minimum(point.alpha, p)
    crew.each(sweep.sweep, of.parts, of.first, of.cell, of.s, point.beta, of.d, of.v, point.terms, p, of.widest, alpha)
    return at(of, alpha, point.beta, crew)
