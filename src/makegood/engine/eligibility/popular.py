"""Groups to forecast: rows that the popular targetings do not tell apart.

What contracts ask for most is forecast itself instead of being put together from cells (Tencent's RAP, KDD 2020).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from makegood.engine.eligibility.matching import match
from makegood.engine.supply import Supply, SupplyInvalid
from makegood.engine.targeting import Targeting


def popular_groups(supply: Supply, demand: Mapping[Targeting, float], most: int) -> npt.NDArray[np.int64]:
    """Group of each row, at most `most` groups: the most wanted targetings that stay within it are each a union of groups.

    `demand` is what is wanted of each targeting (contracts, impressions, money); equals are taken in the order given.
    Raises SupplyInvalid when `most` is below 1 or the demand of a targeting is no number.
    """
    if most < 1:
        raise SupplyInvalid(f"at most {most} groups hold nothing; give at least 1")
    for number, value in enumerate(demand.values()):
        if not np.isfinite(value):
            raise SupplyInvalid(f"targeting {number}: demand {value} is not a number")
    wanted = sorted(demand, key=lambda one: -demand[one])

    def cells(taken: int) -> int:
        return match(supply, wanted[:taken]).cells

    high = 1
    while high < len(wanted) and cells(high) <= most:
        high *= 2
    taken = bisect_right(range(min(high, len(wanted)) + 1), most, key=cells) - 1
    return match(supply, wanted[:taken]).cell.astype(np.int64)
