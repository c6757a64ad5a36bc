"""One draw: a flight by its chance, then a creative by the flight's rotation.

Among all eligible flights, among some that must take the slot, or among the others. No state; the number is handed in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from makegood.engine import rotation
from makegood.engine.decision.placement import CompiledPlacement
from makegood.engine.decision.tables import Decision, Table, set_bits


def draw(here: CompiledPlacement, table: Table, u: float, seen: Mapping[int, int]) -> Decision | None:
    """Draw a flight of `table`; None when `u` falls into what nobody takes."""
    place = bisect_right(table.bounds, u)
    kept = table.answers[place]
    if kept is not None or place == len(table.bounds):
        return kept
    made = _made(here, table.mask, table.numbers[place], table.chances[place], table.bounds[place], u, seen)
    if len(here.rotations[table.numbers[place]]) == 1:
        table.answers[place] = made
    return made


def draw_surely(here: CompiledPlacement, mask: int, u: float, seen: Mapping[int, int]) -> Decision | None:
    """Draw among flights one of which has to take the slot: their chances scaled up to 1; None only for no flights."""
    table = here.table(mask)
    if table.bounds:
        return draw(here, table, u * table.bounds[-1], seen)
    numbers = set_bits(mask)
    return _among(here, mask, numbers, [1 / len(numbers)] * len(numbers), u, seen)


def draw_others(here: CompiledPlacement, mask: int, barred: int, u: float, seen: Mapping[int, int]) -> Decision | None:
    """Draw as `draw` does, given that none of `barred` was drawn: everybody else's chance over what they leave."""
    table = here.table(mask)
    kept = [(n, c) for n, c in zip(table.numbers, table.chances, strict=True) if not barred >> n & 1]
    left = 1.0 - sum(table.chances) + sum(chance for _, chance in kept)
    chances = [chance / left for _, chance in kept] if left > 0 else []
    return _among(here, mask & ~barred, [n for n, _ in kept], chances, u, seen)


def _among(
    here: CompiledPlacement, mask: int, numbers: Sequence[int], chances: Sequence[float], u: float, seen: Mapping[int, int]
) -> Decision | None:
    bounds = list(accumulate(chances))
    if not bounds or u >= bounds[-1]:
        return None
    place = bisect_right(bounds, u)
    return _made(here, mask, numbers[place], chances[place], bounds[place], u, seen)


def _made(
    here: CompiledPlacement, mask: int, number: int, chance: float, bound: float, u: float, seen: Mapping[int, int]
) -> Decision:
    """The answer with the flight whose interval ends at `bound`; where `u` lies in it picks the creative."""
    flight, choices = here.flights[number], here.rotations[number]
    creative = choices[0]
    if len(choices) > 1:
        within = min(max((u - bound + chance) / chance, 0.0), 1.0)
        creative = choices[rotation.choose(flight.rotation, here.weights[number], within, seen.get(flight.id, 0))]
    return Decision(flight.id, creative.creative_id, flight.priority, chance, mask.bit_count())
