"""What may be put in a product cell, found by what is typed: products and packages, each with its rate and whether it is there."""

import dataclasses
import datetime
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from makegood.catalog import queries as catalog
from makegood.catalog.models import Package, Product
from makegood.catalog.wording import plain
from makegood.orders import protected
from makegood.orders.availability import joint
from makegood.orders.models import Line, Order
from makegood.orders.pricing import UNITS
from makegood.orders.sheet.catalogue import Catalogue

MOST = 8
ONE_DAY = datetime.timedelta(days=1)
Days = tuple[datetime.date, datetime.date]


@dataclasses.dataclass(frozen=True)
class Offered:
    """A product or, with `code`, a package. `rate` is the card's for this order (a package's price), None where nobody has one.

    `free` are units on the days asked about, None where nothing limits them or too little was counted; of a package the
    items whose quantity is there, of `items`.
    """

    label: str
    place: str
    rate: Decimal | None
    rate_type: str
    unit: str
    free: int | None
    code: str = ""
    items: int = 0


def offered(order: Order, text: str, days: Days, *, at: datetime.datetime) -> list[Offered]:
    """At most MOST whose name, property, code or learnt wording has every word typed, packages after products; queries do not grow with them."""
    known, words = Catalogue(), plain(text).split()
    products = sorted((one for one in known.products if _has(_said(one), words)), key=lambda one: (not plain(one.name).startswith(plain(text)), one.name))[:MOST]
    packages = [one for one in catalog.packages() if one.currency == order.currency and _has(f"{one.name} {one.code} package", words)][: max(2, MOST - len(products))]
    products = products[: MOST - len(packages)]
    asked = {one.pk: one for one in (*products, *(known.by_id[item.product_id] for pack in packages for item in pack.items.all() if item.product_id in known.by_id))}
    free = _free(order, list(asked.values()), days, at)
    book = protected.Book.of(order, list(asked))
    return [*(_product(one, known, book, days, free) for one in products), *(_package(one, free) for one in packages)]


def _said(product: Product) -> str:
    return " ".join((product.name, product.code, product.property.name, product.format, product.rate_type, *product.aliases))


def _has(said: str, words: Collection[str]) -> bool:
    text = plain(said)
    return all(word in text for word in words)


def _free(order: Order, products: Sequence[Product], days: Days, at: datetime.datetime) -> Mapping[int, int]:
    """{product id: units free alone} of those something limits, on what is left of the days."""
    start, end = max(days[0], at.date() + ONE_DAY), days[1]
    if end < start:
        return {}
    whole = {str(one.pk): (one, ((start, end),)) for one in products if one.exclusive}
    found = {int(key): units for key, units in joint.days(whole, order.advertiser, at=at).items()}
    places = {one.pk: tuple(sorted(place.pk for place in one.placements.all() if place.active)) for one in products}
    counted = [one for one in products if not one.exclusive and UNITS.get(one.rate_type) in Line.COUNTED_UNITS and places[one.pk]]
    drawn = joint.stock({str(one.pk): joint.Run(places[one.pk], one.targeting, ((start, end),)) for one in counted}, order.advertiser, at=at)
    if drawn is not None:
        stock, seen = drawn
        found |= {one.pk: int(stock.free((str(one.pk),))) for one in counted if not seen.isdisjoint(places[one.pk])}
    return found


def _product(one: Product, known: Catalogue, book: protected.Book, days: Days, free: Mapping[int, int]) -> Offered:
    card = book.card(one.pk, days[0])
    return Offered(known.label(one), one.property.name, card.rate if card else None, one.rate_type, UNITS.get(one.rate_type, ""), free.get(one.pk))


def _package(one: Package, free: Mapping[int, int]) -> Offered:
    items = list(one.items.all())
    there = sum(free.get(item.product_id, item.quantity) >= item.quantity for item in items)
    return Offered(one.name, ", ".join(item.product.name for item in items), one.price, "package", "", there, one.code, len(items))
