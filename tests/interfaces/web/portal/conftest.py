"""A client with a campaign to sign, one that runs and a rival with one of its own."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from makegood.core.models import Role
from makegood.delivery.models import Pace
from makegood.orders.actions import approval
from makegood.workflows.ordering import asking
from tests import personas
from tests.factories import accounts, billing, orders
from tests.factories import delivery as counts

DAY = datetime.timedelta(days=1)


@pytest.fixture
def oatfield(account_manager):
    return accounts.advertiser(owner=account_manager, domains=["oatfield.example"])


@pytest.fixture
def lena(oatfield):
    """The client's buyer."""
    return personas.client_of(oatfield.party, "Lena Ortiz")


@pytest.fixture
def rival(account_manager):
    """Somebody of another client, which has an order too."""
    other = accounts.advertiser("Brannock Mills", owner=account_manager)
    approval.submit(orders.drafted(name="CANARY campaign", advertiser=other), by=None, at=timezone.now())
    return personas.client_of(other.party, "Rita Rival")


@pytest.fixture
def unsigned(oatfield):
    """An order we agreed to, not signed by anybody."""
    return approval.submit(orders.drafted(name="Winter Getaways", advertiser=oatfield), by=None, at=timezone.now())


@pytest.fixture
def running(oatfield, account_manager):
    """A running campaign with counts, a forecast and what is missing asked for."""
    today = timezone.now().date()
    order = orders.order("Autumn Breakfast", advertiser=oatfield, start=today - 5 * DAY, end=today + 9 * DAY, account_manager=account_manager)
    line = orders.line(order, quantity=100_000, start=today - 5 * DAY, end=today + 9 * DAY)
    orders.booked(order)
    counts.count(line, {today - DAY: 40_000}, clicks=12)
    Pace.objects.create(
        line=line, as_of=timezone.now(), goal=100_000, delivered=40_000, expected=42_000, yesterday=8_000, needed_per_day=6_000, projected=97_000,
        projected_low=95_000, projected_high=99_000, at_risk=Decimal(30), state="watch", finding="SECRET finding",
    )  # fmt: skip
    asking.ask(order, by=None, at=timezone.now())
    order.refresh_from_db()
    return order


@pytest.fixture
def billed(finance, oatfield):
    return billing.issued(billing.ran(agency=False), finance)


@pytest.fixture
def reviewers(db):
    return personas.person("Mei Lindqvist", Role.REVIEWER)
