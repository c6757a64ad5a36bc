"""One targeting against many supply rows: dictionary-encoded columns, one table look-up a predicate.

Answers exactly what `matches` answers for each row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from makegood.engine.targeting.predicates import Targeting, tokens

if TYPE_CHECKING:  # supply's columns are named by targeting's dimensions, so supply imports this package
    from makegood.engine.supply import Supply


def mask(targeting: Targeting, supply: Supply) -> npt.NDArray[np.bool_]:
    """Which of the supply's rows match: bool, shape (rows,). Cost: rows × predicates table look-ups."""
    kept = np.ones(supply.rows, dtype=np.bool_)
    for predicate in targeting.predicates:
        column = supply.column(predicate.dimension)
        accepts = [predicate.accepts(tokens(predicate.dimension, value)) for value in column.values]
        kept &= np.array(accepts, dtype=np.bool_)[column.codes]
    return kept
