from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import money
from makegood.engine.money import CurrencyMismatch, Money, MoneyInvalid

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False)
codes = st.sampled_from(["USD", "JPY", "KWD"])


@settings(max_examples=150)
@given(amounts, codes, st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_splits_sum_to_the_rounded_whole(amount, code, weights):
    whole = Money(amount, code)
    parts = whole.split(weights)
    assert money.total(parts, code) == whole.rounded()
    assert all(part == part.rounded() for part in parts)
    assert all(not part for part, weight in zip(parts, weights, strict=True) if weight == 0)


@pytest.mark.parametrize(("code", "rounded"), [("USD", "2.12"), ("JPY", "2"), ("KWD", "2.125")])
def test_rounds_half_even_to_the_minor_unit(code, rounded):
    assert Money(Decimal("2.125"), code).rounded() == Money(Decimal(rounded), code)


def test_currencies_do_not_mix():
    with pytest.raises(CurrencyMismatch, match="USD met EUR"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "EUR")
    with pytest.raises(CurrencyMismatch):
        Money(Decimal(1), "USD") < Money(Decimal(1), "EUR")  # noqa: B015


def test_floats_and_unknown_currencies_are_refused():
    with pytest.raises(MoneyInvalid):
        Money(1.5, "USD")
    with pytest.raises(MoneyInvalid, match="'XXQ' is not an ISO 4217 currency"):
        Money(Decimal(1), "XXQ")
    with pytest.raises(MoneyInvalid):
        Money(Decimal(1), "USD").times(0.15)
    with pytest.raises(MoneyInvalid):
        Money(Decimal("NaN"), "USD")


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("£1,234.50", {}, ("1234.50", "GBP")),
        ("$1,234.50", {"currency": "USD"}, ("1234.50", "USD")),
        ("-$12", {"currency": "USD"}, ("-12", "USD")),
        ("(12.00)", {"currency": "USD"}, ("-12.00", "USD")),
        ("EUR 1.234,50", {"decimal_mark": ","}, ("1234.50", "EUR")),
        ("1 234,50 €", {"decimal_mark": ","}, ("1234.50", "EUR")),
        ("12,34,567.00 INR", {}, ("1234567.00", "INR")),
        ("$ 500.", {"currency": "USD"}, ("500", "USD")),
    ],
)
def test_parse_reads_what_people_write(text, options, expected):
    assert money.parse(text, **options) == Money(Decimal(expected[0]), expected[1])


@pytest.mark.parametrize(
    ("text", "error"),
    [("", MoneyInvalid), ("USD", MoneyInvalid), ("12", CurrencyMismatch), ("1.2.3 USD", MoneyInvalid)],
)
def test_parse_refuses_the_rest(text, error):
    with pytest.raises(error):
        money.parse(text)


def test_parse_refuses_a_contradicting_currency():
    with pytest.raises(CurrencyMismatch):
        money.parse("€5", "USD")
