"""Availability of what is sold by the day, whole or by share of voice: free unless those who have a day leave too little.

For exclusive sponsorships and shares of a placement's days. The database's constraints have the last word.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from makegood.engine.avails.records import Availability, Contender, Relaxation
from makegood.engine.periods import Period, overlap

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """Days of a placement that a line has, or holds, and its share of their voice in per cent."""

    line_id: int
    period: Period
    held: bool = False
    share_pct: int = WHOLE
    placement_id: int = 0


def days(wanted: Period, taken: Sequence[Taken], *, look_ahead: int = 60, share_pct: int = WHOLE) -> Availability:
    """The same sum in days: matched − reserved − held = available. A day that bookings alone fill counts as reserved.

    A day is free when those who have it leave `share_pct` of it on every placement. Contenders count each other day once, for
    its first taker: a booking where bookings alone fill it, else a hold, which may be asked for.
    The relaxation is the nearest later start at which the whole period is free, sought `look_ahead` days ahead.
    """
    order = sorted(taken, key=lambda one: (one.held, one.period.start, one.line_id))
    owner: dict[dt.date, Taken] = {}
    reserved = 0
    for day in wanted.dates():
        there = [one for one in order if day in one.period]
        full = _too_little_left(there, share_pct)
        sold = _too_little_left([one for one in there if not one.held], share_pct)
        if full:
            owner[day] = sold or next(one for one in there if one.held and one.placement_id == full.placement_id)
            reserved += sold is not None
    available = wanted.days - len(owner)
    counts = Counter((one.line_id, one.held) for one in owner.values())
    contenders = tuple(Contender(line_id, n, held) for (line_id, held), n in counts.most_common())
    moved = _next_free(wanted, taken, look_ahead, share_pct) if owner else None
    relaxations = (Relaxation(f"start on {moved:%d %b %Y}", wanted.days, len(owner)),) if moved else ()
    return Availability(
        wanted.days, reserved, len(owner) - reserved, 0, available, available, len(owner), contenders, relaxations
    )


def _too_little_left(there: Sequence[Taken], share_pct: int) -> Taken | None:
    """The first taker on a placement of which those who have the day leave less than `share_pct`; None when it is free."""
    totals = Counter[int]()
    for one in there:
        totals[one.placement_id] += one.share_pct
    return next((one for one in there if totals[one.placement_id] + share_pct > WHOLE), None)


def _next_free(wanted: Period, taken: Sequence[Taken], look_ahead: int, share_pct: int) -> dt.date | None:
    for days_later in range(1, look_ahead + 1):
        shift = dt.timedelta(days=days_later)
        moved = Period(wanted.start + shift, wanted.end + shift)
        there = [one for one in taken if overlap(moved, one.period)]
        if all(_too_little_left([one for one in there if day in one.period], share_pct) is None for day in moved.dates()):
            return moved.start
    return None
