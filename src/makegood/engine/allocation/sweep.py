"""The contracts' half of a SHALE sweep, compiled: every contract's alpha, the exact root for the betas as they are.

Bharadwaj et al., SHALE, KDD 2012, stage 1.
"""

from __future__ import annotations

import numpy as np

from makegood.engine.allocation.arrays import Floats, Ints, Numbers
from makegood.engine.allocation.roots import root
from makegood.engine.kernels import compiled, fast


@fast
def _offered(cell: Numbers, s: Floats, beta: Floats, v: float, fall: float, most: float, lines: Floats) -> None:
    """Fill `lines` with the cells of a contract: s·x as a function of its alpha."""
    for k in range(len(cell)):
        i = cell[k]
        lines[0, k], lines[1, k], lines[2, k] = s[i] * fall * (v - beta[i]), s[i] * fall, s[i] * most


@compiled
def sweep(
    begin: int, end: int, first: Ints, cell: Numbers, s: Floats, beta: Floats, d: Floats, v: Floats, terms: Floats,
    p: Floats, widest: int, alpha: Floats,
) -> None:  # fmt: skip
    """Per contract the alpha in [0, p] at which Σ_i s_i x_ij = d_j, p when what is left is too little; into `alpha`."""
    lines = np.empty((3, widest))
    for j in range(begin, end):
        own = cell[first[j] : first[j + 1]]
        _offered(own, s, beta, v[j], terms[j, 1], terms[j, 2], lines)
        alpha[j] = root(lines, len(own), d[j], alpha[j], 0.0, p[j])[0]
