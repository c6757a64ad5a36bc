"""One draw: a flight by its chance, then a creative by the flight's rotation.

Among all eligible flights, among some that must take the slot, or among the others. No state; the number is handed in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from makegood.engine import rotation
from makegood.engine.decision.placement import CompiledPlacement, set_bits
from makegood.engine.plan import Priority


@dataclass(frozen=True, slots=True)
class Decision:
    """What serves, and how it came to: its tier, its chance among `eligible` flights."""

    flight_id: int
    creative_id: int
    tier: Priority
    chance: float
    eligible: int

    @property
    def why(self) -> str:
        return f"{self.tier}, drawn with chance {self.chance:.4f} among {self.eligible} eligible flights"


def draw(here: CompiledPlacement, mask: int, u: float, seen: Mapping[int, int]) -> Decision | None:
    """Draw a flight among `mask`; None when `u` falls into what nobody takes."""
    table = here.table(mask)
    return _at(here, mask, table.numbers, table.chances, table.bounds, u, seen)


def draw_surely(here: CompiledPlacement, mask: int, u: float, seen: Mapping[int, int]) -> Decision | None:
    """Draw among flights one of which has to take the slot: their chances scaled up to 1; None only for no flights."""
    table = here.table(mask)
    if table.bounds:
        return _at(here, mask, table.numbers, table.chances, table.bounds, u * table.bounds[-1], seen)
    numbers = set_bits(mask)
    chances = [1 / len(numbers)] * len(numbers)
    return _at(here, mask, numbers, chances, list(accumulate(chances)), u, seen)


def draw_others(here: CompiledPlacement, mask: int, barred: int, u: float, seen: Mapping[int, int]) -> Decision | None:
    """Draw as `draw` does, given that none of `barred` was drawn: everybody else's chance over what they leave."""
    table = here.table(mask)
    kept = [(n, c) for n, c in zip(table.numbers, table.chances, strict=True) if not barred >> n & 1]
    left = 1.0 - sum(table.chances) + sum(chance for _, chance in kept)
    chances = [chance / left for _, chance in kept] if left > 0 else []
    return _at(here, mask & ~barred, [n for n, _ in kept], chances, list(accumulate(chances)), u, seen)


def _at(
    here: CompiledPlacement,
    mask: int,
    numbers: Sequence[int],
    chances: Sequence[float],
    bounds: Sequence[float],
    u: float,
    seen: Mapping[int, int],
) -> Decision | None:
    """The flight whose interval holds `u`; the position inside the interval picks the creative."""
    if not bounds or u >= bounds[-1]:
        return None
    place = bisect_right(bounds, u)
    number, chance = numbers[place], chances[place]
    flight, choices = here.flights[number], here.rotations[number]
    creative = choices[0]
    if len(choices) > 1:
        within = min(max((u - bounds[place] + chance) / chance, 0.0), 1.0)
        creative = choices[rotation.choose(flight.rotation, here.weights[number], within, seen.get(flight.id, 0))]
    return Decision(flight.id, creative.creative_id, flight.priority, chance, mask.bit_count())
