"""A package as rows of the sheet: a row an item, the package's price divided among what is charged. Reads only."""

import datetime
from decimal import Decimal

from makegood.catalog import queries as catalog
from makegood.catalog.models import PackageItem
from makegood.core.errors import Invalid
from makegood.engine.money import Money
from makegood.orders import pricing, protected
from makegood.orders.models import Order
from makegood.orders.sheet import values
from makegood.orders.sheet.catalogue import Catalogue
from makegood.orders.sheet.rows import Typed


def rows(order: Order, code: str, *, start: datetime.date, end: datetime.date, price: Decimal | None = None) -> list[Typed]:
    """The rows of a package over the days, at `price` (else its own): each charged item's part in proportion to its card value,
    to the minor unit, summing to the price (largest remainder); added value at no charge.

    Raises Invalid for a package that is not sold, in another currency, or with an item the card does not price.
    """
    package = catalog.package(code)
    if package is None:
        raise Invalid(f"there is no package {code}.", place="package", remedy="Choose one of the catalogue.")
    if package.currency != order.currency:
        raise Invalid(f"{package} is sold in {package.currency}, the order is in {order.currency}.", place="package", remedy="Choose another package.")
    if end < start:
        raise Invalid(f"it ends {end}, before it starts {start}.", place="end", remedy="Give a later end.")
    items, known = list(package.items.all()), Catalogue()
    charged = [item for item in items if not item.added_value]
    book = protected.Book.of(order, [item.product_id for item in charged])
    worth = [_card_value(item, book, order, start) for item in charged]
    parts = Money(package.price if price is None else price, order.currency).split(worth)
    gross = {item.pk: part.amount for item, part in zip(charged, parts, strict=True)}
    return [_row(item, known, start, end, gross.get(item.pk), package.code, package.name) for item in items]


def _card_value(item: PackageItem, book: protected.Book, order: Order, start: datetime.date) -> Decimal:
    card = book.card(item.product_id, start)
    if card is None:
        raise Invalid(f"the card has no {order.currency} rate for {item.product} on {start}.", place="package", remedy="Ask a lead to set one.")
    return pricing.amount(card.rate, item.product.rate_type, item.quantity, order.currency)


def _row(item: PackageItem, known: Catalogue, start: datetime.date, end: datetime.date, gross: Decimal | None, code: str, name: str) -> Typed:
    cells = {
        "product": known.label(item.product), "name": f"{name}: {item.product.name}"[:160], "start": start.isoformat(), "end": end.isoformat(),
        "quantity": str(item.quantity), "gross": "" if gross is None else values.written(gross), "added": "" if gross is not None else "yes",
    }  # fmt: skip
    return Typed(f"p{item.pk}", None, cells, package=code)
