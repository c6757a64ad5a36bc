"""Many requests alike, decided at once: the same chances, drawn as counts.

For simulating history and finishes; frequency caps need a person and are not seen here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from makegood.engine import rotation
from makegood.engine.decision.decider import UNSEEN, Decider
from makegood.engine.plan import PlanFlight
from makegood.engine.targeting import Request


@dataclass(frozen=True, slots=True)
class Served:
    """`count` impressions of a flight's creative."""

    flight_id: int
    creative_id: int
    count: int


def serve(
    decider: Decider, request: Request, requests: int, *, at: dt.datetime, rng: np.random.Generator
) -> list[Served]:
    """Draw how `requests` requests like `request` at `at` would be answered; unfilled ones are left out.

    The counts are multinomial with the chances `decide` uses, so in distribution they are the same decisions.
    """
    here = decider.placements.get(request.placement)
    if here is None or requests <= 0:
        return []
    table = here.open(request, at, UNSEEN)
    if not table.numbers:
        return []
    chances = np.array([*table.chances, max(0.0, 1.0 - table.bounds[-1])])
    counts = rng.multinomial(requests, chances / chances.sum())[:-1]
    served: list[Served] = []
    for number, count in zip(table.numbers, counts.tolist(), strict=True):
        if count:
            flight, choices = here.flights[number], here.rotations[number]
            served += _creatives(flight, [c.creative_id for c in choices], here.weights[number], count, rng)
    return served


def _creatives(
    flight: PlanFlight, ids: list[int], weights: Sequence[float], count: int, rng: np.random.Generator
) -> list[Served]:
    """Even and sequential rotations share alike in volume; weighted and optimised ones by weight."""
    if len(ids) == 1:
        return [Served(flight.id, ids[0], count)]
    ratio = np.array(weights if flight.rotation in rotation.BY_WEIGHT and any(weights) else [1.0] * len(ids))
    parts = rng.multinomial(count, ratio / ratio.sum()).tolist()
    return [Served(flight.id, creative, part) for creative, part in zip(ids, parts, strict=True) if part]
