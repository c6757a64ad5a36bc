"""How many requests a placement will see: what was counted, carried forward by engine.forecast. Reads only."""

import dataclasses
import datetime
from collections.abc import Collection

from makegood.catalog import carried
from makegood.catalog.models import Placement

ONE_DAY = datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Outlook:
    """Requests of one placement by day from `start`: counted where the day is over, forecast where it is to come.

    `low` and `high` hold the requests 80 times in 100, `low95` and `high95` 95 times. `known` is false where too little
    was ever counted to say anything; the figures are then zero.
    """

    placement_id: int
    start: datetime.date
    requests: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    low95: tuple[int, ...]
    high95: tuple[int, ...]
    known: bool

    def between(self, first: datetime.date, last: datetime.date) -> int:
        """Requests of the days from first to last, both included, as far as the outlook reaches."""
        begin = max((first - self.start).days, 0)
        return sum(self.requests[begin : max((last - self.start).days + 1, begin)])


def outlook(placement_ids: Collection[int], start: datetime.date, end: datetime.date, *, today: datetime.date) -> dict[int, Outlook]:
    """The outlook of each placement from `start` to `end`, made from the last two counted years before `today`.

    A placement counted for less than two weeks starts from its siblings, those of the same property and format.
    """
    counted = carried.counted(placement_ids, min(start, today - carried.HISTORY), end)
    ahead = carried.ahead(counted, (end - today).days + 1, today) if end >= today else {}
    known = ahead.keys() if end >= today else {pk for pk, one in counted.items() if carried.enough(one, today)}
    return {pk: _joined(pk, counted.get(pk), ahead.get(pk), (start, end, today), pk in known) for pk in sorted(placement_ids)}


def daily_average(placement: Placement, *, today: datetime.date) -> int:
    """Requests a day over the next 28 days; 0 when unknown."""
    last = today + 27 * ONE_DAY
    return outlook([placement.pk], today, last, today=today)[placement.pk].between(today, last) // 28


def _joined(
    pk: int, counted: carried.Counted | None, ahead: carried.Ahead | None, days: tuple[datetime.date, datetime.date, datetime.date], known: bool
) -> Outlook:
    """What was counted up to yesterday, then what is forecast; zero where neither is there."""
    start, end, today = days
    until = min(end, today - ONE_DAY)
    over = max((until - start).days + 1, 0)
    past: tuple[int, ...] = tuple(counted.between(start, over, 0).astype(int).tolist()) if counted else (0,) * over
    begin, reach = max((start - today).days, 0), max((end - today).days + 1, 0)
    parts = [past + (part[begin:reach] if ahead else (0,) * max(reach - begin, 0)) for part in ahead or ((),) * 5]
    return Outlook(pk, start, *parts, known)
