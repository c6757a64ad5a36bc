"""Lines as a paper shows them, and what of the order's gross falls into each month."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from makegood.documents import papers as written
from makegood.documents.papers.language import GERMAN_MONTHS, Language
from makegood.engine.money import Money
from makegood.engine.periods import Calendar, Period, overlap, periods_between
from makegood.orders.models import Line, Order


def line(one: Line) -> written.OrderLine:
    """A line with its flights. The product's property and placements are loaded."""
    sizes = sorted({f"{place.width}×{place.height}" for place in one.product.placements.all() if place.width and place.height})
    flights = tuple(written.Flight(starts_on=each.start, ends_on=each.end, units=each.goal) for each in one.flights.all() if each.status != "cancelled")
    return written.OrderLine(
        number=one.number, name=one.name, starts_on=one.start, ends_on=one.end, units=one.quantity, rate=_rate(one.rate), amount=one.amount, unit=one.unit,
        rate_unit=one.get_rate_type_display(), placement=one.product.property.name, size=", ".join(sizes[:3]), flights=flights,
    )  # fmt: skip


def months(order: Order, lines: Sequence[Line], lang: Language) -> tuple[written.Month, ...]:
    """The gross by the order's billing months: each line's amount over its flights' units, evenly over their days (largest remainder)."""
    calendar = Calendar(order.bill_calendar)
    sums: dict[Period, Decimal] = defaultdict(Decimal)
    for one in lines:
        weights = _weights(one, calendar)
        for period, part in zip(weights, Money(one.amount, order.currency).split(list(weights.values())), strict=True):
            sums[period] += part.amount
    first, last = min(one.start for one in lines), max(one.end for one in lines)
    return tuple(_month(period, amount, Period(first, last), calendar, lang) for period, amount in sorted(sums.items()))


def _weights(one: Line, calendar: Calendar) -> dict[Period, Decimal]:
    found: dict[Period, Decimal] = defaultdict(Decimal)
    for flight in one.flights.all() or [None]:
        span, units = (Period(flight.start, flight.end), flight.goal) if flight else (Period(one.start, one.end), one.quantity)
        for period in periods_between(span.start, span.end, calendar):
            shared = overlap(period, span)
            found[period] += Decimal(units) * (shared.days if shared else 0) / span.days
    return found


def _month(period: Period, amount: Decimal, whole: Period, calendar: Calendar, lang: Language) -> written.Month:
    days = overlap(period, whole) or period
    return written.Month(name=_name(period.end, calendar, lang), starts_on=days.start, ends_on=days.end, amount=amount)


def _name(last: datetime.date, calendar: Calendar, lang: Language) -> str:
    month = GERMAN_MONTHS[last.month - 1] if lang.code == "de" else f"{last:%B}"
    return f"Broadcast {month} {last.year}" if calendar is Calendar.BROADCAST else f"{month} {last.year}"


def _rate(rate: Decimal) -> Decimal:
    """Two decimals unless the rate has more."""
    short = rate.quantize(Decimal("0.01"))
    return short if short == rate else rate.normalize()
