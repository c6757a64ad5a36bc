"""The chances among one set of eligible flights, laid out for one bisect per draw.

A flight with one creative is answered the same each time it is drawn, so its answer is kept.
"""

from __future__ import annotations

from itertools import accumulate

import msgspec
import numpy as np

from makegood.engine.decision import shares
from makegood.engine.decision.terms import Terms
from makegood.engine.plan import Priority


class Decision(msgspec.Struct, frozen=True, gc=False):
    """What serves, and how it came to: its tier, its chance among `eligible` flights."""

    flight_id: int
    creative_id: int
    tier: Priority
    chance: float
    eligible: int

    @property
    def why(self) -> str:
        return f"{self.tier}, drawn with chance {self.chance:.4f} among {self.eligible} eligible flights"


class Table:
    """Cumulative chances of the flights of `mask` that have one; `answers` are filled in as they are drawn."""

    __slots__ = ("answers", "bounds", "chances", "mask", "numbers")

    def __init__(self, terms: Terms, mask: int) -> None:
        self.mask = mask
        eligible = set_bits(mask)
        found = shares.among(terms, np.array(eligible, dtype=np.int64)).tolist()
        kept = [(n, chance) for n, chance in zip(eligible, found, strict=True) if chance > 0]
        self.numbers = [n for n, _ in kept]
        self.chances = [chance for _, chance in kept]
        self.bounds = list(accumulate(self.chances))
        self.answers: list[Decision | None] = [None] * (len(kept) + 1)  # the last is nobody's


def set_bits(mask: int) -> list[int]:
    """Places of the bits that are set, ascending."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
