"""What a new plan has to be told in the middle of its flights: what is still owed, and how far the forecast was wrong.

Plan, serve, plan again is one loop: memoryless draws miss a plan by their noise, a plan made again of what is left does
not. Solving is in `allocation`; nothing is served here.
"""

from __future__ import annotations

import numpy as np

from makegood.engine.pacing import estimate
from makegood.engine.pacing.estimate import Floats, Rate

CAUTION = 2.0
LEAST = 0.5  # impressions; what is less is delivered


class CountInvalid(ValueError):
    """A goal or a count that is not a number at or above zero; the message says which row."""


def owed(goal: Floats, delivered: Floats, *, caution: float = CAUTION) -> Floats:
    """Impressions to plan for each flight: those missing and `caution` standard deviations of their draws.

    Serving draws each impression by chance, so n planned come out as n ± √n (Poisson); serving stops at the goal, so what
    is planned beyond it is given back. Zero for a flight that has its goal. Raises CountInvalid.
    """
    _check(goal, "goal")
    _check(delivered, "delivered")
    missing = np.maximum(goal - delivered, 0.0)
    return np.asarray(np.where(missing < LEAST, 0.0, missing + caution * np.sqrt(missing)))


def levels(groups: int, *, spread: float = 0.2) -> Rate:
    """Requests against forecast per forecast group, before any is counted: 1, within `spread` (a standard deviation)."""
    return estimate.prior(groups, spread)


def corrected(so_far: Rate, counted: Floats, forecast: Floats, *, drift: float = 0.0) -> Rate:
    """The levels after `counted[g]` requests where `forecast[g]` were expected; their `.value` multiplies what is to come.

    `drift` is the relative variance by which a level moves in that time. Raises CountInvalid.
    """
    _check(counted, "counted")
    _check(forecast, "forecast")
    return estimate.observe(so_far, counted, forecast, drift=drift)


def _check(column: Floats, name: str) -> None:
    if (wrong := ~(np.isfinite(column) & (column >= 0))).any():
        place = int(np.flatnonzero(wrong)[0])
        raise CountInvalid(f"row {place}: {name} {column[place]} is not a number at or above zero")
