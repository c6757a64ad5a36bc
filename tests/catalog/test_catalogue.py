"""Rates, spec profiles, generic products and supply."""

import datetime
from decimal import Decimal

import pytest

from makegood.catalog import matching, queries, supply
from makegood.catalog.actions import generic, products, profiles, rates
from makegood.catalog.models import Product, SpecProfile
from makegood.core.errors import NotAllowed, Refused
from tests.factories import catalog
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


def test_a_rate_holds_for_its_days_and_currency(lead):
    product = catalog.run_of_site()
    assert queries.rate_for(product, datetime.date(2026, 6, 1), "USD").rate == Decimal(12)
    assert queries.rate_for(product, datetime.date(2100, 1, 1), "USD") is None
    assert queries.rate_for(product, datetime.date(2026, 6, 1), "EUR") is None
    with pytest.raises(Refused, match="already has a rate"):
        rates.set_rate(product, rate=Decimal(9), floor=Decimal(8), start=datetime.date(2026, 5, 1), end=datetime.date(2026, 5, 2), by=lead, at=NOW)


def test_the_rate_card_is_not_set_by_those_who_sell_from_it(account_manager):
    with pytest.raises(NotAllowed):
        rates.set_rate(catalog.run_of_site(), rate=Decimal(1), floor=Decimal(0), start=NOW.date(), end=NOW.date(), by=account_manager, at=NOW)


def test_shipped_profiles_are_taken_once():
    first = profiles.import_shipped(by=None, at=NOW)
    assert (first, profiles.import_shipped(by=None, at=NOW)) == (SpecProfile.objects.count(), 0)
    assert queries.profile_versions("display-300x250")[0].accepts == ("image", "html5")


def test_generic_products_stand_by_for_their_layouts():
    spot, media = generic.ensure(by=None, at=NOW)
    assert generic.ensure(by=None, at=NOW) == (spot, media)
    found = [matching.fallback(layout, queries.comparable()) for layout in ("broadcast", "table", "poster")]
    assert found == [spot, media, None]


def test_an_alias_means_one_product(account_manager):
    products.learn_alias(catalog.run_of_site(), "RON  everywhere", by=account_manager, at=NOW)
    assert Product.objects.get(aliases__contains=["RON everywhere"]).code == "run-of-site"
    with pytest.raises(Refused, match="already means"):
        products.learn_alias(catalog.takeover(), "RON everywhere", by=account_manager, at=NOW)


def test_the_outlook_carries_weekly_traffic_forward_and_admits_what_it_does_not_know():
    known, unknown = catalog.placement("known", requests=0), catalog.placement("unknown", requests=0)
    today = NOW.date()
    days = [today - datetime.timedelta(days=n) for n in range(1, 71)]
    from makegood.catalog.actions import supply as recording

    recording.record_days(known, {day: 50_000 if day.weekday() < 5 else 20_000 for day in days}, by=None)
    found = supply.outlook([known.pk, unknown.pk], today - datetime.timedelta(days=2), today + datetime.timedelta(days=13), today=today)
    mine = found[known.pk]
    assert mine.requests[0] == 20_000  # Saturday, counted
    ahead = [(today + datetime.timedelta(days=n)).weekday() < 5 for n in range(14)]
    assert mine.requests[2:] == pytest.approx([50_000 if week else 20_000 for week in ahead], rel=0.15)
    assert (found[unknown.pk].known, sum(found[unknown.pk].requests)) == (False, 0)
    assert mine.between(today, today) == mine.requests[2]
