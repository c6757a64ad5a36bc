"""Today and the portal in a real browser: what HTMX does, who can reach it, nothing sticking out."""

import pytest
from django.utils import timezone

from makegood.work.actions import tasks
from makegood.work.models import Task
from tests import personas
from tests.factories import orders
from tests.interfaces.web.components.test_gallery import dress, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def order(lead):
    made, at = orders.drafted(account_manager=lead, campaign_manager=lead), timezone.now()
    tasks.open(made, "own", title="Call about the tag", due_at=at, by=None, at=at, owner=lead)
    tasks.open(made, "creative:x", title="Creative is missing", due_at=at, by=None, at=at, owner=lead, owed_by=made.advertiser_id)
    return made


def test_done_undo_and_hand_over_without_leaving(page, lead, trafficker, order):
    seen = page(lead)
    seen.goto("/")
    seen.get_by_role("button", name="Done: Call about the tag").click()
    seen.locator("#queue").get_by_text("Call about the tag").wait_for(state="detached")
    seen.get_by_role("button", name="Undo").click()
    seen.locator("#queue").get_by_text("Call about the tag").first.wait_for()
    seen.get_by_role("button", name="Remind: Creative is missing").click()
    seen.get_by_text("is reminded").wait_for()
    assert Task.objects.get(key="creative:x").asked_count == 1
    seen.get_by_role("link", name="Hand over: Call about the tag").click()
    seen.locator("#to").select_option(label=trafficker.name)
    seen.locator("#note").fill("You know it")
    seen.get_by_role("button", name="Hand over", exact=True).click()
    seen.get_by_text("has it now").wait_for()
    assert Task.objects.get(key="own").owner == trafficker


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 1024), ("light", 390)])
def test_pages_pass_axe_and_fit(page, lead, order, theme, width):
    seen = page(lead, width=width)
    for path in ("/", "/team/", "/process/", "/cases/open/", f"/accounts/{order.advertiser_id}/"):
        seen.goto(path)
        dress(seen, theme)
        assert violations(seen) == [], path
        assert seen.evaluate("document.documentElement.scrollWidth") == width, path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_portal_fits_a_phone_with_targets_of_44_pixels(page, order, theme):
    lena = personas.client_of(order.advertiser.party, "Lena Ortiz")
    seen = page(lena, width=390, height=844)
    for path in ("/portal/", "/portal/ads/", "/portal/results/", "/portal/bills/", "/portal/messages/"):
        seen.goto(path)
        dress(seen, theme)
        assert violations(seen) == [], path
        assert seen.evaluate("document.documentElement.scrollWidth") == 390
        small = "[...document.querySelectorAll('main a, main button, nav a')].filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
        assert seen.evaluate(small) == [], path
