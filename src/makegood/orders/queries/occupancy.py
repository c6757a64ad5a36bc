"""What bookings and holds take of placements by day, spread evenly over their days; and who has exclusive days."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from makegood.orders.models import Reservation
from makegood.sales.models import Hold

DAY = datetime.timedelta(days=1)
Days = npt.NDArray[np.float64]  # placements × days


@dataclasses.dataclass(frozen=True)
class Owner:
    """Who has days of an exclusive product in a week: booked, or held until a moment by somebody of ours."""

    name: str
    days: tuple[datetime.date, ...]
    held: bool
    until: datetime.date | datetime.datetime
    by: str = ""


Stretch = tuple[datetime.date, datetime.date, Owner]  # first day, last day, who


def span(first: datetime.date, start: datetime.date, end: datetime.date, length: int) -> slice:
    return slice(max((start - first).days, 0), min(max((end - first).days + 1, 0), length))


def sold(reserved: Sequence[Reservation], index: dict[int, int], capacity: Days, first: datetime.date) -> Days:
    found = np.zeros_like(capacity)
    for one in reserved:
        end = one.days.upper - DAY
        days = span(first, one.days.lower, end, capacity.shape[1])
        row = index[one.placement_id]
        whole = capacity[row, days] if one.exclusive else one.units / ((end - one.days.lower).days + 1)
        found[row, days] += whole
    return found


def held(holds: Sequence[Hold], index: dict[int, int], capacity: Days, first: datetime.date) -> Days:
    """Held units over the days of the hold and the placements of its product, in proportion to their requests."""
    found = np.zeros_like(capacity)
    for hold in holds:
        days = span(first, hold.start, hold.end, capacity.shape[1])
        rows = [index[place.pk] for place in hold.product.placements.all() if place.pk in index]
        if hold.product.exclusive:
            found[rows, days] += capacity[rows, days]
            continue
        share = capacity[rows, days].sum(axis=1)
        share = share / share.sum() if share.sum() else np.full(len(rows), 1 / max(len(rows), 1))
        found[rows, days] += (share * hold.units / ((hold.end - hold.start).days + 1))[:, None]
    return found


def owners(reserved: Sequence[Reservation], holds: Sequence[Hold]) -> dict[int, list[Stretch]]:
    """Placement id -> stretches of days with who has them whole."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    for one in reserved:
        if one.exclusive:
            end = one.days.upper - DAY
            found[one.placement_id].append((one.days.lower, end, Owner(str(one.flight.line.order.advertiser), (), False, end)))
    for hold in holds:
        if hold.product.exclusive:
            for place in hold.product.placements.all():
                found[place.pk].append((hold.start, hold.end, Owner(str(hold.advertiser), (), True, hold.expires_at, hold.owner.name)))
    return found
