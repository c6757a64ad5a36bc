"""A booked order with an approved creative."""

import pytest

from tests.factories import creatives, trafficking


@pytest.fixture
def bank(db):
    return creatives.advertiser()


@pytest.fixture
def rival(db):
    return creatives.advertiser("Harrow Mutual")


@pytest.fixture
def order(bank, campaign_manager):
    return trafficking.order(bank, campaign_manager, trafficking.product())


@pytest.fixture
def flight(order):
    return trafficking.flight(order)


@pytest.fixture
def version(bank, reviewer):
    return creatives.approved(bank, reviewer)
