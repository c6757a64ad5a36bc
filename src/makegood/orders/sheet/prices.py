"""The price of a row from whatever of rate, discount and gross is typed, against the card. Computes; nothing is saved."""

import dataclasses
from collections.abc import Callable, Iterator
from decimal import Decimal

from makegood.engine.money import Money, minor
from makegood.orders import pricing
from makegood.orders.actions.lines import MOST_MONEY, MOST_RATE
from makegood.orders.sheet.rows import ERROR, WARNING, Problem, Read

Figure = Callable[[str], Decimal | None]  # the number in a column; None when nothing is typed or it cannot be read
LEAST = Decimal("0.00005")  # half the last place of a rate
AGREES = Decimal("0.05")  # per cent: a discount written with one decimal


def priced(row: Read, figure: Figure, currency: str) -> Read:
    """The row with rate and amount. The rate goes before the gross, the gross before the discount, the card is the last resort."""
    if row.added:
        return _free(row, figure)
    rate, gross = figure("rate"), figure("gross")
    if rate is None and gross is not None and row.quantity and row.rate_type:
        rate = pricing.rate_for_amount(gross, row.rate_type, row.quantity)
    if rate is None:
        rate = _from_card(row, figure("discount"))
    if rate is None:
        return row.having(*_unpriced(row, currency))
    found = dataclasses.replace(row, rate=rate, amount=_amount(row, rate, gross, currency))
    return found.having(*_judged(found, figure, currency))


def _free(row: Read, figure: Figure) -> Read:
    charged = [column for column in ("rate", "gross") if figure(column)]
    problems = [Problem("charged", one, ERROR, "added value is given at no charge.", "Empty the price, or sell the line.") for one in charged[:1]]
    return dataclasses.replace(row, rate=Decimal(0), amount=Decimal(0)).having(*problems)


def _from_card(row: Read, discount: Decimal | None) -> Decimal | None:
    if row.card is None:
        return None
    return (row.card * (1 - (discount or Decimal(0)) / 100)).quantize(pricing.RATE_STEP)


def _unpriced(row: Read, currency: str) -> Iterator[Problem]:
    if row.product and row.start and not any(one.column in ("rate", "gross", "discount") for one in row.problems):
        yield Problem("no_rate", "rate", ERROR, f"the rate card has no {currency} rate for {row.product.name} on {row.start}.", "Give a rate.")


def _amount(row: Read, rate: Decimal, gross: Decimal | None, currency: str) -> Decimal | None:
    if gross is not None:
        return Money(gross, currency).rounded().amount
    return pricing.amount(rate, row.rate_type, row.quantity, currency) if row.quantity and row.rate_type and 0 <= rate < MOST_RATE else None


def _judged(row: Read, figure: Figure, currency: str) -> Iterator[Problem]:
    rate, amount = row.rate or Decimal(0), row.amount or Decimal(0)
    if rate < 0 or amount < 0:
        yield Problem("negative", "rate", ERROR, "a line does not cost less than nothing.", "Give zero or more.")
    elif rate >= MOST_RATE or amount >= MOST_MONEY:
        yield Problem("too_much", "rate", ERROR, "no line costs that much.", "Look at the rate and the quantity again.")
    elif row.protected_by and row.card is not None and rate > row.card:
        yield Problem("above_protected", "rate", ERROR, f"{row.protected_by} protects a rate of {row.card.normalize():f}; {rate.normalize():f} is above it.", f"Give {row.card.normalize():f} or less.")
    else:
        yield from _doubts(row, figure, currency)


def _doubts(row: Read, figure: Figure, currency: str) -> Iterator[Problem]:
    """Warnings: figures typed that disagree, a rate below the floor, a rate the card does not know."""
    rate, gross, discount = row.rate or Decimal(0), figure("gross"), figure("discount")
    if gross is not None and row.quantity and row.rate_type:
        computed = pricing.amount(rate, row.rate_type, row.quantity, currency)
        per = 1000 if row.rate_type == "CPM" else 1
        if abs(computed - gross) > LEAST * row.quantity / per + minor(currency):
            yield Problem("gross_differs", "gross", WARNING, f"{gross:,} is not rate × quantity, which is {computed:,}.", "Empty it to compute it.")
    given = pricing.discount_pct(rate, row.card, currency) if row.card else None
    if discount is not None and given is not None and abs(given - discount) > AGREES:
        yield Problem("discount_differs", "discount", WARNING, f"{discount:f} % off the card is another rate; this one is {given:.1f} % off.", "Empty the rate to take the discount.")
    if row.floor is not None and rate < row.floor:
        yield Problem("below_floor", "rate", WARNING, f"{rate.normalize():f} is below the floor of {row.floor.normalize():f}.", "It needs approval.")
    if row.card is None and row.product and row.start and row.rate_type:
        yield Problem("off_card", "rate", WARNING, f"the card has no {currency} rate per {row.rate_type} for {row.product.name} on {row.start}.", "It needs approval.")
