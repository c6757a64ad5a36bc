"""The correction of a plan between publications: how much each running flight has to be planned for, from where it stands.

The controller's rule on three moments of a course (now, the horizon, the end) instead of its steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from makegood.engine.pacing import estimate
from makegood.engine.pacing.course import CourseInvalid, Floats
from makegood.engine.pacing.replanning import owed

CATCH_UP, AHEAD, GAIN_SPREAD = 2.0, 0.01, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Standings:
    """Per flight: its goal, net units `delivered` of those `served`; requests expected until now, the horizon, the end."""

    goal: Floats
    delivered: Floats
    served: Floats
    now: Floats
    horizon: Floats
    end: Floats


def asked(
    at: Standings, *, catch_up: float = CATCH_UP, ahead: float = AHEAD, flights: Sequence[object] | None = None
) -> Floats:
    """Units to plan over the rest of each flight so that it is back on its course at the horizon.

    More than is missing for a flight behind: at most `catch_up` times its even rate, unless what is missing needs more.
    Less for one ahead, zero for one that has its goal. On top the margin of `owed`, and what is served but does not
    count (from the flight's own share of net in served). Raises CourseInvalid naming the flight, CountInvalid the row.
    """
    _check(at, list(range(len(at.goal))) if flights is None else flights)
    missing, rest = np.maximum(at.goal - at.delivered, 0.0), at.end - at.now
    due = at.goal * np.minimum(1.0, (1 + ahead) * at.horizon / at.end)
    wanted = np.maximum(due - at.delivered, 0.0) / (at.horizon - at.now)
    limited = np.minimum(wanted, np.maximum(catch_up * at.goal / at.end, missing / rest))
    counts = estimate.observe(estimate.prior(len(missing), GAIN_SPREAD), at.delivered, at.served, drift=0.0).value
    margin = np.maximum(owed(at.goal, at.delivered) - missing, 0.0)
    return np.asarray((limited * rest + margin) / counts)


def _check(at: Standings, names: Sequence[object]) -> None:
    for wrong, what in (
        (~(np.isfinite(at.goal) & (at.goal > 0)), "its goal must be a number above zero"),
        (~(np.isfinite(at.served) & (at.served >= 0)), "what it served is not a number at or above zero"),
        (~((at.now >= 0) & (at.now < at.horizon) & (at.horizon <= at.end)),
         "the requests expected of it must rise from now to the horizon and not fall to its end"),
    ):  # fmt: skip
        if wrong.any():
            raise CourseInvalid(f"flight {names[int(np.flatnonzero(wrong)[0])]}: {what}")
