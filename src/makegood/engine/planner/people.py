"""People met on several properties, counted once: what the reach of each comes to together, and the same as a sum.

Random duplication, which media planners call the Sainsbury method (Kite, Mixed-Media Campaigns, WARC): who comes to one
property comes to another no more and no less than anybody of the universe, so U·(1 − Π(1 − R / U)) people are met. With
H = −U·log(1 − R / U) of each property that is U·(1 − exp(−ΣH / U)), a concave function of a sum.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from makegood.engine import reach
from makegood.engine.planner import curves
from makegood.engine.planner.records import Audience

NEARLY_ALL = 1 - 1e-9  # of the universe: the sum stays finite


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What the tangents say: z by audience, and the outcome they come to together."""

    parts: npt.NDArray[np.float64]
    joined: float


def universe(audiences: Collection[Audience]) -> float:
    """The people whom chance spreads over the properties: all of them as if nobody used two, and enough that H is concave in contacts.

    H of R(n) = n / (1 + c·n) is concave when U ≥ 1 / c, what the reach of a property tends to: some of the universe may come to
    none. Infinite, so that nobody is counted off, for one property alone and where a property meets nobody twice.
    """
    everybody = math.fsum(reach.people(one.requests, one.per_person) for one in audiences)
    return max(everybody, *(_enough(one) for one in audiences)) if len(audiences) > 1 else math.inf


def _enough(audience: Audience) -> float:
    return audience.requests / (audience.per_person - 1) if audience.per_person > 1 else math.inf


def together(reached: Iterable[float], everybody: float) -> float:
    """People met on any of the properties, of a universe of `everybody`; the plain sum where that is infinite."""
    parts = list(reached)
    if not math.isfinite(everybody):
        return math.fsum(parts)
    return joined(math.fsum(spread(one, everybody) for one in parts), everybody)


def spread(reached: float, everybody: float) -> float:
    """H of a property's reach: what adds up over properties."""
    return -everybody * math.log1p(-min(reached / everybody, NEARLY_ALL)) if math.isfinite(everybody) else reached


def joined(total: float, everybody: float) -> float:
    """People met, of the sum of H."""
    return -everybody * math.expm1(-total / everybody) if math.isfinite(everybody) else total


def unmet(total: float, everybody: float) -> float:
    """The part of the universe not met yet, of the sum of H."""
    return math.exp(-total / everybody) if math.isfinite(everybody) else 1.0


def curve(audience: Audience, contacts: float, everybody: float) -> tuple[float, float]:
    """(H, what one contact more adds to it) of an audience at so many contacts of its best worth; outcomes as they are without a universe."""
    value, steep = audience.best * curves.effective(audience, contacts), audience.best * curves.slope(audience, contacts)
    return (total := spread(value, everybody)), steep / unmet(total, everybody)
