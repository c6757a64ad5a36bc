"""The plan as handed back: three numbers a contract, what they deliver, and the certificate.

Fields have the names of engine.plan.PlanFlight; serving from them is `decision.shares`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from makegood.engine.allocation import certificate
from makegood.engine.plan import Priority


@dataclass(frozen=True, slots=True)
class Allotment:
    """One contract's part of the plan: x = theta × max(0, 1 + (alpha − beta) / weight) of each request it may have.

    `supply` requests of its targeting and days, less what its cap holds back; `delivered` what the plan gives of
    `demand`. A sponsorship's theta is the share it takes.
    """

    contract_id: int
    theta: float
    alpha: float
    weight: float
    supply: float
    demand: float
    delivered: float
    priority: Priority = "guaranteed"

    @property
    def short(self) -> float:
        return max(0.0, self.demand - self.delivered)


@dataclass(frozen=True, slots=True)
class Plan:
    """Allotments in the order of the contracts. dual ≤ cost of any plan ≤ primal, tier by tier given the tiers above.

    `steps` points of the dual were tried.
    """

    allotments: tuple[Allotment, ...]
    primal: float
    dual: float
    steps: int

    @property
    def gap(self) -> float:
        """(primal − dual) / primal: how far from the least cost, at most, the plan is. 0 is optimal."""
        return certificate.gap(self.primal, self.dual)

    @property
    def alphas(self) -> Mapping[int, float]:
        """alpha by contract id: the `warm` of the next plan."""
        return {row.contract_id: row.alpha for row in self.allotments}
