"""What holds have to know of bookings and of supply, as asked of the package that knows (`orders.availability.room`).

Holds are placed before anything is ordered, so nothing here looks at orders; whoever calls a verb of holds hands it in.
"""

import datetime
from collections.abc import Sequence
from typing import Protocol

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.sales.models import Hold


class Room(Protocol):
    """Whether there is room for a hold beside what is booked."""

    def refuse_booked(self, product: Product, start: datetime.date, end: datetime.date, share_pct: int, client: Account) -> None:
        """Raise Refused, by name, where bookings of other clients leave less than `share_pct` of a day."""

    def sold(self, shares: Sequence[Hold]) -> set[int]:
        """Ids of those holds of a share of voice of which bookings of other clients leave too little on a day: one query."""

    def in_the_way(self, hold: Hold, *, at: datetime.datetime) -> list[Hold] | None:
        """Holds in force of other clients that have the impressions it lacks, those with most first; none where it lacks nothing.

        None where it lacks them even without these holds: they are booked, or not expected at all.
        """
