"""The dual's curvature where contracts share priced cells, compiled: H = diag(h) − Σ_i (s_i / C_i) c c'.

c_j = θ_j/V_j of the contracts strictly between nothing and their most, C_i their sum over a cell with beta above zero.
"""

from __future__ import annotations

from makegood.engine.allocation.arrays import Floats, Ints, Numbers
from makegood.engine.kernels import compiled, fast


@compiled
def bends(
    first: Ints, who: Numbers, s: Floats, terms: Floats, beta: Floats, place: Numbers, kept: Numbers, kept_first: Ints,
    share: Floats, near: Floats,
) -> int:  # fmt: skip
    """Collect the priced cells' active contracts among those with a `place` ≥ 0; returns how many cells there are.

    `kept` their places, cell after cell from `kept_first`; `share` s_i / C_i; `near` by place Σ s_i
    over all cells where it is active, priced or not.
    """
    count, cells = 0, 0
    for i in range(len(first) - 1):
        begun, steep = count, 0.0
        for k in range(first[i], first[i + 1]):
            row, own = terms[who[k]], place[who[k]]
            x = row[0] - row[1] * beta[i]
            inside = (x > 0.0) & (x < row[2])
            steep += row[1] * inside
            kept[count] = own
            count += inside & (own >= 0)
        for k in range(begun, count):
            near[kept[k]] += s[i]
        if beta[i] > 0.0 and count > begun:
            kept_first[cells], share[cells] = begun, s[i] / steep
            cells += 1
        else:
            count = begun
    kept_first[cells] = count
    return cells


@fast
def times(kept_first: Ints, kept: Numbers, share: Floats, scaled: Floats, out: Floats) -> None:
    """out_a += Σ_i (s_i / C_i) Σ_b scaled_b over the cells of a; with scaled = c·y it is the coupled part of H·y, over c."""
    for i in range(len(kept_first) - 1):
        total = 0.0
        for k in range(kept_first[i], kept_first[i + 1]):
            total += scaled[kept[k]]
        total *= share[i]
        for k in range(kept_first[i], kept_first[i + 1]):
            out[kept[k]] += total
