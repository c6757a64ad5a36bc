"""The eligibility graph: supply cells on one side, what wants them on the other.

Rows with the same eligibility are one cell, per stretch of days without a start or an end. Shared by avails and allocation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from makegood.engine import targeting
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
    """`capacity[c]` requests in cell c; `cells[s]` the cells of scope s, ascending.

    A cell is group × `epochs` + epoch: rows nobody tells apart, in a stretch of days without a start or an end.
    """

    capacity: npt.NDArray[np.float64]
    cells: tuple[npt.NDArray[np.int64], ...]
    epochs: int


def graph(supply: Supply, outlook: Outlook, scopes: Sequence[Scope]) -> Eligibility:
    """Group supply by who is eligible. Days outside the outlook hold no requests.

    Cost: rows × distinct targetings for the masks, then groups × stretches of days; exact, not sampled further.
    """
    wanted = list(dict.fromkeys(scope.targeting for scope in scopes))
    masks = np.array([targeting.mask(one, supply) for one in wanted], dtype=np.bool_).reshape(len(wanted), supply.rows)
    group, eligible = _groups(masks)
    epochs = _epochs([scope.period for scope in scopes], outlook.period)
    capacity = np.zeros((eligible.shape[1], len(epochs)))
    if len(epochs):
        np.add.at(capacity, group, outlook.requests(supply, epochs))
    starts = [epoch.start for epoch in epochs]
    row_of = {one: np.flatnonzero(eligible[n]) for n, one in enumerate(wanted)}
    cells = [_cells(row_of[scope.targeting], scope.period, starts) for scope in scopes]
    return Eligibility(capacity.ravel(), tuple(cells), max(1, len(epochs)))


def _groups(masks: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Group number per row, and per targeting and group whether it is eligible."""
    packed = np.ascontiguousarray(np.packbits(masks, axis=0).T)
    if not packed.size:
        return np.zeros(masks.shape[1], dtype=np.int64), np.zeros((len(masks), 1), dtype=np.bool_)
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, group = np.unique(keys, return_index=True, return_inverse=True)
    return group.astype(np.int64), masks[:, first]


def _epochs(periods: Sequence[Period], horizon: Period) -> list[Period]:
    """Consecutive stretches of the horizon in which nobody starts or ends."""
    day = dt.timedelta(days=1)
    edges = {edge for period in periods for edge in (period.start, period.end + day)}
    inside = sorted(
        edge for edge in edges | {horizon.start, horizon.end + day} if horizon.start <= edge <= horizon.end + day
    )
    return [Period(start, end - day) for start, end in pairwise(inside)]


def _cells(groups: npt.NDArray[np.int64], period: Period, starts: Sequence[dt.date]) -> npt.NDArray[np.int64]:
    live = np.array([n for n, start in enumerate(starts) if start in period], dtype=np.int64)
    return (groups[:, None] * len(starts) + live[None, :]).ravel()
