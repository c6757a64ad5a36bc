"""An advertiser and sample files."""

import pytest

from tests.factories import creatives as make


@pytest.fixture
def bank(db):
    return make.advertiser()


@pytest.fixture
def rival(db):
    return make.advertiser("Harrow Mutual")
