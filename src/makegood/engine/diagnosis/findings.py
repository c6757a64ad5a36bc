"""What a diagnosis says: causes with their units and money, whole numbers that sum to the gap.

Rounding and pricing for every way of measuring causes; the measuring is elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from makegood.engine import apportion, currencies
from makegood.engine.causes import GAINS, SENTENCES, Cause
from makegood.engine.diagnosis.movers import Mover
from makegood.engine.money import Money


@dataclass(frozen=True, slots=True)
class Finding:
    """`units` and `money` this cause took (negative: it gave); `sentence` completes 'The flight …'."""

    cause: Cause
    units: int
    money: Money
    sentence: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The findings, largest first, sum to `gap` = expected − delivered, in units and in money.

    `moved` is the part of the flight's traffic that explains its change, where cells are known and one part does.
    """

    expected: int
    delivered: int
    gap: int
    findings: tuple[Finding, ...]
    moved: Mover | None = None


def diagnosis(expected: float, delivered: int, taken: Mapping[Cause, float], *, goal: int, value: Money) -> Diagnosis:
    """Round `taken` to units that sum to the gap; what it leaves unexplained is pacing and other.

    `value` is what the `goal` units are worth.
    """
    whole = round(expected)
    gap = whole - delivered
    parts = {cause: taken.get(cause, 0.0) for cause in Cause}
    parts[Cause.PACING] = gap - sum(units for cause, units in parts.items() if cause is not Cause.PACING)
    units = apportion.rounded_to(gap, list(parts.values()))
    money = _price(units, goal, value)
    rows = [
        Finding(cause, n, worth, (GAINS if n < 0 else SENTENCES).get(cause, SENTENCES[cause]))
        for cause, n, worth in zip(parts, units, money, strict=True)
        if n
    ]
    return Diagnosis(whole, delivered, gap, tuple(sorted(rows, key=lambda row: -row.units)))


def _price(units: list[int], goal: int, value: Money) -> list[Money]:
    """Each cause's units at the flight's value per unit, in whole minor units that sum to the gap's worth."""
    code = value.currency
    places = currencies.MINOR_UNITS[code]
    cents = int(value.rounded().amount.scaleb(places))
    exact = [Fraction(cents * n, max(1, goal)) for n in units]
    parts = apportion.rounded_to(round(sum(exact)), exact)
    return [Money(Decimal(part).scaleb(-places), code) for part in parts]
