"""Array types of the allocation's kernels, and their inner product.

Positions of edges are 64 bits; cells and contracts, of which there are many, are 32 and unsigned: compiled look-ups skip
the test for negative ones.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]


def dot(one: Floats, other: Floats) -> float:
    """Σ one·other. Not `@`: BLAS cuts long sums by the cores it finds, and the last bits with them."""
    return float(np.einsum("i,i->", one, other))
