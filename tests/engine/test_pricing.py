from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.engine import pricing
from makegood.engine.money import CurrencyMismatch, Money
from makegood.engine.pricing import RateType


def usd(amount):
    return Money(Decimal(amount), "USD")


@pytest.mark.parametrize(
    ("rate_type", "quantity", "cost"),
    [
        (RateType.CPM, 1_234_567, "15432.09"),
        (RateType.CPC, 100, "1250.00"),
        (RateType.FLAT, 7, "12.50"),
        (RateType.SPOT, 3, "37.50"),
    ],
)
def test_cost_by_rate_type(rate_type, quantity, cost):
    assert pricing.cost(usd("12.50"), rate_type, quantity) == usd(cost)


def test_price_beside_the_card():
    got = pricing.price(usd("8"), RateType.CPM, 100_000, card=usd("10"), floor=usd("9"))
    assert (got.gross, got.card, got.discount, got.below_floor) == (usd("800.00"), usd("1000.00"), Decimal("0.2"), True)


def test_budget_to_quantity_and_back():
    assert pricing.quantity_for(usd("1000"), usd("8"), RateType.CPM) == 125_000
    with pytest.raises(CurrencyMismatch):
        pricing.quantity_for(usd("1000"), Money(Decimal(8), "EUR"), RateType.CPM)


@given(st.decimals(0, 10**7, places=2), st.decimals(0, Decimal("0.99"), places=4))
def test_commission_and_net_sum_to_gross(gross, rate):
    kept, net = pricing.commission(usd(gross), rate)
    assert kept + net == usd(gross)


def test_gross_up_inverts_commission():
    assert pricing.gross_up(usd("850.00"), Decimal("0.15")) == usd("1000.00")
    with pytest.raises(ValueError, match="from 0 to 1"):
        pricing.commission(usd("1"), Decimal(15))
