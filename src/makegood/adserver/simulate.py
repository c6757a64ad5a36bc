"""Traffic replayed through the very decisions the server makes, over time that is passed in: history and what-ifs.

Counts only, no events and no clock: requests are decided in bulk, then people are drawn by given rates.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np

from makegood.adserver.drawing import Counts, Drawing, Key, Rates
from makegood.engine import decision, targeting


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """`requests` ad requests of one hour that are all like `request` (its hour_of_week is set by the replay)."""

    request: targeting.Request
    requests: int


@dataclasses.dataclass(frozen=True, slots=True)
class Hour:
    """One hour from `at` (aware) on, decided by the plan that was live then."""

    at: dt.datetime
    decider: decision.Decider
    cells: Sequence[Cell]


def replay(
    hours: Iterable[Hour],
    *,
    rng: np.random.Generator,
    rates: Mapping[int, Rates] | None = None,
    clicks: Mapping[int, float] | None = None,
) -> Counts:
    """Decide the traffic of `hours` and draw what became of it.

    `rates` by placement id (else DEFAULT); `clicks` is a factor on the click rate by creative id (else 1). Frequency
    caps need a person and are not seen. A month of hours at a time keeps memory small: counts of calls just add up.
    """
    served: collections.Counter[Key] = collections.Counter()
    asked: collections.Counter[Key] = collections.Counter()
    spoken: set[int] = set()
    for hour in hours:
        spoken |= {p.id for p in hour.decider.plan.placements if p.format in ("audio", "video")}
        _decide(hour, served, asked, rng)
    return Drawing(list(served), rates or {}, clicks or {}, spoken).counts(served, asked, rng)


def _decide(
    hour: Hour, served: collections.Counter[Key], asked: collections.Counter[Key], rng: np.random.Generator
) -> None:
    local = hour.at.astimezone(zoneinfo.ZoneInfo(hour.decider.plan.zone))
    hour_of_week, since = local.weekday() * 24 + local.hour, int(hour.at.timestamp()) // 3600
    fallbacks = {p.id: p.fallback_creative_id for p in hour.decider.plan.placements}
    for request, requests in _alike(hour, hour_of_week):
        placement, left = request.placement, requests
        for answer in decision.serve(hour.decider, request, requests, at=hour.at, rng=rng):
            served[since, answer.flight_id, answer.creative_id, placement] += answer.count
            left -= answer.count
        asked[since, 0, 0, placement] += requests
        if left and (fallback := fallbacks.get(placement)):
            served[since, 0, fallback, placement] += left


def _alike(hour: Hour, hour_of_week: int) -> list[tuple[targeting.Request, int]]:
    """Join cells for which the same flights are eligible: their chances are the same, and sums of draws are draws."""
    joined: dict[tuple[int, int], tuple[targeting.Request, int]] = {}
    for cell in hour.cells:
        request = msgspec.structs.replace(cell.request, hour_of_week=hour_of_week)
        here = hour.decider.placements.get(request.placement)
        key = request.placement, here.open(request, hour.at, decision.UNSEEN).mask if here else 0
        before = joined.get(key)
        joined[key] = (request, cell.requests) if before is None else (before[0], before[1] + cell.requests)
    return list(joined.values())


__all__ = ["Cell", "Counts", "Hour", "Rates", "replay"]
