"""A catalogue one can plan on, and briefs for it."""

import datetime
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.catalog.actions import products, supply
from makegood.catalog.models import Product
from makegood.core.models import Person
from makegood.sales.actions import briefs
from makegood.sales.models import Brief
from tests.factories import accounts, catalog
from tests.factories.accounts import NOW

SOLD = (  # code, format, section, rate type, rate, floor, requests a day
    ("banner", "display", "news", "CPM", "10", "7", 120_000), ("half", "display", "news", "CPM", "16", "12", 60_000),
    ("sport", "display", "sport", "CPM", "12", "9", 40_000), ("film", "video", "video", "CPM", "28", "20", 50_000),
    ("letter", "native", "letter", "unit", "3000", "2000", 20_000), ("lobby", "display", "home", "day", "9000", "7000", 80_000),
)  # fmt: skip


def stocked(at: datetime.datetime = NOW) -> dict[str, Product]:
    """Six products of one site, each on a placement of its own with two months of counted requests up to `at`."""
    home, found, first = catalog.site(), {}, at.date() - datetime.timedelta(days=60)
    for code, form, section, rate_type, rate, floor, requests in SOLD:
        place = products.add_placement(home, f"news-{code}", code.title(), form, by=None, at=NOW, section=section)
        supply.record_days(place, {first + datetime.timedelta(days=n): requests + 900 * (n % 7) for n in range(60)}, by=None)
        made = products.add_product(
            home, code, code.title(), placements=[place], format=form, rate_type=rate_type, spec_profile="display", by=None, at=NOW,
            exclusive=rate_type == "day",
        )  # fmt: skip
        found[code] = catalog.priced(made, rate, floor)
    return found


def brief(by: Person, *, at: datetime.datetime = NOW, advertiser=None, **facts: object) -> Brief:
    """Thirty days from next week, 40,000, for clicks."""
    start = at.date() + datetime.timedelta(days=7)
    given = {"objective": "consideration", "budget": Decimal(40_000), "start": start, "end": start + datetime.timedelta(days=29), "kpi_type": "clicks"} | facts
    accounts.seller()
    who = advertiser or Account.objects.filter(party__name="Oatfield Foods").first() or accounts.advertiser()
    return briefs.create(who, "Harvest", by=by, at=at, **given)
