"""Rates a next line may expect, learnt from past lines of the format, the product, the category and the client."""

import dataclasses
from collections.abc import Callable, Sequence
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.delivery.queries.past import PastLine
from makegood.engine.planner import Estimate, Past, estimate
from makegood.engine.planner.records import CERTAIN
from makegood.engine.planner.rules import Book

Counted = Callable[[PastLine], tuple[int, int]]
RATES: dict[str, tuple[str, Counted]] = {
    "viewable": ("viewable", lambda one: (one.viewable, one.net)),
    "clicks": ("clicks", lambda one: (one.clicks, one.net)),
    "completes": ("completes", lambda one: (one.completes, one.net)),
    "conversions": ("conversions", lambda one: (one.conversions, one.net)),
    "sales": ("conversions", lambda one: (one.conversions, one.net)),
}
KEPT: Counted = lambda one: (min(one.net, one.goal or 0), one.goal or 0)  # noqa: E731 - one of a family


@dataclasses.dataclass(frozen=True)
class History:
    """Past lines, and whose brief it is."""

    lines: Sequence[PastLine]
    client: Account
    book: Book

    def worth(self, kpi: str, product: Product, basket: Decimal | None) -> Estimate:
        """The outcome of one impression of a product by the brief's measure; zero where its format has none of it."""
        if kpi not in RATES:
            return CERTAIN
        name, counted = RATES[kpi]
        found = self._rate(name, counted, product)
        times = float(basket or 0) if kpi == "sales" else 1.0
        return dataclasses.replace(found, mean=found.mean * times, sd=found.sd * times)

    def kept(self, product: Product) -> Estimate:
        """The part of a promise that is delivered: of lines that are over."""
        return self._rate("kept", KEPT, product)

    def rate(self, name: str, product: Product) -> float:
        """A plain rate of a product: clicks or completed views an impression."""
        return self._rate(name, RATES[name][1], product).mean

    def _rate(self, name: str, counted: Counted, product: Product) -> Estimate:
        own = [one for one in self.lines if one.product_id == product.pk]
        levels = {
            "format": [one for one in self.lines if one.format == product.format],
            "product": own,
            "category": [one for one in own if self.client.category and one.category == self.client.category],
            "client": [one for one in own if one.advertiser_id == self.client.pk],
        }
        past = [Past(level, tuple(pair for one in lines if (pair := counted(one))[1] > 0)) for level, lines in levels.items()]
        held = self.book.held(name, product.format)
        return estimate(held, past) if held.mean else held
