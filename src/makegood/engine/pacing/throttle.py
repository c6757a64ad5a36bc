"""The correction: what part of its planned chance a flight takes, by feed-forward from the plan plus PI feedback.

State is handed in and out. Per-request effect lives in `decision`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gains:
    """Reaction per unit of relative error, and per unit of its running sum (clamped to `windup`)."""

    proportional: float = 1.0
    integral: float = 0.2
    windup: float = 1.0


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the controller remembers between corrections."""

    integral: float = 0.0


def feed_forward(goal: float, delivered: float, deliverable: float) -> float:
    """Part of the deliverable units ahead (at full rate, from the plan's forecast) that the rest of the goal needs, 0..1."""
    missing = max(0.0, goal - delivered)
    return 1.0 if deliverable <= 0 else min(1.0, missing / deliverable)


def throttle(
    base: float, *, expected_now: float, delivered: float, feedback: Feedback = Feedback(), gains: Gains = Gains()
) -> tuple[float, Feedback]:
    """The next throttle in 0..1 from the feed-forward `base`, and the feedback to keep.

    Proportional-integral control on the relative error (Åström and Hägglund), with the sum held while saturated.
    """
    if expected_now <= 0:
        return min(1.0, max(0.0, base)), feedback
    error = (expected_now - delivered) / expected_now
    summed = min(gains.windup, max(-gains.windup, feedback.integral + error))
    wanted = base * (1 + gains.proportional * error + gains.integral * summed)
    rate = min(1.0, max(0.0, wanted))
    saturated = rate != wanted and (error > 0) == (wanted > 1)
    return rate, feedback if saturated else Feedback(summed)
