"""What a pause does to what is promised: how much of each line's days to come falls into it, and what the rest would have to carry."""

import dataclasses
import datetime
from collections.abc import Sequence

import numpy as np

from makegood.delivery import measuring
from makegood.delivery.models import Pace
from makegood.orders.changes.pausing import Stops
from makegood.orders.changes.progress import Progress, Stop
from makegood.orders.models import Line, Order


@dataclasses.dataclass(frozen=True)
class Outlook:
    """A line in `unit`: goal and delivered; the finish as things are and with the change, on the course of its traffic.

    `carry` is what each day left would have to carry to make the goal, 1 being its own share; None where no day is left.
    """

    number: int
    name: str
    unit: str
    goal: int
    delivered: int
    before: int
    after: int
    carry: float | None

    @property
    def short(self) -> int:
        """Units below the goal with the change."""
        return max(0, self.goal - self.after)

    @property
    def share(self) -> float:
        """The same as a part of the goal."""
        return self.short / self.goal


def of(order: Order, planned: Stops, ran: Progress, *, at: datetime.datetime) -> tuple[Outlook, ...]:
    """The outlook of every line whose pauses move, by the requests expected on its days (as pacing has them)."""
    rows = order.lines.filter(number__in={line for line, _ in planned}, unit__in=Line.COUNTED_UNITS).select_related("order")
    lines = list(rows.prefetch_related("flights").order_by("number"))
    paces = {one.line_id: one for one in Pace.objects.filter(line__in=lines)}
    return tuple(_outlook(one, planned, ran, paces.get(one.line.pk)) for one in measuring.measure(lines, at) if one.today < one.days)


def _outlook(measured: measuring.Measured, planned: Stops, ran: Progress, pace: Pace | None) -> Outlook:
    line = measured.line
    delivered, goal = ran.line(line.number).delivered, line.quantity
    due = max(0, goal - delivered)
    weights = _to_come(measured)
    was, now = (_served(line, weights, planned, ran, after) for after in (False, True))
    finish = min(goal, pace.projected) if pace and line.status == "live" and was == 1 else goal  # a paused line shows no rate
    coming = max(0, finish - delivered)
    before, after = (delivered + round(coming * share) for share in (was, now))
    return Outlook(line.number, line.name, line.unit, goal, delivered, before, after, due / (due * now) if due and now else None if due else 1.0)


def _to_come(measured: measuring.Measured) -> np.ndarray:
    """Requests of each day that are still to come, as parts of their sum."""
    left = np.clip(np.arange(1, measured.days + 1) - measured.today, 0.0, 1.0) * measured.traffic
    return left / left.sum() if left.any() else left


def _served(line: Line, weights: np.ndarray, planned: Stops, ran: Progress, after: bool) -> float:
    """The part of what is to come that falls on days on which it is served: each day's by the goals of the flights that run on it."""
    flights = [one for one in line.flights.all() if one.status not in ("cancelled", "completed")]
    stops = {one.number: _stops((line.number, one.number), planned, ran, after) for one in flights}
    total = 0.0
    for index, weight in enumerate(weights):
        day = line.start + datetime.timedelta(days=index)
        running = [one for one in flights if one.start <= day <= one.end]
        goal = sum(one.goal for one in running)
        total += weight * sum(one.goal for one in running if not _held(stops[one.number], day)) / goal if goal else 0.0
    return float(total)


def _stops(key: tuple[int, int], planned: Stops, ran: Progress, after: bool) -> Sequence[Stop]:
    return planned[key] if after and key in planned else ran.line(key[0]).flight(key[1]).stops


def _held(stops: Sequence[Stop], day: datetime.date) -> bool:
    return any(one.first <= day and one.reaches(day) for one in stops)
