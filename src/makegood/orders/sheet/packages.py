"""A package as rows of the sheet: a row an item, the package's price divided among what is charged, and why so. Reads only."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal

from makegood.catalog import queries as catalog
from makegood.catalog.models import PackageItem
from makegood.core.errors import Invalid
from makegood.engine.money import Money
from makegood.orders import pricing, protected
from makegood.orders.models import Order
from makegood.orders.sheet import values
from makegood.orders.sheet.catalogue import Catalogue
from makegood.orders.sheet.rows import Answer, Typed


@dataclasses.dataclass(frozen=True)
class Part:
    """A row of a package: what it is worth by the card, the per cent of the price that is its part, and what it costs now."""

    number: int
    product: str
    worth: Decimal
    pct: Decimal
    amount: Decimal
    added: bool
    here: bool


@dataclasses.dataclass(frozen=True)
class Split:
    """How a package's price is divided: parts, price, what all of it is worth by the card and what is given on top of the price."""

    code: str
    name: str
    start: datetime.date
    end: datetime.date
    parts: tuple[Part, ...]
    price: Decimal
    worth: Decimal
    given: Decimal

    @property
    def off_pct(self) -> Decimal:
        """Per cent the price lies under what its charged rows are worth by the card."""
        return (1 - self.price / self.worth) * 100 if self.worth else Decimal(0)


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


def split(answers: Sequence[Answer], answer: Answer) -> Split | None:
    """How the package a row came with is divided over its rows as they stand; None where the row came with none or its rows have no price yet."""
    code, row = answer.read.typed.package, answer.read
    package = catalog.package(code) if code else None
    same = [one.read for one in answers if one.read.typed.package == code and one.read.start == row.start]
    if package is None or row.start is None or row.end is None or not all(one.priced and one.card is not None for one in same):
        return None
    worth = {one.number: pricing.amount(one.card or Decimal(0), one.rate_type, one.quantity or 0, package.currency) for one in same}
    charged = sum((worth[one.number] for one in same if not one.added), Decimal(0))
    parts = tuple(
        Part(one.number, one.product.name if one.product else "", worth[one.number], Decimal(0) if one.added or not charged else worth[one.number] / charged * 100,
             one.amount or Decimal(0), one.added, one.number == row.number) for one in same
    )  # fmt: skip
    price, given = sum((one.amount for one in parts), Decimal(0)), sum((one.worth for one in parts if one.added), Decimal(0))
    return Split(code, package.name, row.start, row.end, parts, price, charged, given)
