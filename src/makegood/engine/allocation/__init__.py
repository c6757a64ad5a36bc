"""Allocation: guaranteed contracts over supply, representative and with the least penalty for under-delivery.

    min ½ Σ s_i (V_j/θ_j)(x_ij − θ_j)² + Σ p_j u_j    s.t. Σ_i s_i x_ij + u_j ≥ d_j, Σ_j x_ij ≤ 1, x, u ≥ 0

Solved by SHALE sweeps with a certified duality gap; the plan is two numbers a contract.
"""

from makegood.engine.allocation.problem import Contract, ContractInvalid
from makegood.engine.allocation.solve import Allotment, Plan, solve

__all__ = ["Allotment", "Contract", "ContractInvalid", "Plan", "solve"]
