"""How many requests a placement will see: what was counted, carried forward by engine.forecast. Reads only."""

import dataclasses
import datetime
from collections.abc import Collection

import numpy as np

from makegood.catalog.models import Placement, SupplyDay
from makegood.engine import forecast

HISTORY_DAYS, LEAST_DAYS = 84, 14
ONE_DAY = datetime.timedelta(days=1)
Ahead = tuple[list[int], list[int]]


@dataclasses.dataclass(frozen=True)
class Outlook:
    """Requests of one placement by day from `start`: counted where the day is over, forecast where it is to come.

    `known` is false where too little was ever counted to say anything; the figures are then zero.
    """

    placement_id: int
    start: datetime.date
    requests: tuple[int, ...]
    low: tuple[int, ...]
    known: bool

    def between(self, first: datetime.date, last: datetime.date) -> int:
        """Requests of the days from first to last, both included, as far as the outlook reaches."""
        begin = max((first - self.start).days, 0)
        return sum(self.requests[begin : max((last - self.start).days + 1, begin)])


def outlook(placement_ids: Collection[int], start: datetime.date, end: datetime.date, *, today: datetime.date) -> dict[int, Outlook]:
    """The outlook of each placement from `start` to `end`, made from the last 84 counted days before `today`."""
    counted = _counted(placement_ids, min(start, today - HISTORY_DAYS * ONE_DAY), end)
    ahead = _ahead(counted, (end - today).days + 1, today)
    return {pk: _joined(pk, counted.get(pk, {}), ahead.get(pk), start, end, today) for pk in sorted(placement_ids)}


def daily_average(placement: Placement, *, today: datetime.date) -> int:
    """Requests a day over the next 28 days; 0 when unknown."""
    last = today + 27 * ONE_DAY
    return outlook([placement.pk], today, last, today=today)[placement.pk].between(today, last) // 28


def _counted(placement_ids: Collection[int], start: datetime.date, end: datetime.date) -> dict[int, dict[datetime.date, int]]:
    rows = SupplyDay.objects.filter(placement_id__in=placement_ids, day__gte=start, day__lte=end)
    found: dict[int, dict[datetime.date, int]] = {}
    for pk, day, requests in rows.values_list("placement_id", "day", "requests"):
        found.setdefault(pk, {})[day] = requests
    return found


def _ahead(counted: dict[int, dict[datetime.date, int]], horizon: int, today: datetime.date) -> dict[int, Ahead]:
    """Mean and low requests from `today` on, for placements with enough counted days; those counted since one day at once."""
    since: dict[datetime.date, list[int]] = {}
    for pk, days in counted.items():
        recent = [day for day in days if today - HISTORY_DAYS * ONE_DAY <= day < today]
        if len(recent) >= LEAST_DAYS:
            since.setdefault(min(recent), []).append(pk)
    found: dict[int, Ahead] = {}
    for first, ids in since.items():
        length = (today - first).days
        history = np.array([[counted[pk].get(first + n * ONE_DAY, np.nan) for n in range(length)] for pk in ids], dtype=np.float64)
        made = forecast.daily(history, max(horizon, 1), first_day=first)
        for row, pk in enumerate(ids):
            found[pk] = (made.mean[row].round().astype(int).tolist(), made.lo80[row].round().astype(int).tolist())
    return found


def _joined(
    pk: int, counted: dict[datetime.date, int], ahead: Ahead | None, start: datetime.date, end: datetime.date, today: datetime.date
) -> Outlook:
    mean, low = [], []
    for step in range((end - start).days + 1):
        day = start + step * ONE_DAY
        index = (day - today).days
        if index < 0:
            mean.append(counted.get(day, 0))
            low.append(mean[-1])
        else:
            mean.append(ahead[0][index] if ahead else 0)
            low.append(ahead[1][index] if ahead else 0)
    return Outlook(pk, start, tuple(mean), tuple(low), ahead is not None)
