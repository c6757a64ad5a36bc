"""How many requests a placement will see: what was counted, carried forward by engine.forecast. Reads only."""

import dataclasses
import datetime
from collections.abc import Collection

import numpy as np

from makegood.catalog.models import Placement, SupplyDay
from makegood.engine import forecast

HISTORY_DAYS, LEAST_DAYS = 84, 14
ONE_DAY = datetime.timedelta(days=1)
STEP_DAYS, REMEMBERED = 30, 1000  # horizons are rounded up to steps, so that nearby questions share a forecast
Ahead = tuple[list[int], list[int]]
_MADE: dict[tuple[datetime.date, int, bytes], Ahead] = {}


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
    since: dict[datetime.date, dict[int, bytes]] = {}
    for pk, days in counted.items():
        recent = [day for day in days if today - HISTORY_DAYS * ONE_DAY <= day < today]
        if len(recent) >= LEAST_DAYS:
            first = min(recent)
            history = [float(days.get(first + n * ONE_DAY, np.nan)) for n in range((today - first).days)]
            since.setdefault(first, {})[pk] = np.array(history).tobytes()
    reach = -(-max(horizon, 1) // STEP_DAYS) * STEP_DAYS
    return {pk: found for first, series in since.items() for pk, found in _remembered(first, series, reach).items()}


def _remembered(first: datetime.date, series: dict[int, bytes], horizon: int) -> dict[int, Ahead]:
    """The forecasts of these histories. The same counts give the same forecast, so those made before are not made again."""
    found = {pk: made for pk, history in series.items() if (made := _MADE.get((first, horizon, history)))}
    missing = {pk: history for pk, history in series.items() if pk not in found}
    if missing:
        ahead = forecast.daily(np.array([np.frombuffer(history) for history in missing.values()]), horizon, first_day=first)
        for row, (pk, history) in enumerate(missing.items()):
            found[pk] = (ahead.mean[row].round().astype(int).tolist(), ahead.lo80[row].round().astype(int).tolist())
            _MADE[first, horizon, history] = found[pk]
    for old in list(_MADE)[:-REMEMBERED]:
        _MADE.pop(old, None)
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
