"""The cells' half of a SHALE sweep, compiled: every cell's beta.

`terms` has a row for each contract: level θ(1 + α/V), fall θ/V, most, θ, so that an edge reads one cache line.
"""

from __future__ import annotations

import numpy as np

from makegood.engine.allocation.arrays import Floats, Ints, Numbers
from makegood.engine.allocation.roots import root
from makegood.engine.kernels import compiled, fast


@fast
def _wanted(who: Numbers, terms: Floats, lines: Floats) -> None:
    """Fill `lines` with the contracts of a cell: x as a function of −beta."""
    for k in range(len(who)):
        j = who[k]
        lines[0, k], lines[1, k], lines[2, k] = terms[j, 0], terms[j, 1], terms[j, 2]


@compiled
def price(
    begin: int, end: int, first: Ints, who: Numbers, s: Floats, terms: Floats, top: float, widest: int, beta: Floats
) -> float:
    """Per cell the least beta ≥ 0 with Σ_j x_ij ≤ 1, into `beta` (its old values are where Newton starts).

    `top` a beta at which no contract wants anything, `widest` at least the contracts of any cell.
    Returns Σ_i s_i β_i (Σ_j x_ij − 1), all but zero.
    """
    lines, slack = np.empty((3, widest)), 0.0
    for i in range(begin, end):
        own = who[first[i] : first[i + 1]]
        _wanted(own, terms, lines)
        opposite, used = root(lines, len(own), 1.0, -beta[i], -top, 0.0)
        beta[i] = 0.0 - opposite
        slack += s[i] * beta[i] * (used - 1.0)
    return slack
