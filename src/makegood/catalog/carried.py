"""Counted requests and the forecasts made from them, remembered so that the same counts are not forecast twice.

Reads only. How outlooks look to those who ask lives in `supply`.
"""

import dataclasses
import datetime
from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Func, IntegerField, Q, Subquery

from makegood.catalog.models import Placement, SupplyDay
from makegood.core import calendars
from makegood.core.models import Seller
from makegood.engine import forecast

ONE_DAY = datetime.timedelta(days=1)
HISTORY, RECENT_DAYS, LEAST_DAYS, COLD_DAYS = 730 * ONE_DAY, 84, 14, 3
STEP_DAYS, REMEMBERED = 30, 1000  # horizons are rounded up to steps, so that nearby questions share a forecast
Row = tuple[int, ...]
Ahead = tuple[Row, Row, Row, Row, Row]  # mean, low and high 80, low and high 95
_MADE: dict[tuple[datetime.date, int, str, bytes], Ahead] = {}


@dataclasses.dataclass(frozen=True, eq=False)
class Counted:
    """Requests of a placement, the days they are of as ordinals, and the seller's time zone."""

    days: npt.NDArray[np.int64]
    requests: npt.NDArray[np.int64]
    zone: str

    def between(self, start: datetime.date, length: int, otherwise: float) -> npt.NDArray[np.float64]:
        """Requests of `length` days from `start`, `otherwise` where nothing was counted."""
        found, place = np.full(length, otherwise), self.days - start.toordinal()
        inside = (place >= 0) & (place < length)
        found[place[inside]] = self.requests[inside]
        return found

    def history(self, today: datetime.date, length: int) -> npt.NDArray[np.float64]:
        """The `length` days before `today`; NaN where nothing was counted."""
        return self.between(today - length * ONE_DAY, length, np.nan)

    def ages(self, today: datetime.date) -> npt.NDArray[np.int64]:
        """How many days ago each day of the history was."""
        ago = today.toordinal() - self.days
        return ago[(ago > 0) & (ago <= HISTORY.days)]


def counted(placement_ids: Collection[int], start: datetime.date, end: datetime.date) -> dict[int, Counted]:
    """What was counted from `start` to `end` by placement: one query, one row a placement."""
    zone = Subquery(Seller.objects.values("zone")[:1])
    rows = SupplyDay.objects.filter(placement_id__in=placement_ids, day__gte=start, day__lte=end).annotate(zone=zone)
    rows = rows.values("placement_id", "zone").annotate(days=ArrayAgg(_Ordinal("day")), counts=ArrayAgg("requests"))
    return {row["placement_id"]: _counted(row["days"], row["counts"], row["zone"] or "") for row in rows.order_by()}


def _counted(days: list[int], counts: list[int], zone: str) -> Counted:
    return Counted(np.array(days, dtype=np.int64), np.array(counts, dtype=np.int64), zone)


class _Ordinal(Func):
    """A day as `toordinal` counts it: thousands of them are read, and as numbers in a fraction of the time."""

    template = "(%(expressions)s - DATE '0001-01-01' + 1)"
    output_field = IntegerField()


def enough(one: Counted, today: datetime.date) -> bool:
    """Whether a placement has counts for a forecast of its own: two weeks of them in the last twelve."""
    return int((one.ages(today) <= RECENT_DAYS).sum()) >= LEAST_DAYS


def ahead(found: Mapping[int, Counted], horizon: int, today: datetime.date) -> dict[int, Ahead]:
    """Forecasts from `today` on for the placements of which at least three days were counted, where there are siblings."""
    reach = -(-max(horizon, 1) // STEP_DAYS) * STEP_DAYS
    own = {pk: one for pk, one in found.items() if enough(one, today)}
    made = _remembered(own, reach, today)
    new = {pk: one for pk, one in found.items() if pk not in own and int((one.ages(today) <= LEAST_DAYS).sum()) >= COLD_DAYS}
    return made | (_cold(new, reach, today) if new else {})


def _remembered(own: Mapping[int, Counted], reach: int, today: datetime.date) -> dict[int, Ahead]:
    """Each stands alone, so that a placement's forecast does not depend on what else is asked for."""
    keys = {pk: (today, reach, one.zone, one.history(today, int(one.ages(today).max())).tobytes()) for pk, one in own.items()}
    missing = {pk: one for pk, one in own.items() if keys[pk] not in _MADE}
    if missing:
        made = _forecast(missing, reach, today)
        _MADE.update({keys[pk]: _shown(made, row) for row, pk in enumerate(missing)})
    found = {pk: _MADE[key] for pk, key in keys.items()}
    for old in list(_MADE)[:-REMEMBERED]:
        _MADE.pop(old, None)
    return found


def _forecast(own: Mapping[int, Counted], reach: int, today: datetime.date) -> forecast.Forecast:
    """Forecasts of their histories in the order given; those that began later start with NaN."""
    length = max(int(one.ages(today).max()) for one in own.values())
    first = today - length * ONE_DAY
    zone = next(iter(own.values())).zone
    feasts = calendars.public(zone, first, today + reach * ONE_DAY)
    return forecast.daily(np.array([one.history(today, length) for one in own.values()]), reach, first_day=first, holidays=feasts)


def _cold(new: Mapping[int, Counted], reach: int, today: datetime.date) -> dict[int, Ahead]:
    """New placements by the siblings of their property and format; left out where no sibling is known."""
    families: dict[tuple[int, str], list[int]] = {}
    for place in Placement.objects.filter(pk__in=new).order_by("pk"):
        families.setdefault((place.property_id, place.format), []).append(place.pk)
    like = Q()
    for home, form in families:
        like |= Q(property_id=home, format=form)
    others = {one.pk: (one.property_id, one.format) for one in Placement.objects.filter(like).exclude(pk__in=new)}
    known = {pk: one for pk, one in counted(others, today - HISTORY, today - ONE_DAY).items() if enough(one, today)}
    found: dict[int, Ahead] = {}
    for family, members in families.items():
        siblings = {pk: one for pk, one in known.items() if others[pk] == family}
        if siblings:
            seen = np.array([new[pk].history(today, LEAST_DAYS) for pk in members])
            past = np.array([one.history(today, LEAST_DAYS) for one in siblings.values()])
            made = forecast.started(seen, past, _forecast(siblings, reach, today))
            found |= {pk: _shown(made, row) for row, pk in enumerate(members)}
    return found


def _shown(made: forecast.Forecast, row: int) -> Ahead:
    """One placement's forecast in whole requests."""
    mean, low, high, low95, high95 = (
        tuple(part[row].round().astype(int).tolist()) for part in (made.mean, made.lo80, made.hi80, made.lo95, made.hi95)
    )
    return mean, low, high, low95, high95
