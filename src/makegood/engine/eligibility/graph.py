"""The graph itself: cells of supply per stretch of days, and for each scope the cells it may take.

Rows with the same eligibility are one cell, per stretch of days without a start or an end.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from makegood.engine.eligibility.matching import match
from makegood.engine.outlook import Outlook
from makegood.engine.periods import Period
from makegood.engine.supply import Supply
from makegood.engine.targeting import Targeting


@dataclass(frozen=True, slots=True)
class Scope:
    """What may serve somebody: the requests his targeting matches, on his days."""

    targeting: Targeting
    period: Period


@dataclass(frozen=True, slots=True, eq=False)
class Eligibility:
    """`capacity[c]` requests in cell c; `cells[s]` the cells of scope s, ascending; equal scopes share one array.

    A cell is group × `epochs` + epoch: rows nobody tells apart, in a stretch of days without a start or an end.
    """

    capacity: npt.NDArray[np.float64]
    cells: tuple[npt.NDArray[np.int64], ...]
    epochs: int


def graph(supply: Supply, outlook: Outlook, scopes: Sequence[Scope]) -> Eligibility:
    """Group supply by who is eligible. Days outside the outlook hold no requests.

    Cost: the edges between distinct targetings and groups of rows, then groups × stretches of days; exact.
    Raises OutlookInvalid when supply and outlook do not fit.
    """
    number = {one: n for n, one in enumerate(dict.fromkeys(scope.targeting for scope in scopes))}
    matches = match(supply, list(number))
    epochs = _epochs([scope.period for scope in scopes], outlook.period)
    capacity = outlook.per_cell(supply, epochs, matches.cell, matches.cells)
    starts = [epoch.start for epoch in epochs]
    known: dict[Scope, npt.NDArray[np.int64]] = {}
    for scope in scopes:
        if scope not in known:
            known[scope] = _cells(matches.of(number[scope.targeting]), scope.period, starts)
    return Eligibility(capacity.ravel(), tuple(known[scope] for scope in scopes), max(1, len(epochs)))


def _epochs(periods: Sequence[Period], horizon: Period) -> list[Period]:
    """Consecutive stretches of the horizon in which nobody starts or ends."""
    day = dt.timedelta(days=1)
    edges = {edge for period in periods for edge in (period.start, period.end + day)}
    inside = sorted(
        edge for edge in edges | {horizon.start, horizon.end + day} if horizon.start <= edge <= horizon.end + day
    )
    return [Period(start, end - day) for start, end in pairwise(inside)]


def _cells(groups: npt.NDArray[np.int32], period: Period, starts: Sequence[dt.date]) -> npt.NDArray[np.int64]:
    """Cells of the groups in the stretches that start inside the period, which are consecutive."""
    live = np.arange(bisect_left(starts, period.start), bisect_left(starts, period.end + dt.timedelta(days=1)))
    return np.asarray(groups.astype(np.int64)[:, None] * len(starts) + live[None, :]).ravel()
