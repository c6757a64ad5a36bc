"""A sample order with awkward names, for the three writers."""

from datetime import date
from decimal import Decimal

from makegood.documents.written.sample_orders import SampleLine, SampleOrder


def _line(placement: str, size: str, units: int, rate: str, amount: str, first: date, last: date) -> SampleLine:
    return SampleLine(
        placement=placement,
        size=size,
        units=units,
        rate=Decimal(rate),
        amount=Decimal(amount),
        starts_on=first,
        ends_on=last,
    )


SOLD = SampleOrder(
    number="PM-2026-0441",
    revision=1,
    dated=date(2026, 9, 2),
    agency="Parallel Media",
    advertiser="Oatfield Foods #1",
    seller="Northlight Media",
    campaign="Autumn *Breakfast*",
    currency="USD",
    commission_rate=Decimal("0.15"),
    agency_address=("200 Canal Street, floor 9", "New York, NY 10013"),
    buyer="Iris Kaplan",
    po_number="PO-77120",
    product="Oat clusters",
    estimate="118",
    lines=(
        _line("Listen, weekday mornings", "30 s", 1_500_000, "24.00", "36000.00", date(2026, 10, 5), date(2026, 11, 1)),
        _line("Listen, all day", "15 s", 2_210_000, "9.75", "21547.50", date(2026, 10, 5), date(2026, 11, 29)),
        _line("=Listen, weekend", "30 s", 333_333, "18.25", "6083.33", date(2026, 10, 10), date(2026, 11, 29)),
    ),
    terms=("Billing on delivered impressions, capped at the booked units.", "Payment net 30 from date of invoice."),
)
