"""The card a line is priced by: the agreement's own rates and card where the order has one for its days, else the rate card."""

import dataclasses
import datetime
from decimal import Decimal

from makegood.catalog import queries as catalog
from makegood.catalog.models import Product
from makegood.core.errors import Invalid
from makegood.orders.models import Line, Order

ZERO = Decimal(0)


@dataclasses.dataclass(frozen=True)
class Card:
    """Card rate, floor and cost (None: nobody knows) of a product on a day; `by` is the agreement that protects it, else empty."""

    rate: Decimal
    floor: Decimal
    cost: Decimal | None = None
    by: str = ""


def card(order: Order, product: Product, on: datetime.date) -> Card | None:
    """What `product` costs this order on a day: a protected rate, the protected card, or the rate card; None when none has it."""
    deal = order.contract
    holds = deal is not None and deal.status == "active" and deal.currency == order.currency and deal.start <= on <= deal.end
    today = catalog.rate_for(product, on, order.currency)
    if holds and deal is not None:
        agreed = catalog.agreed_rate(deal, product)
        fixed = catalog.rate_for(product, deal.card_on, order.currency) if deal.card_on else None
        if agreed is not None:
            return Card(agreed, min(today.floor, agreed) if today else ZERO, today.cost if today else None, deal.number)
        if fixed is not None:
            return Card(fixed.rate, min(fixed.floor, fixed.rate), today.cost if today else fixed.cost, deal.number)
    return Card(today.rate, today.floor, today.cost) if today else None


def of(line: Line) -> Card | None:
    """The card of a line as it is sold: none when it is sold in another unit than the card's."""
    return card(line.order, line.product, line.start) if line.rate_type == line.product.rate_type else None


def check(found: Card | None, rate: Decimal) -> None:
    """Raise Invalid when a rate is above what an agreement protects. Below it counts as a discount."""
    if found and found.by and rate > found.rate:
        raise Invalid(f"{found.by} protects a rate of {found.rate.normalize():f}; {rate.normalize():f} is above it.", place="rate", remedy=f"Give {found.rate.normalize():f} or less.")


def check_all(order: Order) -> None:
    """The same for every line of an order: agreements are named after lines too."""
    for line in order.lines.exclude(status="cancelled").select_related("product", "order__contract"):
        try:
            check(of(line), line.rate)
        except Invalid as error:
            raise Invalid(error.message, place=str(line), remedy=error.remedy) from error


def recard(order: Order) -> None:
    """Hold every line against the card of the agreement the order names now. Call inside the transaction of the edit."""
    for line in order.lines.exclude(status="cancelled").select_related("product"):
        line.order = order
        found = of(line)
        Line.objects.filter(pk=line.pk).update(card_rate=found.rate if found else None)
