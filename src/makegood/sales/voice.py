"""Which holds stand in the way of another on the same days: shares of voice added up by day. Reads only."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Collection

from makegood.catalog.models import Product
from makegood.sales import queries
from makegood.sales.models import Hold

WHOLE = 100
DAY = datetime.timedelta(days=1)
Spot = tuple[int, datetime.date]  # a placement on a day


@dataclasses.dataclass
class Voice:
    """Who has the voice of some placements from `first` to `last`: holds in force, the longest in force first.

    Read once, it says for any number of others who stands in their way, and `take` adds one that has come into force.
    """

    first: datetime.date
    last: datetime.date
    holds: list[Hold] = dataclasses.field(default_factory=list)
    taken: dict[Spot, int] = dataclasses.field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, places: Collection[int], first: datetime.date, last: datetime.date, *, at: datetime.datetime) -> "Voice":
        """The voice of the placements that holds in force have on those days: two queries."""
        rows = queries.in_force(at).filter(product__placements__in=places, share_pct__isnull=False, start__lte=last, end__gte=first).distinct()
        made = cls(first, last)
        for one in sorted(rows.prefetch_related("product__placements"), key=lambda one: (one.held_at, one.pk)):
            made.take(one)
        return made

    def take(self, one: Hold) -> None:
        """One more is in force."""
        self.holds.append(one)
        for spot in spots(one.product, max(one.start, self.first), min(one.end, self.last)):
            self.taken[spot] += one.share_pct or 0

    def in_the_way(self, product: Product, start: datetime.date, end: datetime.date, share_pct: int) -> list[Hold]:
        """Holds that leave less than `share_pct` of a day on a placement of the product, the longest in force first."""
        full = {spot for spot in spots(product, start, end) if self.taken.get(spot, 0) + share_pct > WHOLE}
        return [one for one in self.holds if not full.isdisjoint(spots(one.product, max(one.start, start), min(one.end, end)))] if full else []


def spots(product: Product, start: datetime.date, end: datetime.date) -> list[Spot]:
    """Every placement of a product on every day of a stretch."""
    days = [start + n * DAY for n in range((end - start).days + 1)]
    return [(place.pk, day) for place in product.placements.all() for day in days]


def in_the_way(product: Product, start: datetime.date, end: datetime.date, share_pct: int, *, at: datetime.datetime) -> list[Hold]:
    """Holds in force that leave less than `share_pct` of a day on a placement of the product, the longest in force first."""
    places = [place.pk for place in product.placements.all()]
    return Voice.of(places, start, end, at=at).in_the_way(product, start, end, share_pct)
