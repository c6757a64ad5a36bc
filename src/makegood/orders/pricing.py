"""Prices of lines and orders from records, by engine.pricing. Computes; the drafting actions write."""

from collections.abc import Iterable
from decimal import Decimal

from makegood.engine import money, pricing
from makegood.engine.money import Money

UNITS = {"CPM": "impressions", "CPC": "clicks", "CPV": "views", "day": "days", "flat": "flat", "spot": "spots", "unit": "units"}
RATE_STEP = Decimal("0.0001")


def kind(rate_type: str) -> pricing.RateType:
    """The engine's rate type for the catalogue's."""
    return pricing.RateType(rate_type.lower())


def amount(rate: Decimal, rate_type: str, quantity: int, currency: str) -> Decimal:
    """What a line costs, gross, to the currency's minor unit."""
    return pricing.cost(Money(rate, currency), kind(rate_type), quantity).amount


def totals(amounts: Iterable[Decimal], commission_pct: Decimal, currency: str) -> tuple[Decimal, Decimal]:
    """(gross, net) of an order: the sum of its lines, less the agency's commission."""
    gross = money.total((Money(one, currency) for one in amounts), currency)
    _, net = pricing.commission(gross, commission_pct / 100)
    return gross.rounded().amount, net.amount


def discount_pct(rate: Decimal, card: Decimal | None, currency: str) -> Decimal | None:
    """Per cent given away against the card; None without a card rate, negative above it."""
    if card is None:
        return None
    return pricing.discount(Money(rate, currency), Money(card, currency)) * 100


def rate_for_amount(value: Decimal, rate_type: str, quantity: int) -> Decimal:
    """The rate at which `quantity` costs `value`, four decimals."""
    per = Decimal(1000) if rate_type == "CPM" else Decimal(1)
    return value if rate_type == "flat" or not quantity else (value * per / quantity).quantize(RATE_STEP)
