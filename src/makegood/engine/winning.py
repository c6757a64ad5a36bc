"""How likely a brief is won, from those that were decided: rates by stage and age, size and client, each shrunk to the one before.

Counts in, a chance with its interval and its reasons out. Beta-binomial posterior means (Gelman et al., Bayesian Data Analysis,
chapter 5): a rate of few cases stays near the wider rate it is a part of, one of many speaks for itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from scipy.special import betaincinv  # type: ignore[import-untyped]

STRENGTH = 8.0  # decided briefs that weigh as much as the wider rate
TAIL = 0.1
STAGES = ("open", "proposed")
SIZES = (25_000, 100_000, 400_000)  # of budgets; a class is what lies between two


@dataclass(frozen=True, slots=True)
class Past:
    """A decided brief: the furthest stage it reached, days until it was decided, its client and class of budget, whether it was won."""

    stage: str
    days: int
    client: Hashable
    size: int
    won: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One rate on the way: what it is of, won of how many, and the rate once shrunk."""

    name: str
    won: int
    of: int
    rate: float


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance, the bounds that hold it 80 times in 100, and the rates it came from, the widest first."""

    chance: float
    low: float
    high: float
    parts: tuple[Part, ...]

    @property
    def decided(self) -> int:
        """How many decided briefs there were to learn from."""
        return self.parts[0].of


def size(budget: float) -> int:
    """The class of a budget, 0 the smallest."""
    return sum(budget >= edge for edge in SIZES)


def chance(
    past: Sequence[Past], *, stage: str, days: int, client: Hashable, size: int, strength: float = STRENGTH
) -> Chance:
    """The chance of a brief that stands at `stage` after `days` undecided.

    Only those that got as far and were as long undecided tell of it; of them those of its size, then those of its client.
    With nothing decided the chance is one half and the bounds say how little that means.
    """
    wider = (sum(one.won for one in past) + 1) / (len(past) + 2)
    parts = [Part("all", sum(one.won for one in past), len(past), wider)]
    reached = [one for one in past if STAGES.index(one.stage) >= STAGES.index(stage) and one.days >= days]
    like = [("stage", reached), ("size", [one for one in reached if one.size == size]),
            ("client", [one for one in reached if one.client == client])]  # fmt: skip
    a, b = parts[0].won + 1.0, parts[0].of - parts[0].won + 1.0
    for name, some in like:
        won = sum(one.won for one in some)
        a, b = won + strength * wider, len(some) - won + strength * (1 - wider)
        wider = a / (a + b)
        parts.append(Part(name, won, len(some), wider))
    return Chance(wider, float(betaincinv(a, b, TAIL)), float(betaincinv(a, b, 1 - TAIL)), tuple(parts))
