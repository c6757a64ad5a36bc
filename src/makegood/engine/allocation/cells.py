"""The cells' half of a SHALE sweep, compiled: every cell's beta, and what the plan of these duals delivers.

`terms` has a row for each contract: level θ(1 + α/V), fall θ/V, most, θ, so that an edge reads one cache line.
"""

from __future__ import annotations

from makegood.engine.allocation.arrays import Floats, Ints, Numbers
from makegood.engine.allocation.roots import root
from makegood.engine.kernels import compiled

LEVEL, FALL, MOST, THETA = 0, 1, 2, 3


@compiled
def _wanted(who: Numbers, terms: Floats, lines: Floats) -> tuple[float, float]:
    """Fill `lines` with the contracts of a cell; returns what they want of it at beta 0 and the beta where none does."""
    total, top = 0.0, 0.0
    for k in range(len(who)):
        row = terms[who[k]]
        lines[0, k], lines[1, k], lines[2, k], lines[3, k] = 1.0, row[0], row[1], row[2]
        total += min(row[0], row[2])
        top = max(top, row[0] / row[1])
    return total, top


@compiled
def _given(who: Numbers, terms: Floats, lines: Floats, s: float, beta: float, sums: Floats) -> float:
    """Add the cell's deliveries and squared unlikeness to `sums`; returns the part of the cell in use."""
    used = 0.0
    for k in range(len(who)):
        x = min(max(lines[1, k] - lines[2, k] * beta, 0.0), lines[3, k])
        off = x - terms[who[k], 3]
        sums[who[k], 0] += s * x
        sums[who[k], 1] += s * off * off
        used += x
    return used


@compiled
def price(first: Ints, who: Numbers, s: Floats, terms: Floats, beta: Floats, lines: Floats, sums: Floats) -> float:
    """Per cell the least beta ≥ 0 with Σ_j x_ij ≤ 1, into `beta` (its old values are where Newton starts).

    Adds Σ_i s_i x_ij and Σ_i s_i (x_ij − θ_j)² to the rows of `sums`; returns Σ_i s_i β_i (Σ_j x_ij − 1), all but zero.
    """
    slack = 0.0
    for i in range(len(first) - 1):
        own = who[first[i] : first[i + 1]]
        total, top = _wanted(own, terms, lines)
        beta[i] = -root(lines, len(own), 1.0, -beta[i], -top, 0.0) if total > 1.0 else 0.0
        slack += s[i] * beta[i] * (_given(own, terms, lines, s[i], beta[i], sums) - 1.0)
    return slack
