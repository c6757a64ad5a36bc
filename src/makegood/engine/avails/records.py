"""What is asked, what is booked or held, and the answer that adds up.

Frozen records only.
"""

from __future__ import annotations

from dataclasses import dataclass

from makegood.engine.eligibility import Scope
from makegood.engine.plan import FrequencyCap

RANK = {"sponsorship": 0, "guaranteed": 1, "non_guaranteed": 2, "house": 3}


@dataclass(frozen=True, slots=True)
class Booked:
    """Units still owed to a line, or held for one; `share` (0..1) instead of units takes that part of every request."""

    line_id: int
    scope: Scope
    units: int
    priority: str = "guaranteed"
    held: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A line looked up: `units` wanted (None: how many are there?), its cap and how often a person asks a day."""

    scope: Scope
    units: int | None = None
    priority: str = "guaranteed"
    frequency_cap: FrequencyCap | None = None
    requests_per_person_day: float = 5.0


@dataclass(frozen=True, slots=True)
class Contender:
    """A line or hold with `units` inside what is asked for that it cannot have elsewhere."""

    line_id: int
    units: int
    held: bool


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One change to the ask, what would then be available, and the gain; both computed by solving again."""

    change: str
    available: int
    gain: int


@dataclass(frozen=True, slots=True)
class Availability:
    """matched − reserved − held − caps = available, exactly; `available` harms nobody.

    `possible` may also take from lower priorities; `short` is what a wanted quantity lacks; contenders sum to
    reserved + held.
    """

    matched: int
    reserved: int
    held: int
    caps: int
    available: int
    possible: int
    short: int
    contenders: tuple[Contender, ...]
    relaxations: tuple[Relaxation, ...]
