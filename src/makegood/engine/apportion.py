"""Dividing a whole into integer parts that add up to it exactly.

Largest remainder (Hamilton, 1792), used for money, avails and causes. Knows no units.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Weight = int | float | Decimal | Fraction


def largest_remainder(total: int, weights: Sequence[Weight]) -> list[int]:
    """Parts of `total` in proportion to `weights`, summing to it; ties go to the earlier part.

    Raises ValueError for a negative weight, no weights, or weights that sum to zero while `total` is not zero.
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if any(weight < 0 for weight in exact):
        raise ValueError(f"weights must not be negative: {list(weights)}")
    if whole == 0:
        if total == 0:
            return [0] * len(exact)
        raise ValueError("cannot split: the weights sum to zero")
    sign, size = (-1, -total) if total < 0 else (1, total)
    shares = [size * weight / whole for weight in exact]
    parts = [int(share) for share in shares]
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - shares[n], n))
    for n in order[: size - sum(parts)]:
        parts[n] += 1
    return [sign * part for part in parts]


def rounded_to(total: int, values: Sequence[Weight]) -> list[int]:
    """Whole numbers next to `values`, of either sign, that sum to `total`; ties go to the earlier value.

    For values that already sum to `total` up to rounding; raises ValueError when they are off by a whole per value.
    """
    exact = [Fraction(value) for value in values]
    parts = [math.floor(value) for value in exact]
    short = total - sum(parts)
    if not 0 <= short <= len(parts):
        raise ValueError(f"{list(values)} do not sum to {total}")
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[:short]:
        parts[n] += 1
    return parts
