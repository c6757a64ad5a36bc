"""Availability of what is sold whole by the day: free unless somebody has that day.

For exclusive sponsorships and other products counted in days. The database's constraint has the last word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from makegood.engine.avails.records import Availability, Contender, Relaxation
from makegood.engine.periods import Period, overlap


@dataclass(frozen=True, slots=True)
class Taken:
    """Days of one exclusive product that a line has, or holds."""

    line_id: int
    period: Period
    held: bool = False


def days(wanted: Period, taken: Sequence[Taken], *, look_ahead: int = 60) -> Availability:
    """The same sum in days: matched − reserved − held = available. A day both booked and held counts as reserved.

    Contenders count each day once, for its first taker. The relaxation is the nearest later start at which the whole
    period is free, sought `look_ahead` days ahead.
    """
    order = sorted(taken, key=lambda one: (one.held, one.period.start, one.line_id))
    owner: dict[dt.date, Taken] = {}
    for one in order:
        shared = overlap(wanted, one.period)
        for day in shared.dates() if shared else ():
            owner.setdefault(day, one)
    reserved = sum(not one.held for one in owner.values())
    available = wanted.days - len(owner)
    counts: dict[Taken, int] = {}
    for one in owner.values():
        counts[one] = counts.get(one, 0) + 1
    contenders = tuple(
        Contender(one.line_id, n, one.held) for one, n in sorted(counts.items(), key=lambda item: -item[1])
    )
    moved = _next_free(wanted, taken, look_ahead) if owner else None
    relaxations = (Relaxation(f"start on {moved:%d %b %Y}", wanted.days, len(owner)),) if moved else ()
    return Availability(
        wanted.days, reserved, len(owner) - reserved, 0, available, available, len(owner), contenders, relaxations
    )


def _next_free(wanted: Period, taken: Sequence[Taken], look_ahead: int) -> dt.date | None:
    for days_later in range(1, look_ahead + 1):
        shift = dt.timedelta(days=days_later)
        moved = Period(wanted.start + shift, wanted.end + shift)
        if not any(overlap(moved, one.period) for one in taken):
            return moved.start
    return None
