"""Tiers: sponsorships take their share of every cell, then each tier is planned on what the tiers above leave.

So no plan of a lower tier costs a higher one anything. Serving divides requests the same way (`decision.shares`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from makegood.engine import reach
from makegood.engine.allocation.arrays import Floats, Ints
from makegood.engine.allocation.contracts import Contract
from makegood.engine.allocation.optimum import Solution, optimum
from makegood.engine.allocation.plan import Allotment
from makegood.engine.allocation.problem import Problem, problem

Owned = Sequence[tuple[Contract, Ints]]


def sponsored(capacity: Floats, owned: Owned) -> tuple[Floats, list[Allotment]]:
    """What sponsorships leave of each cell, and theirs; shares that exceed a cell are scaled down to it."""
    sold = np.zeros(len(capacity))
    for contract, cells in owned:
        sold[cells] += _share(contract)
    scale = np.maximum(sold, 1.0)
    rows = [_sponsorship(contract, capacity[cells], scale[cells]) for contract, cells in owned]
    return capacity * (1 - sold / scale), rows


def _sponsorship(contract: Contract, capacity: Floats, scale: Floats) -> Allotment:
    share, supply = _share(contract), float(capacity.sum()) * contract.let_through
    given = float((capacity * share / scale).sum()) * contract.let_through
    return Allotment(contract.id, share, 0.0, contract.weight, supply, contract.demand, given, "sponsorship")


def _share(contract: Contract) -> float:
    return 1.0 if contract.share is None else contract.share


def planned(
    left: Floats, owned: Owned, alpha: Floats | None, *, gap: float, deadline_s: float | None, clock: Callable[[], float]
) -> tuple[Floats, list[Allotment], Solution]:
    """One tier on what is `left`: what it leaves in turn, its allotments, and the solver's certificate.

    Contracts to whom nothing is left get alpha = penalty and deliver nothing; their cost is in both bounds.
    """
    kept = [n for n, (_, cells) in enumerate(owned) if np.any(left[cells] > 0)]
    of = _problem(left, [owned[n] for n in kept])
    start = None if alpha is None else alpha[kept]
    found = optimum(of, gap=gap, deadline_s=deadline_s, alpha=start, clock=clock)
    rows = [_nothing(contract) for contract, _ in owned]
    for place, n in enumerate(kept):
        rows[n] = _allotment(owned[n][0], of, found, place)
    return left * (1 - used(of, found)), rows, found


def _problem(left: Floats, owned: Owned) -> Problem:
    contracts = [contract for contract, _ in owned]
    demand, penalty, weight, most = (
        np.array([getattr(one, name) for one in contracts], dtype=np.float64)
        for name in ("demand", "penalty", "weight", "let_through")
    )
    return problem(left, [cells for _, cells in owned], demand, penalty, weight, most, ids=[one.id for one in contracts])


def _allotment(contract: Contract, of: Problem, found: Solution, n: int) -> Allotment:
    """theta is per request that the cap lets through at that rate, as the ad server asks only then."""
    theta = reach.chance_for(float(of.theta[n]), contract.frequency_cap, contract.requests_per_person_day)
    return Allotment(
        contract.id, theta, float(found.alpha[n]), contract.weight, float(of.supply[n] * contract.let_through),
        contract.demand, float(found.delivered[n]), contract.priority,
    )  # fmt: skip


def _nothing(contract: Contract) -> Allotment:
    return Allotment(contract.id, 0.0, contract.penalty, contract.weight, 0.0, contract.demand, 0.0, contract.priority)


def used(of: Problem, found: Solution) -> Floats:
    """The part of each cell that the plan uses, in [0, 1]."""
    lengths = np.diff(of.first)
    level, fall = of.theta * (1 + found.alpha / of.v), of.theta / of.v
    x = np.repeat(level, lengths) - np.repeat(fall, lengths) * found.beta[of.cell]
    x = np.clip(x, 0.0, np.repeat(of.most, lengths))
    return np.minimum(np.bincount(of.cell, weights=x, minlength=len(of.s)), 1.0)
