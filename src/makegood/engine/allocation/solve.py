"""Solving: sweeps until the gap, the sweeps or the time is used up; the best plan found is returned with its gap.

Stop-watch only: `clock` is a monotonic counter handed in, never the time of day.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from makegood.engine import eligibility
from makegood.engine.allocation import sweep
from makegood.engine.allocation.problem import Contract, Floats, Problem, check, problem
from makegood.engine.outlook import Outlook
from makegood.engine.supply import Supply


@dataclass(frozen=True, slots=True)
class Allotment:
    """One contract's part of the plan: x = theta × max(0, 1 + (alpha − beta) / weight) of each eligible request.

    `supply` eligible requests, `delivered` what the plan gives of `demand`.
    """

    contract_id: int
    theta: float
    alpha: float
    weight: float
    supply: float
    demand: float
    delivered: float

    @property
    def short(self) -> float:
        return max(0.0, self.demand - self.delivered)


@dataclass(frozen=True, slots=True)
class Plan:
    """Allotments in the order of the contracts; `gap` = (primal − dual) / primal is a certificate, 0 is optimal."""

    allotments: tuple[Allotment, ...]
    primal: float
    dual: float
    sweeps: int

    @property
    def gap(self) -> float:
        return max(0.0, self.primal - self.dual) / self.primal if self.primal > 0 else 0.0


def solve(
    supply: Supply,
    outlook: Outlook,
    contracts: Sequence[Contract],
    *,
    gap: float = 1e-3,
    sweeps: int = 300,
    deadline_s: float | None = None,
    warm: Mapping[int, float] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Plan:
    """Allocate. `warm` maps contract id to the alpha of the last plan. Without a deadline the answer is deterministic.

    Contracts nobody matches get theta 0 and deliver nothing. Raises ContractInvalid and OutlookInvalid.
    """
    check(contracts)
    graph = eligibility.graph(supply, outlook, [contract.scope for contract in contracts])
    of = problem(graph, contracts)
    end = None if deadline_s is None else clock() + deadline_s
    alpha = np.array([(warm or {}).get(contracts[n].id, 0.0) for n in of.live])
    alpha = np.clip(alpha, 0.0, of.p)
    beta = np.zeros(len(of.s))
    best: tuple[float, float, Floats, Floats] = (0.0, 0.0, alpha, np.zeros(0))
    bound, done, momentum, last, before = -np.inf, 0, 0, alpha, -np.inf
    while len(of.live):
        beta = sweep.betas(of, alpha, beta)
        primal, dual, delivered = sweep.value(of, alpha, beta)
        bound = max(bound, dual)
        if done == 0 or primal <= best[0] * (1 + 1e-9):  # on a tie the later duals, nearer the bound
            best = (primal, bound, alpha, delivered)
        if best[0] - bound <= gap * best[0] or done >= sweeps or (end is not None and clock() >= end):
            break
        stepped = sweep.alphas(of, beta, alpha)
        momentum = momentum + 1 if dual >= before else 0  # Nesterov's extrapolation, restarted when the bound falls
        alpha = np.clip(stepped + momentum / (momentum + 3) * (stepped - last), 0.0, of.p)
        last, before, done = stepped, dual, done + 1
    return _plan(contracts, of, best, float(bound), done)


def _plan(
    contracts: Sequence[Contract], of: Problem, best: tuple[float, float, Floats, Floats], bound: float, done: int
) -> Plan:
    position = {int(n): place for place, n in enumerate(of.live)}
    primal, _, alpha, delivered = best
    rows = []
    for n, contract in enumerate(contracts):
        place = position.get(n)
        if place is None:
            rows.append(Allotment(contract.id, 0.0, 0.0, contract.weight, 0.0, contract.demand, 0.0))
            continue
        found = (of.theta[place], alpha[place], of.v[place], of.supply[place], of.d[place], delivered[place])
        rows.append(Allotment(contract.id, *map(float, found)))
    missed = sum(one.penalty * one.demand for n, one in enumerate(contracts) if n not in position)
    return Plan(tuple(rows), primal + missed, (bound if position else 0.0) + missed, done)
