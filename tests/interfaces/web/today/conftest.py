"""A queue with one of each kind, due around now."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from makegood.core.models import Role
from makegood.delivery.models import Pace
from makegood.orders.actions import approval, signing
from makegood.work.actions import cases, comments, tasks
from tests.factories import orders

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def booked(campaign_manager):
    """A booked order of the campaign manager."""
    made = orders.drafted(by=None, account_manager=campaign_manager, campaign_manager=campaign_manager)
    return orders.booked(made)


@pytest.fixture
def add(at, booked, campaign_manager, account_manager):
    """add(n): n tasks of one's own, n a client owes, n lines off pace, n cases, n mentions, n orders to countersign."""

    def make(count, first=0):
        owner = campaign_manager
        for n in range(first, first + count):
            tasks.open(booked, f"own{n}-{at:%f}", title=f"Call about {n}", due_at=at + HOUR, by=None, at=at, owner=owner)
            tasks.open(
                booked, f"creative:{n}-{at:%f}", title=f"Creative {n} is missing", due_at=at - HOUR, by=None, at=at, owner=owner,
                owed_by=booked.advertiser_id, amount=Decimal(3000), currency="USD",
            )  # fmt: skip
            cases.open(booked, kind="issue", title=f"Odd thing {n}", owner=owner, by=owner, at=at)
            comments.add(booked, f"{n} look at this @{owner.email.split('@')[0]}", by=account_manager, at=at)
            line = orders.line(orders.order(f"Pace {n}", account_manager=owner, campaign_manager=owner))
            Pace.objects.create(
                line=line, as_of=at, goal=1000, delivered=300, expected=500, yesterday=10, needed_per_day=50, projected=930,
                projected_low=900, projected_high=960, at_risk=Decimal(420), state="risk", finding="Traffic fell on mobile",
            )  # fmt: skip
            half = approval.submit(orders.drafted(name=f"Half {n}", account_manager=owner, campaign_manager=owner), by=None, at=at)
            signing.sign(half, "client", "Lena Ortiz", by=None, at=at, on_paper="a scan")

    campaign_manager.roles = [Role.CAMPAIGN_MANAGER, Role.ACCOUNT_MANAGER]  # who looks after both signs, too
    campaign_manager.save()
    return make
