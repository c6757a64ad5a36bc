"""What is asked, what is booked or held, and the answer that adds up.

Frozen records and the errors that name a line; no arithmetic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from makegood.engine.eligibility import Scope
from makegood.engine.plan import FrequencyCap

FIRST = -1  # the id of an ask booked before every line of its priority; those of lines are zero or more
RANK = {"sponsorship": 0, "guaranteed": 1, "non_guaranteed": 2, "house": 3}
REQUESTS_PER_PERSON_DAY = 5.0


class LineInvalid(ValueError):
    """A line, hold or ask is not something that can be booked or looked up; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Booked:
    """Units still owed to a line, or held for one; `share` (0..1) instead of units takes that part of every request."""

    line_id: int
    scope: Scope
    units: int
    priority: str = "guaranteed"
    held: bool = False
    share: float | None = None
    frequency_cap: FrequencyCap | None = None
    requests_per_person_day: float = REQUESTS_PER_PERSON_DAY

    def check(self) -> None:
        """Raise LineInvalid when it cannot be booked."""
        name = f"{'hold' if self.held else 'line'} {self.line_id}"
        if not math.isfinite(self.units) or self.units < 0 or self.units != int(self.units):
            raise LineInvalid(f"{name}: {self.units} units; give a whole number, zero or more")
        if self.share is not None and not 0 <= self.share <= 1:
            raise LineInvalid(f"{name}: a share of voice of {self.share}; give a part of one, 0 to 1")
        _check_priority(name, self.priority)


@dataclass(frozen=True, slots=True)
class Ask:
    """A line looked up: `units` wanted (None: how many are there?), its cap and how often a person asks a day.

    With a `line_id` it is booked under that id once answered, so that the asks after it count it first.
    """

    scope: Scope
    units: int | None = None
    priority: str = "guaranteed"
    frequency_cap: FrequencyCap | None = None
    requests_per_person_day: float = REQUESTS_PER_PERSON_DAY
    line_id: int | None = None

    def check(self) -> None:
        """Raise LineInvalid when it cannot be looked up."""
        name = "the ask" if self.line_id is None else f"line {self.line_id}"
        if self.units is not None and (not math.isfinite(self.units) or self.units <= 0):
            raise LineInvalid(f"{name}: {self.units} units wanted; ask for at least one, or for none to learn the most")
        if not self.requests_per_person_day > 0:
            raise LineInvalid(f"{name}: {self.requests_per_person_day} requests a person and day; give a number above zero")
        _check_priority(name, self.priority)

    def booked(self, line_id: int) -> Booked:
        """The ask as a line of the book."""
        return Booked(
            line_id, self.scope, self.units or 0, self.priority, frequency_cap=self.frequency_cap,
            requests_per_person_day=self.requests_per_person_day,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contender:
    """A line or hold that stands in the way: without it and those after it, `units` more would be there."""

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
    reserved + held. `displaced` are those who would lose, and what, were the ask served before its own priority.
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
    displaced: tuple[Contender, ...] = ()


def _check_priority(name: str, priority: str) -> None:
    if priority not in RANK:
        raise LineInvalid(f"{name}: there is no priority {priority!r}; give one of {', '.join(RANK)}")
