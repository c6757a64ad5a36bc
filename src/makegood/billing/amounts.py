"""Amounts of money as billing's rows hold them."""

from decimal import Decimal

from makegood.core.errors import Invalid


def check(amount: Decimal, place: str = "amount") -> None:
    """Raise Invalid for what is no number of whole cents: rows would round it, the ledger would not."""
    if not amount.is_finite() or amount != round(amount, 2):
        raise Invalid(f"{amount} is not an amount in whole cents.", place=place, remedy="Write it like 1234.50.")
