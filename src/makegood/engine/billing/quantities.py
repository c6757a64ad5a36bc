"""Units to bill per cycle: contracted units spread over cycles, counted units held under a cap.

Integers in and out. What they cost lives in `bill`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from makegood.engine import apportion
from makegood.engine.billing.terms import Cap, LineTerms, Schedule, Source
from makegood.engine.periods import Period


class CountsInvalid(ValueError):
    """Counts are missing, negative, or for days outside the flight's cycles."""


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """Net units counted within one cycle; `third_party` is None where the other side gave no figure."""

    period: Period
    delivered: int
    third_party: int | None = None


def weights(cycles: Sequence[Period], schedule: Schedule) -> list[int]:
    """How a contracted amount divides: all first, all last, equal parts, or by days."""
    if schedule is Schedule.PREPAID:
        return [1] + [0] * (len(cycles) - 1)
    if schedule is Schedule.END:
        return [0] * (len(cycles) - 1) + [1]
    return [1 if schedule is Schedule.STRAIGHTLINE else cycle.days for cycle in cycles]


def contracted(line: LineTerms) -> list[int]:
    """The contracted units of each cycle by its days."""
    return apportion.largest_remainder(line.quantity, [cycle.days for cycle in line.cycles()])


def counted(line: LineTerms, counts: Sequence[PeriodCount]) -> list[int]:
    """The units each cycle counts by the terms' source, for the cycles counted so far; raises CountsInvalid."""
    cycles = line.cycles()
    found: list[int] = []
    for number, count in enumerate(counts):
        if number >= len(cycles) or count.period != cycles[number]:
            wanted = cycles[number] if number < len(cycles) else "nothing"
            raise CountsInvalid(f"line {line.line_id}: count {number + 1} is for {count.period}, expected {wanted}")
        units = count.delivered
        if line.terms.source is Source.THIRD_PARTY:
            units = _third_party(line, count)
        if units < 0:
            raise CountsInvalid(f"line {line.line_id}: {count.period} counts {units} units")
        found.append(units)
    return found


def _third_party(line: LineTerms, count: PeriodCount) -> int:
    if count.third_party is not None:
        return count.third_party
    if line.terms.first_party_fallback:
        return count.delivered
    raise CountsInvalid(f"line {line.line_id}: no third-party count for {count.period}; load it or agree to bill ours")


def billed(counts: Sequence[int], promised: Sequence[int], cap: Cap) -> list[int]:
    """Units billed per cycle under a cap; `promised` are all cycles' contracted units, `counts` those so far.

    none: as counted. cumulative: never more in all than the whole contract. per_cycle: never more in a cycle than its
    part. cumulative_per_cycle: never more so far than the parts so far, so a lean cycle may catch up.
    """
    if cap is Cap.NONE:
        return list(counts)
    if cap is Cap.PER_CYCLE:
        return [min(count, part) for count, part in zip(counts, promised, strict=False)]
    limits = [sum(promised)] * len(counts) if cap is Cap.CUMULATIVE else list(accumulate(promised))
    so_far = [min(run, limit) for run, limit in zip(accumulate(counts), limits, strict=False)]
    return [now - before for before, now in pairwise([0, *so_far])]
