"""Billing terms as data, and which combinations mean something.

After the ad servers' schema: a schedule divides a contracted amount; a cap limits what actual counts may bill.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal

from makegood.engine.money import Money
from makegood.engine.periods import Calendar, Period, periods_between
from makegood.engine.pricing import RateType


class Source(enum.StrEnum):
    """Whose figure is billed."""

    CONTRACTED = "contracted"
    DELIVERED = "delivered"
    THIRD_PARTY = "third_party"


class Schedule(enum.StrEnum):
    """When it is billed."""

    PREPAID = "prepaid"
    END = "end"
    STRAIGHTLINE = "straightline"
    PRORATED = "prorated"
    AS_DELIVERED = "as_delivered"


class Cap(enum.StrEnum):
    """What actual counts may bill at most."""

    NONE = "none"
    CUMULATIVE = "cumulative"
    PER_CYCLE = "per_cycle"
    CUMULATIVE_PER_CYCLE = "cumulative_per_cycle"


class TermsInvalid(ValueError):
    """The terms contradict themselves; the message says which and what would do."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Rates are fractions (0.15). `first_party_fallback` bills our count where the third party gave none."""

    source: Source
    schedule: Schedule
    cap: Cap = Cap.NONE
    calendar: Calendar = Calendar.MONTH
    commission_rate: Decimal = Decimal(0)
    tax_rate: Decimal = Decimal(0)
    first_party_fallback: bool = False

    def __post_init__(self) -> None:
        actual = self.source is not Source.CONTRACTED
        if actual and self.schedule not in (Schedule.AS_DELIVERED, Schedule.END):
            raise TermsInvalid(
                f"{self.schedule} divides a contracted amount; with {self.source} use as_delivered or end"
            )
        if not actual and self.schedule is Schedule.AS_DELIVERED:
            raise TermsInvalid("as_delivered needs counts; with contracted use prepaid, end, straightline or prorated")
        if not actual and self.cap is not Cap.NONE:
            raise TermsInvalid(f"the cap {self.cap} limits actual counts; with contracted it must be none")


@dataclass(frozen=True, slots=True)
class LineTerms:
    """A sold line as billing sees it: `amount` is the gross contracted for `quantity` units over `flight`."""

    line_id: int
    name: str
    flight: Period
    rate_type: RateType
    quantity: int
    amount: Money
    terms: Terms

    def __post_init__(self) -> None:
        if self.quantity <= 0:
            raise TermsInvalid(f"line {self.line_id}: quantity {self.quantity} must be above zero (1 for a flat fee)")

    def cycles(self) -> list[Period]:
        """The billing cycles the flight touches, cut to its dates."""
        return periods_between(self.flight.start, self.flight.end, self.terms.calendar, clip=True)
