"""Laying a quantity out over the days of a line: periods, curve, hiatus weeks; goals that sum exactly.

Dates and whole numbers in and out. How people write a flighting down lives in `orders.sheet`.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from makegood.engine import apportion, broadcast
from makegood.engine.periods import Calendar, Period, periods_between

DAY = dt.timedelta(days=1)
Slice = tuple[dt.date, dt.date, int]  # first day, last day, goal


class FlightingInvalid(ValueError):
    """A flighting that cannot be laid out on these days with this quantity; the message says why."""


class Every(enum.StrEnum):
    """What a flight is. A week is seven days from the line's first; a broadcast week runs Monday to Sunday."""

    LINE = "line"
    DAY = "day"
    WEEK = "week"
    BROADCAST_WEEK = "broadcast week"
    MONTH = "month"


class Curve(enum.StrEnum):
    """How goals lean: by days alone, or falling (rising) evenly from the first flight to the last."""

    EVEN = "even"
    FRONT = "front-loaded"
    BACK = "back-loaded"


@dataclass(frozen=True, slots=True)
class Flighting:
    """Flights of a line: a period each, leaning by `curve` or by `shares` (per cent, one a period), none in the hiatus.

    `hiatus` holds any day of each broadcast week that is left out.
    """

    every: Every = Every.LINE
    curve: Curve = Curve.EVEN
    shares: tuple[Decimal, ...] = ()
    hiatus: frozenset[dt.date] = frozenset()


def lay_out(quantity: int, line: Period, how: Flighting) -> list[Slice]:
    """The slices, in order, each with a goal above zero, summing to `quantity` (largest remainder).

    Without shares a period weighs its days times its place on the curve; a period that a hiatus splits shares by days.
    Raises FlightingInvalid.
    """
    days = _open_days(line, how.hiatus)
    runs = [(number, run) for number, period in enumerate(_periods(line, how.every)) for run in _runs(period, days)]
    numbers = sorted({number for number, _ in runs})
    if not runs:
        raise FlightingInvalid("the hiatus leaves no day to run on")
    leans = dict(zip(numbers, _leans(how, numbers), strict=True))
    lengths = {number: sum(run.days for n, run in runs if n == number) for number in numbers}
    weights = [_weight(how, leans[number], run.days, lengths[number]) for number, run in runs]
    goals = apportion.largest_remainder(quantity, weights)
    if min((goal for goal, weight in zip(goals, weights, strict=True) if weight), default=0) < 1:
        raise FlightingInvalid(f"{quantity:,} cannot be divided into {len(runs)} flights of one at least")
    return [(run.start, run.end, goal) for (_, run), goal in zip(runs, goals, strict=True) if goal]


def _weight(how: Flighting, lean: Decimal, days: int, length: int) -> Decimal:
    """A run's weight: its days by the curve; of a period with a share, its part of that share."""
    return lean * days / length if how.shares else lean * days


def _leans(how: Flighting, numbers: Sequence[int]) -> list[Decimal]:
    count = len(numbers)
    if how.shares:
        if len(how.shares) != count:
            raise FlightingInvalid(f"{len(how.shares)} percentages for {count} periods")
        total = sum(how.shares, Decimal(0))
        if abs(total - 100) > Decimal("0.05") or min(how.shares) < 0:
            raise FlightingInvalid(f"the percentages sum to {total}, not to 100")
        return list(how.shares)
    falling = [Decimal(count - n) for n in range(count)]
    return {Curve.EVEN: [Decimal(1)] * count, Curve.FRONT: falling, Curve.BACK: falling[::-1]}[how.curve]


def _open_days(line: Period, hiatus: Collection[dt.date]) -> frozenset[dt.date]:
    closed = {broadcast.week(day)[0] for day in hiatus}
    return frozenset(day for day in line.dates() if broadcast.week(day)[0] not in closed)


def _periods(line: Period, every: Every) -> list[Period]:
    if every is Every.LINE:
        return [line]
    if every is Every.DAY:
        return [Period(day, day) for day in line.dates()]
    if every is Every.WEEK:
        starts = line.dates()[::7]
        return [Period(start, min(start + 6 * DAY, line.end)) for start in starts]
    calendar = Calendar.BROADCAST_WEEK if every is Every.BROADCAST_WEEK else Calendar.MONTH
    return periods_between(line.start, line.end, calendar, clip=True)


def _runs(period: Period, days: Collection[dt.date]) -> list[Period]:
    """The open days of a period as unbroken runs."""
    dates = enumerate(day for day in period.dates() if day in days)
    groups = ([day for _, day in group] for _, group in groupby(dates, key=lambda pair: pair[1] - pair[0] * DAY))
    return [Period(group[0], group[-1]) for group in groups]
