"""Pricing: what a rate and a quantity cost, what the card says, what is discounted, what the agency keeps.

Decimals only. When money is billed lives in `billing`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from makegood.engine.money import Money


class RateType(enum.StrEnum):
    """How a product is priced."""

    CPM = "cpm"
    CPC = "cpc"
    CPV = "cpv"
    FLAT = "flat"
    DAY = "day"
    UNIT = "unit"
    SPOT = "spot"


UNITS = {
    RateType.CPM: "impressions",
    RateType.CPC: "clicks",
    RateType.CPV: "completed views",
    RateType.FLAT: "flat fee",
    RateType.DAY: "days",
    RateType.UNIT: "units",
    RateType.SPOT: "spots",
}


@dataclass(frozen=True, slots=True)
class Price:
    """A line's price beside its rate card: `discount` is the part of the card given away, `below_floor` needs approval."""

    gross: Money
    card: Money
    discount: Decimal
    below_floor: bool


def cost(rate: Money, rate_type: RateType, quantity: int) -> Money:
    """rate × quantity (per thousand for CPM, once for flat), rounded to the currency."""
    if quantity < 0:
        raise ValueError(f"quantity must not be negative: {quantity}")
    if rate_type is RateType.FLAT:
        return rate.rounded()
    per = Decimal(1000) if rate_type is RateType.CPM else Decimal(1)
    return rate.times(Decimal(quantity) / per).rounded()


def quantity_for(budget: Money, rate: Money, rate_type: RateType) -> int:
    """The whole units a budget buys, rounded half up; 1 for a flat fee. Raises ValueError for a zero rate."""
    if rate_type is RateType.FLAT:
        return 1
    if rate.amount <= 0:
        raise ValueError(f"no quantity follows from a rate of {rate}")
    units = budget.ratio(rate) * (1000 if rate_type is RateType.CPM else 1)
    return int(units.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def discount(rate: Money, card: Money) -> Decimal:
    """1 − rate ÷ card, four decimals; negative when sold above the card, zero when the card is free."""
    if card.amount == 0:
        return Decimal(0)
    return (1 - rate.ratio(card)).quantize(Decimal("0.0001"))


def price(rate: Money, rate_type: RateType, quantity: int, *, card: Money, floor: Money | None = None) -> Price:
    """The line's gross, its card value, the discount between the rates, and whether the floor is broken."""
    below = floor is not None and rate < floor
    return Price(cost(rate, rate_type, quantity), cost(card, rate_type, quantity), discount(rate, card), below)


def commission(gross: Money, rate: Decimal) -> tuple[Money, Money]:
    """(agency commission, net) of a gross amount; the two sum to the rounded gross. `rate` is 0..1 (US custom 0.15)."""
    _fraction(rate)
    kept = gross.times(rate).rounded()
    return kept, gross.rounded() - kept


def gross_up(net: Money, rate: Decimal) -> Money:
    """The gross whose net after commission is `net`: net ÷ (1 − rate), rounded."""
    _fraction(rate)
    if rate == 1:
        raise ValueError("no gross leaves a net when the commission is the whole")
    return Money(net.amount / (1 - rate), net.currency).rounded()


def tax(net: Money, rate: Decimal) -> Money:
    """Tax on a net amount, rounded to the currency."""
    _fraction(rate)
    return net.times(rate).rounded()


def _fraction(rate: Decimal) -> None:
    if not isinstance(rate, Decimal) or not 0 <= rate <= 1:
        raise ValueError(f"a rate is a Decimal from 0 to 1, not {rate!r}")
