"""What a candidate costs: what an agreement protects, else the card's rate, less what the client got before, never under the floor."""

import dataclasses
import datetime
from collections.abc import Collection
from decimal import Decimal

from makegood.orders import protected
from makegood.orders.pricing import RATE_STEP
from makegood.orders.queries.past_rates import PastRate
from makegood.sales.models import Brief


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


def cards(brief: Brief, product_ids: Collection[int], today: datetime.date) -> dict[int, protected.Card]:
    """{product id: its card} on the first day, by the client's agreement where one is in force; without those nobody has a rate for."""
    deal = protected.agreement((brief.advertiser, brief.agency), brief.start, brief.end, brief.currency)
    book, first = protected.Book(deal, brief.currency, product_ids), max(brief.start, today)
    return {pk: card for pk in product_ids if (card := book.card(pk, first)) is not None}


def price(card: protected.Card, before: PastRate | None) -> Price:
    """The same part of the card as the client's last line of the product, at most the card and at least the floor; a protected rate as it was agreed."""
    if card.by:
        return Price(card.rate, card.rate, card.floor, f"the rate {card.by} protects")
    if before is None or before.rate >= before.card_rate:
        return Price(card.rate, card.rate, card.floor, "the card's rate")
    part = before.rate / before.card_rate
    rate = max((card.rate * part).quantize(RATE_STEP), card.floor)
    words = f"as in {before.order_number}, {(1 - part) * 100:.0f} % under the card" + (", held up by the floor" if rate == card.floor else "")
    return Price(rate, card.rate, card.floor, words)
