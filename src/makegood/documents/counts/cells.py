"""Cells into days and counts. A count has no decimals, so separators in it are thousands, whoever wrote them."""

import re
from decimal import Decimal, InvalidOperation

from makegood.documents.orders.values import numbers

GROUPED = re.compile(r"\d{1,3}(?:[.,'’\s\u00a0\u202f]\d{3})+")
NOTHING = ("", "-", "–", "—", "n/a", "na", "null", "--")


def count(text: str, scale: float, comma_decimals: bool | None) -> int | None:
    """Whole units, 0 for a dash; None when it is no whole number (of units after scaling) or below zero."""
    bare = text.strip()
    if bare.casefold() in NOTHING:
        return 0
    if scale == 1 and GROUPED.fullmatch(bare):
        return int(re.sub(r"\D", "", bare))
    value = _decimal(bare, bool(comma_decimals) if scale != 1 else comma_decimals)  # 709.188 thousands are no 709,188 thousands
    if value is None or value < 0:
        return None
    units = value * Decimal(str(scale))
    return int(units) if units == units.to_integral_value() else None


def amount(text: str, scale: float, comma_decimals: bool | None) -> Decimal | None:
    """Money of the row, None where the cell gives none."""
    value = _decimal(text.strip(), comma_decimals) if text.strip().casefold() not in NOTHING else None
    return None if value is None else value * Decimal(str(scale))


def _decimal(text: str, comma_decimals: bool | None) -> Decimal | None:
    try:
        return numbers.number(text.replace("’", "'"), comma_decimals)
    except InvalidOperation:
        return None
