"""The state of a flight's promise in one word, with the reason; the bands are data.

Bands follow the public tolerances: IPA 5 %, IAB 10 %; counts below 1,000 are not judged.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from makegood.engine.pacing.curve import osi
from makegood.engine.pacing.projection import Projection


class State(enum.StrEnum):
    """How a promise stands."""

    ON_TRACK = "on_track"
    WATCH = "watch"
    AT_RISK = "at_risk"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Bands:
    """Relative deviation that calls for watching, and for action; `minimum` expected units before judging."""

    watch: float = 0.05
    at_risk: float = 0.10
    minimum: int = 1_000


@dataclass(frozen=True, slots=True)
class Assessment:
    """State, index (100 is on track; None when not judged) and the sentence that says why."""

    state: State
    index: float | None
    reason: str


def assess(
    *,
    goal: float,
    delivered: float,
    expected_now: float,
    projection: Projection | None = None,
    blockers: Sequence[str] = (),
    bands: Bands = Bands(),
) -> Assessment:
    """Blocked by a fact, at risk when far behind or sure to miss, watch when off course either way, else on track."""
    if blockers:
        return Assessment(State.BLOCKED, None, "; ".join(blockers))
    if expected_now < bands.minimum:
        return Assessment(State.ON_TRACK, None, f"too early to judge: fewer than {bands.minimum:,} expected so far")
    index = osi(delivered, expected_now) or 0.0
    behind = 1 - index / 100
    if behind > bands.at_risk:
        return Assessment(State.AT_RISK, index, f"{behind:.0%} behind the expected curve")
    if projection is not None and projection.hi80 < goal and projection.finish < goal * (1 - bands.watch):
        return Assessment(State.AT_RISK, index, f"projected to end {1 - projection.finish / goal:.0%} short")
    if behind > bands.watch:
        return Assessment(State.WATCH, index, f"{behind:.0%} behind the expected curve")
    if -behind > bands.watch:
        return Assessment(State.WATCH, index, f"{-behind:.0%} ahead of the expected curve")
    return Assessment(State.ON_TRACK, index, "within the band")
