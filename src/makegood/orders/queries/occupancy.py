"""What bookings and holds take of placements by day, spread evenly over their days; and who has exclusive days."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from makegood.engine.avails.exclusive import WHOLE
from makegood.orders.availability import exclusive
from makegood.orders.models import Reservation
from makegood.sales import queries as sales
from makegood.sales.models import Hold

DAY = datetime.timedelta(days=1)
Days = npt.NDArray[np.float64]  # placements × days


@dataclasses.dataclass(frozen=True)
class Owner:
    """Who has days of what is sold by the day in a week: booked, or held since and until a moment by somebody of ours; who waits."""

    name: str
    days: tuple[datetime.date, ...]
    held: bool
    until: datetime.date | datetime.datetime
    by: str = ""
    share_pct: int = WHOLE
    since: datetime.datetime | None = None
    queue: tuple[str, ...] = ()


Stretch = tuple[datetime.date, datetime.date, Owner]  # first day, last day, who


def span(first: datetime.date, start: datetime.date, end: datetime.date, length: int) -> slice:
    return slice(max((start - first).days, 0), min(max((end - first).days + 1, 0), length))


def sold(reserved: Sequence[Reservation], index: dict[int, int], capacity: Days, first: datetime.date) -> Days:
    found = np.zeros_like(capacity)
    for one in reserved:
        end = one.days.upper - DAY
        days = span(first, one.days.lower, end, capacity.shape[1])
        row = index[one.placement_id]
        share = exclusive.share(one)
        whole = capacity[row, days] * share / WHOLE if share else one.units / ((end - one.days.lower).days + 1)
        found[row, days] += whole
    return found


def held(holds: Sequence[Hold], index: dict[int, int], capacity: Days, first: datetime.date) -> Days:
    """Held units over the days of the hold and the placements of its product, in proportion to their requests."""
    found = np.zeros_like(capacity)
    for hold in holds:
        days = span(first, hold.start, hold.end, capacity.shape[1])
        rows = [index[place.pk] for place in hold.product.placements.all() if place.pk in index]
        if hold.share_pct:
            found[rows, days] += capacity[rows, days] * hold.share_pct / WHOLE
            continue
        share = capacity[rows, days].sum(axis=1)
        share = share / share.sum() if share.sum() else np.full(len(rows), 1 / max(len(rows), 1))
        found[rows, days] += (share * hold.units / ((hold.end - hold.start).days + 1))[:, None]
    return found


def owners(reserved: Sequence[Reservation], holds: Sequence[Hold]) -> dict[int, list[Stretch]]:
    """Placement id -> stretches of days with who has them, whole or by share of voice; holds with how many wait behind them."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    for one in reserved:
        if share := exclusive.share(one):
            end = one.days.upper - DAY
            found[one.placement_id].append((one.days.lower, end, Owner(str(one.flight.line.order.advertiser), (), False, end, share_pct=share)))
    behind = sales.queue([hold.pk for hold in holds])
    for hold in holds:
        if hold.share_pct:
            waiting = tuple(str(one.advertiser) for one in behind.get(hold.pk, ()))
            owner = Owner(str(hold.advertiser), (), True, hold.expires_at, hold.owner.name, hold.share_pct, hold.held_at, waiting)
            for place in hold.product.placements.all():
                found[place.pk].append((hold.start, hold.end, owner))
    return found
