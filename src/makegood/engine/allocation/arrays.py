"""Array types of the allocation's kernels.

Counts and positions that index edges are 64 bits, numbers of cells and contracts 32: there are many of those.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
