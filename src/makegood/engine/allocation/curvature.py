"""The dual's curvature where contracts share priced cells, compiled: H = diag(h) − Σ_i (s_i / C_i) c c'.

c_j = θ_j/V_j of the contracts strictly between nothing and their most, C_i their sum over a cell with beta above zero.
"""

from __future__ import annotations

import numpy as np

from makegood.engine.allocation.arrays import Floats, Ints, Numbers
from makegood.engine.kernels import compiled, fast

WIDE = 64  # cells with so many active contracts or more are alike to the sorting


@compiled
def bends(
    begin: int, end: int, first: Ints, who: Numbers, s: Floats, terms: Floats, beta: Floats, kept: Numbers,
    kept_first: Ints, kept_end: Ints, share: Floats,
) -> tuple[int, Floats]:  # fmt: skip
    """Collect the active contracts of priced cells; returns where these cells end, which begin at `begin`, and Σ share.

    `kept` contracts, those of cell n from kept_first[n] to kept_end[n]; `share` s_i / C_i, summed by contract. Cells come
    in the order of their number of active contracts: `times` then loops as often as the time before, and runs twice as fast.
    """
    loose, sums = np.empty(first[end] - first[begin], np.uint32), np.zeros(len(terms))
    starts, shares = np.zeros(end - begin + 1, np.int64), np.empty(end - begin)
    count, cells = 0, 0
    for i in range(begin, end):
        if beta[i] <= 0.0:
            continue
        begun, steep = count, 0.0
        for k in range(first[i], first[i + 1]):
            row = terms[who[k]]
            x = row[0] - row[1] * beta[i]
            inside = (x > 0.0) & (x < row[2])
            steep += row[1] * inside
            loose[count] = who[k]
            count += inside
        if count > begun:
            shares[cells] = s[i] / steep
            for k in range(begun, count):
                sums[loose[k]] += shares[cells]
            cells += 1
            starts[cells] = count
    own = slice(begin, begin + cells)
    _ordered(starts[: cells + 1], loose, shares, first[begin], kept, kept_first[own], kept_end[own], share[own])
    return begin + cells, sums


@compiled
def _ordered(
    starts: Ints, loose: Numbers, shares: Floats, offset: int, kept: Numbers, kept_first: Ints, kept_end: Ints,
    share: Floats,
) -> None:  # fmt: skip
    """Copy cells in the order of their sizes, those of equal size as they came; edges go to `kept` from `offset` on."""
    place, edge = np.zeros(WIDE + 2, np.int64), np.zeros(WIDE + 2, np.int64)
    for n in range(len(share)):
        size = starts[n + 1] - starts[n]
        place[min(size, WIDE) + 1] += 1
        edge[min(size, WIDE) + 1] += size
    place, edge = np.cumsum(place), np.cumsum(edge) + offset
    for n in range(len(share)):
        size = starts[n + 1] - starts[n]
        kind = min(size, WIDE)
        to, start = place[kind], edge[kind]
        kept_first[to], kept_end[to], share[to] = start, start + size, shares[n]
        for k in range(size):
            kept[start + k] = loose[starts[n] + k]
        place[kind] += 1
        edge[kind] += size


@fast
def times(
    begin: int, end: int, kept_first: Ints, kept_end: Ints, kept: Numbers, share: Floats, scaled: Floats
) -> Floats:
    """Σ_i (s_i / C_i) Σ_b scaled_b over the cells of each contract; with scaled = c·y the coupled part of H·y, over c."""
    out = np.zeros(len(scaled))
    for i in range(begin, end):
        total = 0.0
        for k in range(kept_first[i], kept_end[i]):
            total += scaled[kept[k]]
        total *= share[i]
        for k in range(kept_first[i], kept_end[i]):
            out[kept[k]] += total
    return out
