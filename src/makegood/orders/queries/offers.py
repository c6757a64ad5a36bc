"""What a line would cost and whether it is there, before it exists. Nothing is saved."""

import dataclasses
import datetime
from decimal import Decimal

from makegood.catalog.models import Product
from makegood.orders import availability, pricing, protected
from makegood.orders.availability import Avails
from makegood.orders.models import Order


@dataclasses.dataclass(frozen=True)
class Offer:
    """Availability, rate and floor of the order's card (its agreement's where one protects it; None when there is none), and the gross amount at `rate`."""

    avails: Avails
    card: Decimal | None
    floor: Decimal | None
    rate: Decimal | None
    amount: Decimal | None
    discount_pct: Decimal | None

    @property
    def below_floor(self) -> bool:
        """Whether the rate asked for lies under the card's floor."""
        return self.rate is not None and self.floor is not None and self.rate < self.floor


def offer(
    order: Order, product: Product, *, start: datetime.date, end: datetime.date, units: int, rate: Decimal | None, at: datetime.datetime
) -> Offer:
    """The offer for `units` of a product as one line more of the order; the card's rate when none is given."""
    found = availability.check_added(order, availability.Wish(product, start, end, units), at=at)
    currency = order.currency
    card = protected.card(order, product, start)
    price = rate if rate is not None else card.rate if card else None
    amount = pricing.amount(price, product.rate_type, units, currency) if price is not None else None
    discount = pricing.discount_pct(price, card.rate, currency) if card and price is not None else None
    return Offer(found, card.rate if card else None, card.floor if card else None, price, amount, discount)
