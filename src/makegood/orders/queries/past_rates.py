"""What a client paid before, product by product."""

import dataclasses
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.orders.models import Line

SOLD = ("booked", "ready", "live", "paused", "completed", "closed")


@dataclasses.dataclass(frozen=True)
class PastRate:
    """The last rate beside its card rate, of which order, and how many lines of the product the client had."""

    rate: Decimal
    card_rate: Decimal
    order_number: str
    lines: int


def of(advertiser: Account, currency: str) -> dict[int, PastRate]:
    """By product id; lines sold by another rate type than their product's, or off the card, say nothing."""
    rows = Line.objects.filter(order__advertiser=advertiser, order__currency=currency, card_rate__gt=0, status__in=SOLD)
    found: dict[int, PastRate] = {}
    for one in rows.select_related("order", "product").order_by("start", "pk"):
        if one.rate_type == one.product.rate_type and one.card_rate is not None:
            before = found[one.product_id].lines if one.product_id in found else 0
            found[one.product_id] = PastRate(one.rate, one.card_rate, one.order.number, before + 1)
    return found
