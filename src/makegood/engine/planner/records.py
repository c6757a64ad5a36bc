"""What a plan is made from and what it comes to: frozen records, no arithmetic.

Money is float in the plan's currency here; the prices of a plan's lines are made from its units by `pricing`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Estimate:
    """A rate with its standard deviation, and what it was learnt from: how many trials in how many lines, of whom."""

    mean: float
    sd: float = 0.0
    trials: int = 0
    lines: int = 0
    level: str = ""

    @property
    def spread(self) -> float:
        """The standard deviation as a part of the rate."""
        return self.sd / self.mean if self.mean else 0.0


CERTAIN = Estimate(1.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product in a flighting at a price: what one line of a plan could be. Of a `product` at most one is taken.

    `rate` is money a unit, `contacts` impressions a unit brings; units come in whole `step`s from `least` to `most`.
    `available` are the units free for it alone, `spread` the standard deviation of that. `worth` is the outcome of a
    contact, `kept` the part of what was promised that is delivered. `traits` are what rules look at: the part (0..1) of
    its money that is of a property, format, placement or third of the campaign.
    """

    key: str
    product: str
    audience: str
    rate: float
    available: float
    periods: tuple[tuple[dt.date, dt.date], ...] = ()
    contacts: float = 1.0
    least: float = 0.0
    most: float = float("inf")
    step: float = 1.0
    spread: float = 0.0
    worth: Estimate = CERTAIN
    kept: Estimate = CERTAIN
    traits: Mapping[str, float] = field(default_factory=dict)

    @property
    def limit(self) -> float:
        """The most whole steps' units there can be of it."""
        return max(0.0, min(self.available, self.most) // self.step * self.step)


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of a property: `requests` they make in the campaign's days, `per_person` on average (at least 1).

    `again` is what the next contact with the same person is worth beside the one before (0: only the first counts, 1: all
    alike); with `frequency` only people with so many contacts count. `best` is the highest worth of a contact with them:
    others count as a part of one. `most` bounds the contacts: a frequency's upper end.
    """

    key: str
    requests: float
    per_person: float
    again: float = 1.0
    frequency: int = 1
    best: float = 1.0
    most: float = float("inf")


@dataclass(frozen=True, slots=True)
class Share:
    """A rule about parts of the money: the spend on `trait` is at least `low`, at most `high` of all spend.

    Hard without `weight`; else what misses it costs weight × the part of the budget it misses by × the plan's `scale`.
    """

    key: str
    words: str
    trait: str
    low: float = 0.0
    high: float = 1.0
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """Inventory that candidates share: their contacts together are at most `contacts`."""

    members: tuple[str, ...]
    contacts: float


@dataclass(frozen=True, slots=True)
class Problem:
    """All a planner needs. `wanted` products must be in the plan; `scale` is the outcome soft rules are weighed against.

    People met on several properties count once, by chance in a `universe` of so many; where the outcome is `people` so does the
    outcome. Then the audiences' first contact alone counts: `again` is 0, `frequency` 1 and `best` at most 1.
    """

    budget: float
    candidates: tuple[Candidate, ...]
    audiences: tuple[Audience, ...]
    pools: tuple[Pool, ...] = ()
    shares: tuple[Share, ...] = ()
    wanted: tuple[str, ...] = ()
    lines: int = 8
    scale: float = 0.0
    locked: Mapping[str, float] = field(default_factory=dict)
    """Units of candidates that stay as they are, by key."""
    universe: float = float("inf")
    people: bool = False

    def candidate(self, key: str) -> Candidate:
        """The candidate of that key. Raises KeyError."""
        return self.by_key()[key]

    def by_key(self) -> dict[str, Candidate]:
        """Candidates by key."""
        return {one.key: one for one in self.candidates}


Mix = Mapping[str, float]
"""Units by candidate key; those not in it are not taken."""


class Infeasible(ValueError):
    """No plan meets every hard constraint."""


def with_candidates(problem: Problem, candidates: tuple[Candidate, ...], pools: tuple[Pool, ...]) -> Problem:
    """The problem with other candidates, and pools more."""
    return replace(problem, candidates=candidates, pools=(*problem.pools, *pools))
