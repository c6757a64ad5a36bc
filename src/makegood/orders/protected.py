"""The card a line is priced by: the agreement's own rates and card where the order has one for its days, else the rate card."""

import dataclasses
import datetime
from collections.abc import Collection, Sequence
from decimal import Decimal

from makegood.accounts.models import Account, Contract
from makegood.catalog import queries as catalog
from makegood.catalog.models import Product, Rate
from makegood.core.errors import Invalid
from makegood.orders.changes.state import State, day
from makegood.orders.models import Line, Order

ZERO = Decimal(0)
PRICED = ("product", "rate_type", "rate", "start")  # what a line's card hangs on


@dataclasses.dataclass(frozen=True)
class Card:
    """Card rate, floor and cost (None: nobody knows) of a product on a day; `by` is the agreement that protects it, else empty."""

    rate: Decimal
    floor: Decimal
    cost: Decimal | None = None
    by: str = ""


def card(order: Order, product: Product, on: datetime.date) -> Card | None:
    """What `product` costs this order on a day: a protected rate, the protected card, or the rate card; None when none has it."""
    return Book.of(order, [product.pk]).card(product.pk, on)


def cards(order: Order, lines: Sequence[Line]) -> dict[int, Card | None]:
    """{line id: its card} of lines of one order, in two queries; None for one sold in another unit than the card's."""
    book = Book.of(order, [line.product_id for line in lines])
    return {line.pk: book.card(line.product_id, line.start) if line.rate_type == line.product.rate_type else None for line in lines}


def agreement(accounts: Collection[Account | None], start: datetime.date, end: datetime.date, currency: str) -> Contract | None:
    """The one agreement in force of these accounts over all of the days in the currency; None when there is none, or more than one."""
    rows = Contract.objects.filter(account__in=[one for one in accounts if one], status="active", currency=currency, start__lte=start, end__gte=end)
    found = list(rows.select_related("account__party")[:2])
    return found[0] if len(found) == 1 else None


class Book:
    """The card entries and protected rates of some products, looked up in memory."""

    def __init__(self, deal: Contract | None, currency: str, product_ids: Collection[int]) -> None:
        self.deal = deal if deal is not None and deal.status == "active" and deal.currency == currency else None
        self.entries = catalog.entries(product_ids, currency)
        self.agreed = catalog.agreed_rates(self.deal, product_ids) if self.deal else {}

    @classmethod
    def of(cls, order: Order, product_ids: Collection[int]) -> "Book":
        """What an order's lines are priced by."""
        return cls(order.contract, order.currency, product_ids)

    def card(self, product_id: int, on: datetime.date) -> Card | None:
        """The card of a product on a day."""
        today, deal = self._entry(product_id, on), self.deal
        if deal is not None and deal.start <= on <= deal.end:
            agreed = self.agreed.get(product_id)
            fixed = self._entry(product_id, deal.card_on) if deal.card_on else None
            if agreed is not None and (agreed.last is None or on <= agreed.last):
                return Card(agreed.rate, min(today.floor, agreed.rate) if today else ZERO, today.cost if today else None, deal.number)
            if fixed is not None:
                return Card(fixed.rate, min(fixed.floor, fixed.rate), today.cost if today else fixed.cost, deal.number)
        return Card(today.rate, today.floor, today.cost) if today else None

    def _entry(self, product_id: int, on: datetime.date) -> Rate | None:
        return next((one for one in self.entries.get(product_id, ()) if one.start <= on <= one.end), None)


def check(found: Card | None, rate: Decimal) -> None:
    """Raise Invalid when a rate is above what an agreement protects. Below it counts as a discount."""
    if found and found.by and rate > found.rate:
        raise Invalid(f"{found.by} protects a rate of {found.rate.normalize():f}; {rate.normalize():f} is above it.", place="rate", remedy=f"Give {found.rate.normalize():f} or less.")


def check_all(order: Order) -> None:
    """The same for every line of an order: agreements are named after lines too."""
    lines = list(order.lines.exclude(status="cancelled").select_related("product", "order"))
    found = cards(order, lines)
    for line in lines:
        _check_at(str(line), found[line.pk], line.rate)


def check_changed(order: Order, before: State, after: State) -> None:
    """The same for the lines of a change whose price, product or first day moves, or that are new."""
    old = {one["number"]: one for one in before["lines"]}
    moved = [one for one in after["lines"] if any(old.get(one["number"], {}).get(name) != one[name] for name in PRICED)]
    if not moved:
        return
    products = {one.code: one for one in Product.objects.filter(code__in={one["product"] for one in moved})}
    book = Book.of(order, [one.pk for one in products.values()])
    for one in moved:
        product = products.get(one["product"])
        found = book.card(product.pk, day(one["start"])) if product and product.rate_type == one["rate_type"] else None
        _check_at(f"line {one['number']}, rate", found, Decimal(one["rate"]))


def _check_at(place: str, found: Card | None, rate: Decimal) -> None:
    try:
        check(found, rate)
    except Invalid as error:
        raise Invalid(error.message, place=place, remedy=error.remedy) from error


def recard(order: Order) -> None:
    """Hold every line against the card of the agreement the order names now. Call inside the transaction of the edit."""
    lines = list(order.lines.exclude(status="cancelled").select_related("product"))
    for pk, found in cards(order, lines).items():
        Line.objects.filter(pk=pk).update(card_rate=found.rate if found else None)
