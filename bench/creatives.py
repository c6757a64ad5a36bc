"""Creatives with click rates nobody knows, shown through the decision by one rotation or another.

One flight on one placement; a plan is made anew for every batch, as publishing does. Nothing here is measured.
"""
import datetime as dt

import numpy as np

from makegood.engine import decision, rotation
from makegood.engine.plan import PlanCreative, PlanFlight, PlanPlacement, PlanRotation, Rotation, ServingPlan
from makegood.engine.targeting import Request

AT = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


def rates(count: int, rng: np.random.Generator) -> np.ndarray:
    """Click rates around 0.2 %, the best several times the middle."""
    return np.minimum(0.5, 0.002 * rng.lognormal(0, 0.8, count))


def loss(kind: Rotation, true: np.ndarray, rng: np.random.Generator, *, batches: int = 60, size: int = 20_000) -> float:
    """Share of the clicks lost that always showing the best creative would have had."""
    ids = list(range(1, len(true) + 1))
    shown, clicks = np.zeros(len(true), dtype=np.int64), np.zeros(len(true), dtype=np.int64)
    for _ in range(batches):
        choice = tuple(PlanRotation(one) for one in ids)
        if kind == "optimised":
            choice = rotation.optimised(ids, clicks, shown, rng)
        for served in decision.serve(decision.Decider(plan(kind, choice)), Request(1), size, at=AT, rng=rng):
            shown[served.creative_id - 1] += served.count
            clicks[served.creative_id - 1] += rng.binomial(served.count, true[served.creative_id - 1])
    return float(1 - (shown @ true) / (shown.sum() * true.max()))


def plan(kind: Rotation, choice: tuple[PlanRotation, ...]) -> ServingPlan:
    """One flight that takes every request."""
    flight = PlanFlight(1, 1, 1, 1, "sponsorship", "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00", (1,), choice,
                        share=1.0, rotation=kind)
    creatives = tuple(PlanCreative(one.creative_id, one.creative_id, "", "image", "image/png", 300, 250) for one in choice)
    return ServingPlan("p", 1, "2026-01-01T00:00:00+00:00", "UTC", (flight,), (PlanPlacement(1, "mpu", "display", 300, 250),), creatives)
