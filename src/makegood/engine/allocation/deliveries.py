"""What the plan of some duals delivers, compiled: a contract at a time, so that no two write the same sum."""

from __future__ import annotations

from makegood.engine.allocation.arrays import Floats, Ints, Numbers
from makegood.engine.kernels import compiled, fast


@fast
def _sums(
    cell: Numbers, s: Floats, beta: Floats, level: float, fall: float, most: float, theta: float
) -> tuple[float, float, float]:
    """Σ_i s_i x_ij, Σ_i s_i (x_ij − θ_j)² and the s_i of the cells where 0 < x_ij < most, of one contract."""
    given, unlike, near = 0.0, 0.0, 0.0
    for k in range(len(cell)):
        i = cell[k]
        wanted = level - fall * beta[i]
        x = min(max(wanted, 0.0), most)
        given += s[i] * x
        unlike += s[i] * (x - theta) * (x - theta)
        near += s[i] if (wanted > 0.0) & (wanted < most) else 0.0
    return given, unlike, near


@compiled
def deliver(
    begin: int, end: int, first: Ints, cell: Numbers, s: Floats, beta: Floats, terms: Floats, sums: Floats
) -> None:
    """Into the columns of `sums`, by contract: delivered, squared unlikeness, and the supply where it is active."""
    for j in range(begin, end):
        own = cell[first[j] : first[j + 1]]
        sums[0, j], sums[1, j], sums[2, j] = _sums(own, s, beta, terms[j, 0], terms[j, 1], terms[j, 2], terms[j, 3])
