"""Money: a decimal amount in one currency, and the few things that may be done with it.

Refuses floats and mixed currencies. Tax, commission and rates live in `pricing` and `billing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from makegood.engine import apportion, currencies


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies met."""


class MoneyInvalid(ValueError):
    """Not an amount of money: a float, an unknown currency, or text that reads as no number."""


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` in major units of ISO 4217 `currency`, unrounded until `rounded()` is asked for."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise MoneyInvalid(f"amount must be a finite Decimal, not {self.amount!r}")
        if self.currency not in currencies.MINOR_UNITS:
            raise MoneyInvalid(f"{self.currency!r} is not an ISO 4217 currency")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self.currency} {self.rounded().amount:,}"

    def _same(self, other: Money) -> Decimal:
        if not isinstance(other, Money) or other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} met {getattr(other, 'currency', repr(other))}: convert one first")
        return other.amount

    def times(self, factor: Decimal | int) -> Money:
        """The amount multiplied, not rounded; raises MoneyInvalid for a float."""
        if isinstance(factor, bool) or not isinstance(factor, Decimal | int):
            raise MoneyInvalid(f"multiply by a Decimal or int, not {factor!r}")
        return Money(self.amount * factor, self.currency)

    def ratio(self, other: Money) -> Decimal:
        """This amount ÷ another of the same currency; raises CurrencyMismatch, ZeroDivisionError."""
        if not self._same(other):
            raise ZeroDivisionError(f"{self} ÷ zero")
        return self.amount / other.amount

    def rounded(self) -> Money:
        """Half-even to the currency's minor unit."""
        return Money(self.amount.quantize(minor(self.currency), rounding=ROUND_HALF_EVEN), self.currency)

    def split(self, weights: Sequence[Decimal | int]) -> list[Money]:
        """Parts in proportion to `weights`, each whole in minor units, summing to `rounded()` (largest remainder)."""
        least = minor(self.currency)
        cents = int(self.rounded().amount / least)
        return [Money(part * least, self.currency) for part in apportion.largest_remainder(cents, weights)]


def zero(currency: str) -> Money:
    """Nothing, in `currency`, with its decimals."""
    return Money(minor(currency) * 0 if currency in currencies.MINOR_UNITS else Decimal(0), currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of `amounts`; zero in `currency` when there are none; raises CurrencyMismatch."""
    return sum(amounts, start=zero(currency))


def parse(text: str, currency: str | None = None, *, decimal_mark: str = ".") -> Money:
    """Read '£1,234.50', 'EUR 1.234,50' (decimal_mark=','), '(12.00)' or '-12'.

    `currency` decides when the text names none or only '$'; a contradiction raises CurrencyMismatch, nonsense MoneyInvalid.
    """
    match = re.fullmatch(
        r"([^\d.,()+\s-]*)\s*(\(?[-+]?)\s*([^\d.,()+\s-]*)\s*([\d.,\s'’]*\d[.,]?)(\)?)\s*(\S*)", text.strip()
    )
    if match is None:
        raise MoneyInvalid(f"{text!r} is not an amount of money")
    named = [
        _currency(mark) for mark in (match[1], match[3], match[6]) if mark and mark not in currencies.AMBIGUOUS_SYMBOLS
    ]
    codes = {code for code in [*named, currency] if code}
    if len(codes) != 1:
        raise CurrencyMismatch(f"{text!r}: expected one currency, found {', '.join(sorted(codes)) or 'none'}")
    negative = match[2] in ("(", "-", "(-")
    return Money(_number(match[4], decimal_mark, text) * (-1 if negative else 1), codes.pop())


def _currency(mark: str) -> str:
    return currencies.SYMBOLS.get(mark, mark.upper())


def _number(digits: str, decimal_mark: str, text: str) -> Decimal:
    grouping = "." if decimal_mark == "," else ","
    plain = re.sub(rf"[\s'’{re.escape(grouping)}](?=\d{{2,3}}(\D|$))", "", digits).replace(decimal_mark, ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise MoneyInvalid(
            f"{text!r}: {digits!r} does not read as a number with decimal mark {decimal_mark!r}"
        ) from None


def minor(currency: str) -> Decimal:
    """The currency's smallest amount: 0.01 for USD, 1 for JPY and for what is no currency."""
    return Decimal(1).scaleb(-currencies.MINOR_UNITS[currency]) if currency in currencies.MINOR_UNITS else Decimal(1)
