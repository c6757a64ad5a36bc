"""Placing and ending a hold with all that is booked in view: who has the days is told by name, and who waited comes up where there is room."""

import datetime
from typing import Any

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.core.models import Person
from makegood.orders.availability import room
from makegood.sales.actions import holds
from makegood.sales.models import Hold


def place(
    product: Product, advertiser: Account, *, start: datetime.date, end: datetime.date, units: int, expires_at: datetime.datetime,
    by: Person, at: datetime.datetime, **facts: Any,
) -> Hold:  # fmt: skip
    """Hold it, or join the queue behind who holds it; `facts`: brief, reason, share_pct, priority. Raises AlreadyTaken, by name, where days are booked."""
    return holds.place(product, advertiser, start=start, end=end, units=units, expires_at=expires_at, by=by, at=at, room=room, **facts)


def release(hold: Hold, *, by: Person | None, at: datetime.datetime, why: str = "") -> Hold:
    """Give it back, or leave the queue; who comes up behind it has it."""
    return holds.release(hold, room=room, by=by, at=at, why=why)


def hand_over(hold: Hold, *, by: Person, at: datetime.datetime, why: str = "") -> Hold:
    """Give it to the next in the queue."""
    return holds.hand_over(hold, room=room, by=by, at=at, why=why)


def expire_due(*, at: datetime.datetime) -> int:
    """Let holds lapse whose moment has come, or whose challenge was not answered; how many ended."""
    return holds.expire_due(room=room, at=at)
