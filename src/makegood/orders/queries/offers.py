"""What a line would cost and whether it is there, before it exists. Nothing is saved."""

import dataclasses
import datetime
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.catalog import queries as catalog
from makegood.catalog.models import Product
from makegood.orders import availability, pricing
from makegood.orders.availability import Avails


@dataclasses.dataclass(frozen=True)
class Offer:
    """Availability, the card's rate and floor (None when the card has none), and the gross amount at `rate`."""

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
    product: Product, advertiser: Account, *, start: datetime.date, end: datetime.date, units: int, rate: Decimal | None, currency: str,
    at: datetime.datetime,
) -> Offer:  # fmt: skip
    """The offer for `units` of a product over the days; the card's rate when none is given."""
    found = availability.check_product(product, advertiser, start=start, end=end, units=units, at=at)
    card = catalog.rate_for(product, start, currency)
    price = rate if rate is not None else card.rate if card else None
    amount = pricing.amount(price, product.rate_type, units, currency) if price is not None else None
    discount = pricing.discount_pct(price, card.rate, currency) if card and price is not None else None
    return Offer(found, card.rate if card else None, card.floor if card else None, price, amount, discount)
