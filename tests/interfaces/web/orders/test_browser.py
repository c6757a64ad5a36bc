"""The page of a change order in a real browser: axe, both themes, a phone's width; the targeting editor that says whom it reaches."""

import datetime

import pytest
from django.utils import timezone

from makegood.catalog.models import Placement, SupplyCell
from makegood.orders.actions import changing
from makegood.workflows import changing as workflow
from tests.factories import orders
from tests.interfaces.web.components.test_gallery import dress, violations

pytestmark = [pytest.mark.usefixtures("story_day"), pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def url(campaign_manager):
    """A booked order's change with a pause and another aim."""
    order, at = orders.booked(orders.drafted(campaign_manager=campaign_manager)), timezone.now()
    for geo, share in (("US-MA-506", 0.4), ("US-NY-501", 0.6)):
        SupplyCell.objects.create(placement=Placement.objects.get(), geo=geo, device="mobile", share=share)
    change = changing.begin(order, by=campaign_manager, at=at)
    first = max(orders.START, at.date()) + datetime.timedelta(days=2)
    for asked in ({"op": "delivery.pause", "line": 1, "first": str(first), "last": str(first)}, {"op": "line.targeting", "line": 1, "targeting": {"geo": {"include": ["US-MA"]}}}):
        workflow.collect(change, asked, by=campaign_manager, at=at)
    return f"/orders/changes/{change.pk}/"


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_the_change_passes_axe_and_fits_and_the_editor_says_whom_it_reaches(page, campaign_manager, url, theme, width):
    seen = page(campaign_manager, width=width)
    seen.goto(f"{url}?line=1")
    seen.locator("#preview").get_by_text("Whom it is for").wait_for()
    seen.locator("#mg-reach").get_by_text("Requests that match").wait_for()
    dress(seen, theme)
    assert violations(seen) == []
    assert seen.evaluate("document.documentElement.scrollWidth") == width
    seen.get_by_label("Geography US-NY", exact=True).select_option("+")
    seen.locator("#mg-reach").get_by_text("→").first.wait_for()
