"""One SHALE sweep, both halves vectorised: every cell's beta, then every contract's alpha, each an exact root.

Bharadwaj et al., SHALE, KDD 2012, stage 1. Roots of monotone piecewise-linear functions by Newton.
"""

from __future__ import annotations

import numpy as np

from makegood.engine.allocation.problem import Floats, Problem

PASSES, EXACT = 60, 1e-12


def betas(of: Problem, alpha: Floats, start: Floats) -> Floats:
    """Per cell the least beta ≥ 0 with Σ_j θ_j max(0, 1 + (α_j − β)/V_j) ≤ 1, from the betas of the sweep before."""
    fall = (of.theta / of.v)[of.contract][of.by_cell]
    level = (of.theta * (1 + alpha / of.v))[of.contract][of.by_cell]
    cell = of.cell[of.by_cell]
    beta = start.copy()
    for _ in range(PASSES):
        x = level - fall * beta[cell]
        active = x > 0
        excess = np.add.reduceat(np.where(active, x, 0.0), of.first_of_cell) - 1
        slope = np.add.reduceat(np.where(active, fall, 0.0), of.first_of_cell)
        step = np.divide(excess, slope, out=-beta, where=slope > 0)  # right of every line: begin again from zero
        moved = np.maximum(beta + step, 0.0)
        if np.abs(moved - beta).max(initial=0.0) <= EXACT * (1 + beta.max(initial=0.0)):
            return np.asarray(moved, dtype=np.float64)
        beta = moved
    return beta


def alphas(of: Problem, beta: Floats, start: Floats) -> Floats:
    """Per contract the alpha in [0, p] at which Σ_i s_i x_ij = d_j, or p when the supply left is too little."""
    rate = (of.theta / of.v)[of.contract] * of.s[of.cell]
    offset = of.v[of.contract] - beta[of.cell]
    alpha = start.copy()
    for _ in range(PASSES):
        lift = offset + alpha[of.contract]
        active = lift > 0
        missing = of.d - np.add.reduceat(np.where(active, rate * lift, 0.0), of.first)
        slope = np.add.reduceat(np.where(active, rate, 0.0), of.first)
        step = np.divide(missing, slope, out=of.p - alpha, where=slope > 0)
        moved = np.clip(alpha + step, 0.0, of.p)
        if np.abs(moved - alpha).max(initial=0.0) <= EXACT * (1 + alpha.max(initial=0.0)):
            return moved
        alpha = moved
    return alpha


def value(of: Problem, alpha: Floats, beta: Floats) -> tuple[float, float, Floats]:
    """(primal, dual, delivered per contract) of the plan these duals give; `beta` must be the betas of `alpha`.

    The dual is a lower bound on every plan, so primal − dual certifies how far from the best this one is.
    """
    theta, v, s = of.theta[of.contract], of.v[of.contract], of.s[of.cell]
    price = alpha[of.contract] - beta[of.cell]
    x = theta * np.maximum(0.0, 1 + price / v)
    unlike = 0.5 * s * (v / theta) * (x - theta) ** 2
    delivered = np.add.reduceat(s * x, of.first)
    primal = float(unlike.sum() + (of.p * np.maximum(0.0, of.d - delivered)).sum())
    dual = float((unlike - s * price * x).sum() - (of.s * beta).sum() + (alpha * of.d).sum())
    return primal, dual, delivered
