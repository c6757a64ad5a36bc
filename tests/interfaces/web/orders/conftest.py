"""An order of Oatfield Foods with a delivered line, its people, and a rival's contact."""

import datetime

import pytest

from makegood.orders.actions import running
from tests import personas
from tests.factories import accounts, catalog, delivery, orders


@pytest.fixture
def rival(db):
    """A contact of a competing advertiser."""
    return personas.client_of(accounts.advertiser("Aurelia Cosmetics").party, "Rita Rival")


@pytest.fixture
def contact(db, drafted):
    """A contact of the order's own advertiser."""
    return personas.client_of(drafted.advertiser.party, "Lena Ortiz")


@pytest.fixture
def drafted(db, lead):
    """A draft of one line."""
    return orders.drafted(by=lead)


def running_order(lines: int = 1):
    """A booked order of `lines` lines, the first of which has delivered for two days."""
    made = orders.order(start=accounts.NOW.date() - datetime.timedelta(days=5), end=accounts.NOW.date() + datetime.timedelta(days=8))
    product = catalog.run_of_site(requests=400_000)
    days = {"start": accounts.NOW.date() - datetime.timedelta(days=5), "end": accounts.NOW.date() + datetime.timedelta(days=8)}
    for number in range(lines):
        orders.line(made, product, quantity=100_000, name=f"Run of site {number + 1}", **days)
    made = orders.booked(made)
    first = made.lines.first()
    running.start(first.flights.get(), by=None, at=accounts.NOW)
    start = days["start"]
    delivery.count(first, {start: 10_000, start + datetime.timedelta(days=1): 12_000}, filtered={"known_bot": 500}, clicks=11)
    return made
