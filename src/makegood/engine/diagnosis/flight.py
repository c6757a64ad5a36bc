"""A flight's shortfall from its own daily facts: the period replayed with each set of causes removed.

For what delivery measures of every flight; where traffic is known by cell, `replay` has the simulator do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from makegood.engine.causes import Cause
from makegood.engine.diagnosis import shapley
from makegood.engine.diagnosis.findings import Diagnosis, diagnosis
from makegood.engine.diagnosis.movers import DiagnosisInvalid
from makegood.engine.money import Money

Units = npt.NDArray[np.float64]

MOST_TRAFFIC = 2.0  # a paced flight gains little from a flood: a bucket's traffic counts as twice its forecast at most
STOPPED = (Cause.LATE_START, Cause.NO_CREATIVE, Cause.PAUSED)
LOST = (Cause.NARROWER, Cause.CONTENTION, Cause.FREQUENCY_CAP, Cause.RENDER_LOSS, Cause.INVALID_TRAFFIC)


@dataclass(frozen=True, slots=True)
class FlightFacts:
    """Per bucket (hour or day) so far: units expected and delivered (net), matching traffic forecast and seen.

    `stopped[cause]` is the part of each bucket (0..1) in which the flight could not serve for that cause; `lost[cause]`
    the part (0..1) of what it would have delivered that the cause took. `goal` units are worth `value`.
    """

    flight: str
    goal: int
    value: Money
    expected: Units
    delivered: Units
    forecast: Units
    traffic: Units
    stopped: Mapping[Cause, Units] = field(default_factory=dict)
    lost: Mapping[Cause, Units] = field(default_factory=dict)


def diagnose(facts: FlightFacts) -> Diagnosis:
    """Causes of expected − delivered, averaged over every order of removing them; exact, whatever their number.

    A bucket replayed with causes S present delivers expected × the part not stopped by S × traffic ÷ forecast × what
    each loss in S lets through. What no fact explains is pacing and other. Raises DiagnosisInvalid.
    """
    _check(facts)
    causes = [*facts.stopped, *facts.lost, Cause.TRAFFIC]
    taken = -shapley.of_table(_replays(facts))
    units = {cause: float(part) for cause, part in zip(causes, taken, strict=True)}
    delivered = round(float(facts.delivered.sum()))
    return diagnosis(float(facts.expected.sum()), delivered, units, goal=facts.goal, value=facts.value)


def _replays(facts: FlightFacts) -> Units:
    """Units delivered with every set of causes present, indexed by bits in the order stopped, lost, traffic."""
    width = len(facts.expected)
    stopped = np.zeros((1, width))
    for part in facts.stopped.values():
        stopped = np.vstack([stopped, stopped + part])
    left = facts.expected * (1 - np.minimum(1.0, stopped))
    for factor in [*(1 - part for part in facts.lost.values()), _seen(facts)]:
        left = np.vstack([left, left * factor])
    worth: Units = left.sum(axis=1)
    return worth


def _seen(facts: FlightFacts) -> Units:
    """Traffic relative to forecast; 1 where next to nothing was forecast."""
    known = facts.forecast >= 1
    seen = np.divide(facts.traffic, facts.forecast, out=np.ones(len(known)), where=known)
    return np.clip(seen, 0, MOST_TRAFFIC)


def _check(facts: FlightFacts) -> None:
    wanted = len(facts.expected)
    counts = [(name, getattr(facts, name), np.inf) for name in ("expected", "delivered", "forecast", "traffic")]
    parts = [(cause.value, part, 1.0) for cause, part in [*facts.stopped.items(), *facts.lost.items()]]
    for name, array, most in [*counts, *parts]:
        if len(array) != wanted or not np.isfinite(array).all() or (array < 0).any() or (array > most).any():
            bounds = "at or above zero" if most > 1 else "between 0 and 1"
            raise DiagnosisInvalid(f"flight {facts.flight}: {name}: expected {wanted} finite numbers {bounds}")
    for given, allowed in ((facts.stopped, STOPPED), (facts.lost, LOST)):
        if misplaced := sorted(set(given) - set(allowed)):
            raise DiagnosisInvalid(f"flight {facts.flight}: {misplaced[0]} does not belong among {', '.join(allowed)}")
