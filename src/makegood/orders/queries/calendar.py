"""The inventory calendar: what is left of each product by week, from forecast, reservations and holds, in bulk.

A cell adds up requests of the product's placements; reservations and holds are spread evenly over their days. The exact
answer (targeting, flow between placements, caps) is `availability`'s, asked for one cell at a time.
"""

import dataclasses
import datetime
from collections import defaultdict

import numpy as np

from makegood.catalog import supply
from makegood.catalog.models import Product, Property
from makegood.core.models import Person
from makegood.orders.models import Reservation
from makegood.orders.queries import occupancy
from makegood.orders.queries.occupancy import DAY, Days, Owner, Stretch
from makegood.sales import queries as sales

WEEK = datetime.timedelta(weeks=1)
SCARCE = 0.08  # below this share of its capacity a cell is nearly sold out


@dataclasses.dataclass(frozen=True)
class Cell:
    """One product in one week. Units are impressions; what is sold by the day has owners instead."""

    week: datetime.date
    capacity: int = 0
    sold: int = 0
    held: int = 0
    owners: tuple[Owner, ...] = ()

    @property
    def left(self) -> int:
        """What may still be sold; negative when oversold."""
        return self.capacity - self.sold - self.held

    @property
    def scarce(self) -> bool:
        """Whether little is left."""
        return self.left < self.capacity * SCARCE


@dataclasses.dataclass(frozen=True)
class Row:
    """One product over the weeks; `known` is false where too little was ever counted to say."""

    product: Product
    detail: str
    known: bool
    cells: tuple[Cell, ...]


@dataclasses.dataclass(frozen=True)
class Calendar:
    """Weeks by their Monday, and rows by property."""

    weeks: tuple[datetime.date, ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]


def calendar(actor: Person, *, monday: datetime.date, weeks: int, at: datetime.datetime, property_id: int | None = None) -> Calendar:
    """The calendar from `monday` on, the current week from today; seven queries whatever its size. Ours only."""
    starts = tuple(monday + n * WEEK for n in range(weeks))
    if not actor.is_staff_member:
        return Calendar(starts, ())
    today = at.date()
    first, last = max(monday, today), starts[-1] + 6 * DAY
    products = _products(property_id)
    places = sorted({place.pk for product in products for place in product.placements.all()})
    outlook = supply.outlook(places, first, last, today=today)
    index = {pk: number for number, pk in enumerate(places)}
    capacity = np.array([outlook[pk].requests for pk in places], dtype=np.float64).reshape(len(places), (last - first).days + 1)
    rows = Reservation.objects.filter(placement_id__in=places, released_at=None, days__overlap=(first, last + DAY))
    reserved = list(rows.select_related("flight__line__order__advertiser__party").order_by("days", "pk"))
    holds = list(sales.in_force(at).filter(product__placements__in=places, start__lte=last, end__gte=first).distinct().prefetch_related("product__placements"))
    sold, held = occupancy.sold(reserved, index, capacity, first), occupancy.held(holds, index, capacity, first)
    taken = occupancy.owners(reserved, holds)
    groups: dict[str, list[Row]] = defaultdict(list)
    for product in products:
        numbers = [index[place.pk] for place in product.placements.all()]
        known = all(outlook[place.pk].known for place in product.placements.all())
        cells = tuple(_cell(product, week, first, (capacity[numbers], sold[numbers], held[numbers]), taken) for week in starts)
        groups[product.property.name].append(Row(product, _detail(product), known or product.voice_pct is not None, cells))
    return Calendar(starts, tuple((name, tuple(found)) for name, found in groups.items()))


def properties() -> list[Property]:
    """Properties that have something to sell in the calendar."""
    return list(Property.objects.filter(products__active=True, products__fallback_for=[]).distinct().order_by("name"))


def _products(property_id: int | None) -> list[Product]:
    """What runs out: sold by the impression or exclusively, and placed somewhere."""
    rows = Product.objects.filter(active=True, fallback_for=[]).select_related("property").prefetch_related("placements").order_by("property__name", "-exclusive", "name")
    rows = rows.filter(property_id=property_id) if property_id else rows
    return [product for product in rows if product.placements.all() and (product.voice_pct or product.rate_type == "CPM")]


def _cell(
    product: Product, week: datetime.date, first: datetime.date, units: tuple[Days, Days, Days],
    taken: dict[int, list[Stretch]],
) -> Cell:  # fmt: skip
    last = week + 6 * DAY
    if product.voice_pct:
        owners = [
            dataclasses.replace(owner, days=tuple(day for n in range(7) if begin <= (day := week + n * DAY) <= end))
            for place in product.placements.all() for begin, end, owner in taken.get(place.pk, ()) if begin <= last and end >= week
        ]  # fmt: skip
        return Cell(week, owners=tuple(sorted(owners, key=lambda owner: owner.days)))
    days = occupancy.span(first, week, last, units[0].shape[1])
    capacity, sold, held = (round(part[:, days].sum()) for part in units)
    return Cell(week, capacity, sold, held)


def _detail(product: Product) -> str:
    if product.exclusive:
        return "exclusive, 1 buyer a day"
    if product.share_pct:
        return f"{product.share_pct} % share of voice"
    places = product.placements.all()
    sizes = [f"{place.width}×{place.height}" if place.width else f"{place.duration_s} s" for place in places if place.width or place.duration_s]
    return ", ".join(dict.fromkeys(sizes)) or product.get_format_display()
