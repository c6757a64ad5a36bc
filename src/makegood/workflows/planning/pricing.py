"""What a candidate costs: the card's rate, less what the client got before, never under the floor. Computes only."""

import dataclasses
from decimal import Decimal

from makegood.catalog.models import Rate
from makegood.orders.pricing import RATE_STEP
from makegood.orders.queries.past_rates import PastRate


@dataclasses.dataclass(frozen=True)
class Price:
    """The rate offered beside card and floor, and where it comes from."""

    rate: Decimal
    card: Decimal
    floor: Decimal
    why: str

    @property
    def discount_pct(self) -> Decimal:
        """Per cent of the card given away."""
        return (1 - self.rate / self.card) * 100 if self.card else Decimal(0)


def price(card: Rate, before: PastRate | None) -> Price:
    """The same part of the card as the client's last line of the product, at most the card and at least the floor."""
    if before is None or before.rate >= before.card_rate:
        return Price(card.rate, card.rate, card.floor, "the card's rate")
    part = before.rate / before.card_rate
    rate = max((card.rate * part).quantize(RATE_STEP), card.floor)
    words = f"as in {before.order_number}, {(1 - part) * 100:.0f} % under the card" + (", held up by the floor" if rate == card.floor else "")
    return Price(rate, card.rate, card.floor, words)
