"""Loading what other counters say: all rows or none, the same file twice changes nothing."""

import dataclasses
import datetime
from collections.abc import Sequence

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.delivery.models import ThirdPartyCount
from makegood.orders.models import Flight


@dataclasses.dataclass(frozen=True)
class Row:
    """One day of one flight as `vendor` counted it; `place` says where it stood ("sheet 1, row 7")."""

    flight_id: int
    day: datetime.date
    vendor: str
    impressions: int
    clicks: int = 0
    place: str = ""
    zone: str = ""


@verbs.whole
def load(rows: Sequence[Row], *, by: Person | None, at: datetime.datetime) -> int:
    """Store the counts, replacing earlier ones of the same flight, day and vendor; how many differed.

    Raises Invalid at the first row that names an unknown flight, a day outside it, a negative count, or the same day twice.
    """
    permissions.check(by, "delivery.load_third_party")
    flights = {flight.pk: flight for flight in Flight.objects.filter(pk__in={row.flight_id for row in rows}).select_related("line__order")}
    _check(rows, flights)
    stored = {(one.flight_id, one.day, one.vendor): one for one in ThirdPartyCount.objects.filter(flight__in=flights)}
    changed = [row for row in rows if _differs(row, stored.get((row.flight_id, row.day, row.vendor)))]
    ThirdPartyCount.objects.bulk_create(
        [ThirdPartyCount(flight_id=one.flight_id, day=one.day, vendor=one.vendor, impressions=one.impressions, clicks=one.clicks, zone=one.zone, at=at)
         for one in changed],
        update_conflicts=True, unique_fields=["flight", "day", "vendor"], update_fields=["impressions", "clicks", "zone", "at"],
    )  # fmt: skip
    for flight_id in sorted({row.flight_id for row in changed}):
        mine = [row for row in changed if row.flight_id == flight_id]
        total = {"days": len(mine), "impressions": sum(row.impressions for row in mine), "vendor": mine[0].vendor}
        activity.record(flights[flight_id], "third_party.loaded", by=by, at=at, after=total)
    return len(changed)


def _differs(row: Row, stored: ThirdPartyCount | None) -> bool:
    return stored is None or (stored.impressions, stored.clicks, stored.zone) != (row.impressions, row.clicks, row.zone)


def _check(rows: Sequence[Row], flights: dict[int, Flight]) -> None:
    seen: set[tuple[int, datetime.date, str]] = set()
    for number, row in enumerate(rows, 1):
        place = row.place or f"row {number}"
        flight = flights.get(row.flight_id)
        if flight is None:
            raise Invalid(f"flight {row.flight_id} is unknown.", place=place, remedy="Use the flight ids of the trafficking sheet.")
        if not flight.start <= row.day <= flight.end:
            raise Invalid(f"{row.day} lies outside {flight}.", place=place, remedy=f"It runs from {flight.start} to {flight.end}.")
        if row.impressions < 0 or row.clicks < 0 or not row.vendor.strip():
            raise Invalid("a count is zero or more, from a named vendor.", place=place, remedy="Correct the row.")
        key = (row.flight_id, row.day, row.vendor)
        if key in seen:
            raise Invalid("this day was given before.", place=place, remedy="Give each flight, day and vendor once.")
        seen.add(key)
