"""The courses of many flights as arrays: what is to be delivered by when, and how many requests are expected.

Shapes and checks only; what to do about a difference lives in `control`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class CourseInvalid(ValueError):
    """A goal or a traffic curve that cannot be followed; the message names the flight and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Flights × steps. `goal[f]` in impressions or money; `expected[f, t]` requests before step t; `due[f, t]` of the goal.

    `expected` and `due` have steps + 1 columns and begin with 0. `gain[f]` is what a request taken brings: 1 impression,
    or win rate × price.
    """

    goal: Floats
    gain: Floats
    expected: Floats
    due: Floats

    @property
    def steps(self) -> int:
        return int(self.expected.shape[1]) - 1


def course(
    goal: Floats,
    requests: Floats,
    *,
    gain: float | Floats = 1.0,
    ahead: float | Floats = 0.01,
    flights: Sequence[object] | None = None,
) -> Course:
    """The course of each flight along its forecast `requests[f, t]` (zero outside its dayparts).

    `ahead` front-loads: at each moment that part more than the curve is due, so 0.01 completes shortly before the end
    and 0.25 is a front-loaded contract. `flights` are names for errors. Raises CourseInvalid.
    """
    names = list(range(len(goal))) if flights is None else flights
    lead, each = (np.broadcast_to(np.asarray(of, dtype=np.float64), goal.shape) for of in (ahead, gain))
    _check(goal, requests, lead, each, names)
    passed = np.cumsum(requests, axis=1)
    expected = np.concatenate([np.zeros((len(goal), 1)), passed], axis=1)
    share = expected / passed[:, -1:]
    return Course(goal, each, expected, goal[:, None] * np.minimum(1.0, share * (1 + lead[:, None])))


def _check(goal: Floats, requests: Floats, ahead: Floats, gain: Floats, names: Sequence[object]) -> None:
    if requests.ndim != 2 or len(requests) != len(goal) or len(names) != len(goal):
        raise CourseInvalid(
            f"{len(goal)} goals, {len(names)} flights, curves of shape {requests.shape}: one row a flight"
        )
    if not requests.shape[1]:
        raise CourseInvalid("the curves hold no step: give at least one")
    finite = np.isfinite(requests)
    for wrong, remedy in (
        (~np.isfinite(goal) | (goal <= 0), "its goal must be a number above zero"),
        (~np.isfinite(ahead) | (ahead < 0), "what it is to be ahead of its curve must be zero or more"),
        (~np.isfinite(gain) | (gain <= 0), "what a request brings must be a number above zero"),
        (~finite.all(axis=1), "its traffic curve holds a value that is not a number; forecast every step"),
        ((requests < 0).any(axis=1), "its traffic curve holds negative requests; use zero where it may not serve"),
        (np.where(finite, requests, 0).sum(axis=1) <= 0, "its traffic curve is zero; widen its dayparts or targeting"),
    ):
        if wrong.any():
            raise CourseInvalid(f"flight {names[int(np.flatnonzero(wrong)[0])]}: {remedy}")
