"""Allocation: guaranteed contracts over supply, representative and with the least penalty for under-delivery.

    min ½ Σ s_i (V_j/θ_j)(x_ij − θ_j)² + Σ p_j u_j    s.t. Σ_i s_i x_ij + u_j ≥ d_j, Σ_j x_ij ≤ 1, 0 ≤ x_ij ≤ m_j, u ≥ 0

A seller's call is `solve`; `problem` and `optimum` take bare arrays. The plan is three numbers a contract.
"""

from makegood.engine.allocation.contracts import Contract, ContractInvalid, sound
from makegood.engine.allocation.days import by_day
from makegood.engine.allocation.optimum import Solution, optimum
from makegood.engine.allocation.plan import Allotment, Plan
from makegood.engine.allocation.problem import CapacityInvalid, Problem, problem
from makegood.engine.allocation.solve import allot, solve

__all__ = [
    "Allotment",
    "CapacityInvalid",
    "Contract",
    "ContractInvalid",
    "Plan",
    "Problem",
    "Solution",
    "allot",
    "by_day",
    "optimum",
    "problem",
    "solve",
    "sound",
]
