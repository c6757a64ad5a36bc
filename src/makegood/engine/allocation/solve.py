"""Solving for a seller: supply, outlook and contracts in, a certified plan out.

The bare solver is `optimum`; this names what is wrong in the seller's words and goes tier by tier.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from makegood.engine import eligibility
from makegood.engine.allocation import contracts as owed
from makegood.engine.allocation import tiers
from makegood.engine.allocation.arrays import Floats
from makegood.engine.allocation.contracts import TIERS, Contract
from makegood.engine.allocation.optimum import GAP
from makegood.engine.allocation.plan import Allotment, Plan
from makegood.engine.eligibility import Eligibility
from makegood.engine.outlook import Outlook
from makegood.engine.supply import Supply

Clock = Callable[[], float]


def solve(
    supply: Supply,
    outlook: Outlook,
    contracts: Sequence[Contract],
    *,
    gap: float = GAP,
    deadline_s: float | None = None,
    warm: Mapping[int, float] | None = None,
    clock: Clock = time.monotonic,
) -> Plan:
    """The certified plan of `contracts` over supply; `warm` maps contract id to the alpha of an earlier plan.

    Without a deadline the answer is deterministic. Raises ContractInvalid for the first contract that cannot be planned
    (see `sound` for sorting such contracts out beforehand) and OutlookInvalid. No contracts are an empty plan.
    """
    graph = eligibility.graph(supply, outlook, [contract.scope for contract in contracts])
    return allot(graph, contracts, gap=gap, deadline_s=deadline_s, warm=warm, clock=clock)


def allot(
    graph: Eligibility,
    contracts: Sequence[Contract],
    *,
    gap: float = GAP,
    deadline_s: float | None = None,
    warm: Mapping[int, float] | None = None,
    clock: Clock = time.monotonic,
) -> Plan:
    """`solve` on a graph that is made already; `graph.cells[n]` are those of `contracts[n]`."""
    owed.check(graph, contracts)
    end = None if deadline_s is None else clock() + deadline_s
    rows: list[Allotment | None] = [None] * len(contracts)
    left, primal, dual, steps = graph.capacity, 0.0, 0.0, 0
    for tier in TIERS:
        members = [n for n, contract in enumerate(contracts) if contract.priority == tier]
        owned = [(contracts[n], graph.cells[n]) for n in members]
        if tier == "sponsorship":
            left, found = tiers.sponsored(left, owned)
        elif members:
            seconds = None if end is None else max(0.0, end - clock())
            start = _start([contracts[n] for n in members], warm)
            left, found, solution = tiers.planned(left, owned, start, gap=gap, deadline_s=seconds, clock=clock)
            primal, dual, steps = primal + solution.primal, dual + solution.dual, steps + solution.steps
        else:
            continue
        for n, row in zip(members, found, strict=True):
            rows[n] = row
    made = tuple(row for row in rows if row is not None)
    lost = sum(
        contract.penalty * row.short
        for contract, row in zip(contracts, made, strict=True)
        if row.priority == "sponsorship" or row.supply == 0
    )
    return Plan(made, primal + lost, dual + lost, steps)


def _start(contracts: Sequence[Contract], warm: Mapping[int, float] | None) -> Floats | None:
    """The alphas to start from; None, a cold start, when none of these contracts was planned before."""
    if not warm or not any(contract.id in warm for contract in contracts):
        return None
    return np.array([warm.get(contract.id, 0.0) for contract in contracts])
