"""Placing a hold, with all that is booked in view: who has the days is told by name, and impressions join a queue when held ones lack."""

import datetime

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.core import verbs
from makegood.core.models import Person
from makegood.orders import availability
from makegood.orders.availability import Wish, taken
from makegood.sales import queries as sales
from makegood.sales.actions import holds, locking
from makegood.sales.models import Brief, Hold


@verbs.whole
def place(
    product: Product, advertiser: Account, *, start: datetime.date, end: datetime.date, units: int, expires_at: datetime.datetime,
    by: Person, at: datetime.datetime, brief: Brief | None = None, reason: str = "", share_pct: int | None = None,
    priority: int = Hold.Priority.USUAL,
) -> Hold:  # fmt: skip
    """Hold it, or join the queue behind who holds it. Raises AlreadyTaken where others have booked the days, by name."""
    locking.lock_places([product])
    share = holds.share_of(product, share_pct)
    behind = None
    if share and start <= end:
        taken.refuse_booked(product, start, end, share, advertiser)
    elif units > 0 and start <= end:
        behind = _fully_held(product, advertiser, start, end, units, at)
    return holds.place(
        product, advertiser, start=start, end=end, units=units, expires_at=expires_at, by=by, at=at, brief=brief, reason=reason,
        share_pct=share_pct, priority=priority, behind=behind,
    )  # fmt: skip


def _fully_held(product: Product, advertiser: Account, start: datetime.date, end: datetime.date, units: int, at: datetime.datetime) -> Hold | None:
    """The hold of the same product to wait for, when others' holds are why the impressions are not there; else None: contention is shown."""
    found = availability.check_wishes({1: Wish(product, start, end, units)}, advertiser, at=at, relax=False)[1]
    if not found.short or found.held < found.short:
        return None
    rows = sales.in_force(at).filter(product=product, start__lte=end, end__gte=start).exclude(advertiser=advertiser)
    return rows.order_by("-units", "held_at", "pk").first()
