"""Which holds stand in the way of another on the same days: shares of voice added up by day. Reads only."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from makegood.catalog.models import Product
from makegood.sales import queries
from makegood.sales.models import Hold

WHOLE = 100
DAY = datetime.timedelta(days=1)


def in_the_way(product: Product, start: datetime.date, end: datetime.date, share_pct: int, *, at: datetime.datetime) -> list[Hold]:
    """Holds in force on a placement of the product that leave less than `share_pct` of a day, the longest in force first."""
    places = {place.pk for place in product.placements.all()}
    rows = queries.in_force(at).filter(product__placements__in=places, share_pct__isnull=False, start__lte=end, end__gte=start).distinct()
    found = sorted(rows.prefetch_related("product__placements"), key=lambda one: (one.held_at, one.pk))
    full = _over(found, places, start, end, share_pct)
    return [one for one in found if any(place.pk in places and one.start <= day <= one.end for place in one.product.placements.all() for day in full.get(place.pk, ()))]


def _over(found: Iterable[Hold], places: set[int], start: datetime.date, end: datetime.date, share_pct: int) -> dict[int, set[datetime.date]]:
    """{placement: days on which the holds and `share_pct` come to more than the whole}."""
    taken: dict[tuple[int, datetime.date], int] = defaultdict(int)
    for one in found:
        first, last = max(one.start, start), min(one.end, end)
        for place in one.product.placements.all():
            for n in range((last - first).days + 1) if place.pk in places else ():
                taken[place.pk, first + n * DAY] += one.share_pct or 0
    full: dict[int, set[datetime.date]] = defaultdict(set)
    for (place_id, day), total in taken.items():
        if total + share_pct > WHOLE:
            full[place_id].add(day)
    return full
