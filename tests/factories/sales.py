"""Holds and briefs for tests."""

import datetime

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.core.models import Person
from makegood.sales.models import Hold
from makegood.workflows import holding
from tests.factories.accounts import NOW


def hold(product: Product, advertiser: Account, *, by: Person, start: datetime.date, end: datetime.date, units: int = 1) -> Hold:
    """A hold for three days from NOW."""
    until = NOW + datetime.timedelta(days=3)
    return holding.place(product, advertiser, start=start, end=end, units=units, expires_at=until, by=by, at=NOW)
