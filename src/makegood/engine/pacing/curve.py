"""The expected curve: how much of a goal should be delivered by now, given the shape of traffic.

expected(t) = goal × Σ shape(elapsed) ÷ Σ shape(flight), as ad servers' curve-aware pacing defines it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Shape = npt.NDArray[np.float64]


def expected(goal: float, curve: Shape, elapsed: float) -> float:
    """Units expected after `elapsed` buckets of `curve` (traffic weight per hour or day of the flight, any scale).

    A part of a bucket counts in proportion. An empty or all-zero curve is taken as even. Raises ValueError for
    negative or non-finite weights.
    """
    if len(curve) == 0:
        return 0.0
    if not np.isfinite(curve).all() or (curve < 0).any():
        raise ValueError("the traffic curve holds a negative or non-finite weight")
    weights = curve if curve.any() else np.ones_like(curve)
    done = min(max(elapsed, 0.0), float(len(weights)))
    whole = int(done)
    passed = float(weights[:whole].sum()) + (float(weights[whole]) * (done - whole) if whole < len(weights) else 0.0)
    return goal * passed / float(weights.sum())


def osi(delivered: float, expected_now: float) -> float | None:
    """On-schedule indicator: 100 is on track; None before anything is expected."""
    return 100.0 * delivered / expected_now if expected_now > 0 else None


def needed_per_day(goal: float, delivered: float, days_left: float) -> float | None:
    """Units a day from now to meet the goal; None when no time is left and something is missing."""
    missing = max(0.0, goal - delivered)
    if days_left <= 0:
        return 0.0 if missing == 0 else None
    return missing / days_left
