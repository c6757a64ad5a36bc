"""Revenue by state, property and month: a small book computed by hand."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.catalog.models import Property
from makegood.insight import revenue
from makegood.insight.models import Goal
from makegood.orders.actions import cancelling, lines, running
from makegood.sales.models import Brief
from tests.factories import accounts, billing, catalog, delivery, orders, pacing
from tests.factories.accounts import NOW

D, TODAY = Decimal, NOW.date()
NOVEMBER, DECEMBER = datetime.date(2026, 11, 1), datetime.date(2026, 12, 1)


@pytest.fixture
def running_line(reviewer):
    """280,000 at $12 CPM, 2 to 29 November, 210,000 delivered."""
    line = pacing.line()
    pacing.set_up(line, reviewer)
    pacing.delivered(line)
    return line


def flat(amount, start, end, name):
    made = orders.order(name, start=start, end=end)
    lines.add(made, catalog.run_of_site(), start=start, end=end, quantity=1, rate=D(amount), rate_type="flat", by=None, at=NOW)
    return made


def cells(**more):
    found = revenue.cells(NOVEMBER, 2, today=TODAY)
    return {(cell.month.month): (cell.recognised, cell.pacing, cell.committed, cell.pipeline, cell.goal) for cell in found}


def test_a_small_book_by_hand(running_line, sales):
    orders.booked(flat("3000", datetime.date(2026, 12, 7), datetime.date(2026, 12, 20), "Booked"))
    orders.signed(flat("1400", datetime.date(2026, 11, 24), datetime.date(2026, 12, 7), "Signed"))  # 7 of 14 days in each month
    flat("9999", datetime.date(2026, 12, 1), datetime.date(2026, 12, 2), "Only a draft")
    news = Property.objects.get()
    Brief.objects.create(
        advertiser=accounts.advertiser("Meridian Rail"), name="Winter", objective="awareness", budget=10_000, property=news, probability_pct=50,
        start=datetime.date(2026, 11, 16), end=datetime.date(2026, 12, 15), owner=sales, received_at=NOW,
    )  # fmt: skip
    Goal.objects.create(property=news, month=NOVEMBER, amount=8_000)
    assert cells() == {
        11: (D("2520.00"), D("840.00"), D("700.00"), D("2500.00"), D("8000")),
        12: (D("0.00"), D("0.00"), D("3700.00"), D("2500.00"), D("0")),
    }  # fmt: skip
    november = revenue.cells(NOVEMBER, 1, today=TODAY)[0]
    assert (november.in_sight, november.gap) == (D("6560.00"), D("1440.00"))


def test_a_flat_line_earns_by_days_before_the_window_too(db):
    made = orders.booked(flat("9100", datetime.date(2026, 9, 1), datetime.date(2026, 11, 30), "Sponsorship"))  # 91 days at 100
    running.start(made.lines.get().flights.get(), by=None, at=NOW)
    assert cells() == {11: (D("2200.00"), D("800.00"), D("0.00"), D("0.00"), D("0"))}  # 22 days over, 8 to come


def test_no_more_is_earned_than_was_sold_and_nothing_after_a_cancellation(running_line):
    delivery.count(running_line, {pacing.day(22): 500_000})
    assert cells()[11][:2] == (D("3360.00"), D("0.00"))
    other = pacing.line("Stopped", "Meridian Rail", product=running_line.product)
    delivery.count(other, {pacing.day(1): 70_000})
    cancelling.cancel(other.order, by=None, at=NOW, why="The client stopped it.")
    assert cells()[11][:2] == (D("4200.00"), D("0.00"))


def test_months_are_those_of_the_order(running_line):
    """2 in the morning UTC on 1 December is still November in New York."""
    late = datetime.datetime(2026, 12, 1, 2, tzinfo=datetime.UTC)
    running_line.flights.get().facts.filter(hour__date=pacing.day(0)).update(hour=late)
    assert cells()[11][0] == D("2520.00")


def test_queries_do_not_grow(running_line):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            cells()
        return len(seen)

    one = queries()
    billing.ran(name="Second")
    pacing.line("Third", "Meridian Rail", product=running_line.product)
    assert (queries(), one <= 7) == (one, True)
