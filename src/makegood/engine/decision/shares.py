"""Shares: the chance of each eligible flight to take a request, for flights that are asked about by name.

The arithmetic is `kernel`; here only flights are made into its columns.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from makegood.engine.decision import kernel, terms
from makegood.engine.decision.terms import TIERS, Floats, Ints, Terms
from makegood.engine.plan import PlanFlight

__all__ = ["TIERS", "among", "beta", "shares"]


def shares(flights: Sequence[PlanFlight]) -> list[float]:
    """The chance of each flight; the sum is at most 1 and the rest goes unfilled. Each tier divides what is left."""
    columns = terms.of(flights)
    order = np.array(terms.order(flights), dtype=np.int64)
    chances = np.zeros(len(flights))
    chances[order] = among(columns, order)
    return list(chances.tolist())


def among(columns: Terms, eligible: Ints) -> Floats:
    """The chance of each of the `eligible` flights of `columns`, which are in the order of `terms.order`."""
    chances = np.zeros(len(eligible))
    kernel.fill(0, len(eligible), *columns.rows(eligible), chances)
    return chances


def beta(flights: Sequence[PlanFlight]) -> float:
    """The request's dual, rebuilt from the eligible flights' alphas alone: sum of x(beta) = 1, or 0 when they fit."""
    columns = terms.of(flights)
    return kernel.dual(0, len(flights), columns.level, columns.fall)
