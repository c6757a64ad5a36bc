"""The tag generator and its test page: the very text works on a page, and what the ad does is seen while it happens."""

import datetime

import pytest
from django.utils import timezone

from makegood.trafficking.actions import assigning, publishing, qa
from tests.factories import creatives, orders
from tests.factories import trafficking as make
from tests.interfaces.web.components.test_gallery import violations
from tests.journeys.conftest import READER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(campaign_manager, trafficker, reviewer, adserver):
    """A placement with a published flight of today, with a price."""
    now = timezone.now()
    days = {"start": now.date() - datetime.timedelta(days=1), "end": now.date() + datetime.timedelta(days=12)}
    bank, product = creatives.advertiser(), make.product()
    made = orders.order("Harbour Saver", advertiser=bank, account_manager=campaign_manager, campaign_manager=campaign_manager, trafficker=trafficker, **days)
    orders.line(made, product, quantity=1_000_000, **days)
    booked = orders.booked(made)
    assigning.assign(make.flight(booked), creatives.approved(bank, reviewer, at=now), by=trafficker, at=now)
    qa.run(booked, by=campaign_manager, at=now)
    publishing.publish(by=trafficker, at=now, why="test")
    return product.placements.get()


def test_a_tag_is_chosen_copied_and_tried(place, window, trafficker):
    seen = window(trafficker, user_agent=READER, permissions=["clipboard-read", "clipboard-write"])
    seen.goto("/trafficking/")
    seen.get_by_role("link", name="Tags").click()
    seen.get_by_text(place.name).first.click()
    assert f'data-makegood="{place.code}"' in seen.locator("#tag-text").inner_text()
    seen.get_by_label("Section").fill("news/sport")
    seen.get_by_label("New ad after seconds in view").fill("45")
    seen.get_by_label("New ad after seconds in view").press("Tab")
    seen.locator("#tag-text", has_text='data-refresh="45"').wait_for()
    seen.get_by_role("button", name="Copy").click()
    seen.get_by_role("button", name="Copied").wait_for()
    assert seen.evaluate("navigator.clipboard.readText()") == seen.locator("#tag-text").inner_text()
    seen.get_by_role("link", name="Iframe").click()
    assert "sandbox=" in seen.locator("#tag-text").inner_text()
    seen.get_by_role("link", name="Test page").click()
    picture = seen.frame_locator(".mg-testad iframe").locator("img")
    for _ in range(20):  # the ad server takes the new plan within seconds of its publication
        seen.wait_for_timeout(500)
        if picture.count():
            break
        seen.get_by_role("link", name="Ask again").click()
    seen.locator("#mg-events li", has_text="Viewable").first.wait_for()
    newest = seen.locator("#mg-events li .end").first.inner_text()[:6]
    steps = [row.split("\n")[0].split(" ")[0] for row in seen.locator("#mg-events li", has_text=newest).all_inner_texts()]
    assert [step for step in steps if step in ("Asked", "Served", "Rendered", "Viewable")] == ["Viewable", "Rendered", "Served", "Asked"]
    for theme in ("light", "dark"):
        seen.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
        seen.wait_for_timeout(250)
        assert violations(seen) == []


@pytest.mark.parametrize("page", ["", "test/"])
def test_the_pages_fit_a_phone(place, window, trafficker, page):
    seen = window(trafficker, width=390, height=844)
    seen.goto(f"/trafficking/tags/{place.pk}/{page}")
    assert seen.evaluate("document.documentElement.scrollWidth") == 390
    assert seen.locator("aside").bounding_box()["y"] < 800  # what belongs to the ad begins on the first screen
    assert violations(seen) == []
