"""A client's file from refused to seen on a publisher's page: portal, review, set-up, QA by a second person, a real ad server, the count."""

import datetime
import functools
import http.server
import threading

import pytest
from django.utils import timezone

from makegood.creatives.models import Version
from makegood.delivery import jobs as delivery
from makegood.delivery.models import Fact
from makegood.trafficking.models import Assignment, QaRun
from makegood.workflows import jobs as workflows
from tests import personas
from tests.factories import creatives, orders
from tests.factories import trafficking as make
from tests.journeys.conftest import READER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "<!doctype html><title>News</title><h1>News</h1>{tag}"


@pytest.fixture
def order(campaign_manager, trafficker):
    """A booked order of one placement that runs from yesterday on."""
    today = timezone.now().date()
    days = {"start": today - datetime.timedelta(days=1), "end": today + datetime.timedelta(days=12)}
    bank = creatives.advertiser()
    made = orders.order("Harbour Saver", advertiser=bank, account_manager=campaign_manager, campaign_manager=campaign_manager, trafficker=trafficker, **days)
    orders.line(made, make.product(), quantity=1_000_000, **days)
    return orders.booked(made)


@pytest.fixture
def publisher(tmp_path):
    """publisher(html): the address of a news page with that in it, on an origin of its own."""
    served = []

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *ignored: object) -> None:
            pass

    def at(html: str) -> str:
        folder = tmp_path / "site"
        folder.mkdir()
        (folder / "index.html").write_text(PAGE.format(tag=html))
        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
        threading.Thread(target=site.serve_forever, daemon=True).start()
        served.append(site)
        return f"http://localhost:{site.server_address[1]}/"

    yield at
    for site in served:
        site.shutdown()
        site.server_close()


def test_a_file_from_refused_to_counted(window, adserver, order, publisher, reviewer, trafficker, campaign_manager, tmp_path):
    lena = personas.client_of(order.advertiser.party, "Lena Ortiz")
    good = sent_twice(window(lena, width=390, height=844), order, tmp_path)
    decided(window(reviewer), good)
    assigned(window(trafficker), order)
    tag = compared_and_published(window(campaign_manager), order)
    read(window(user_agent=READER), publisher(tag))
    delivery.count_events(0)
    workflows.follow_flights(0)
    assert Fact.objects.get().net >= 1
    seen = window(campaign_manager)
    seen.goto(f"/orders/{order.pk}/?tab=delivery")
    seen.get_by_role("heading", name="From gross to net").wait_for()
    seen.get_by_role("link", name="Creative", exact=True).click()
    assert seen.locator("table.mg-grid tbody tr").first.locator("td").nth(2).inner_text() == str(Fact.objects.get().net)
    seen.locator(".mg-badge", has_text="Live").first.wait_for()


def sent_twice(seen, order, folder) -> Version:
    """On a phone: a file that is too heavy is answered with what to do; the corrected one is taken."""
    bad = creatives.banner(folder, "draft.png", fault="too_heavy")
    fine = creatives.banner(folder, "final.png")
    seen.goto("/portal/ads/")
    seen.get_by_role("link", name="Send another file").click()
    seen.set_input_files("input[type=file]", bad)
    seen.get_by_label("Its name").fill("Bank banner")
    seen.get_by_label("Where a click leads").fill("https://brightwater.example/saver")
    seen.get_by_role("button", name="Send it").click()
    told = seen.get_by_role("alert").inner_text()
    assert "kB" in told or "KB" in told, told
    assert Version.objects.get().verdict == "fail"
    seen.set_input_files("input[type=file]", fine)
    seen.get_by_role("button", name="Send it").click()
    seen.get_by_text("We look at it within").wait_for()
    seen.get_by_text("We are looking at it").first.wait_for()
    return Version.objects.get(status="in_review")


def decided(seen, version) -> None:
    """The reviewer sees the picture from the other origin and approves these bytes."""
    seen.goto(f"/creatives/{version.creative_id}/")
    drawn = "() => { const one = document.querySelector('.mg-preview-ad img'); return one && one.complete && one.naturalWidth === 300 }"
    seen.wait_for_function(drawn)
    seen.get_by_label("Approve", exact=True).check(force=True)
    seen.get_by_role("button", name="Send decision").click()
    seen.get_by_text("Approved for exactly these bytes").wait_for()
    version.refresh_from_db()
    assert version.status == "approved"


def assigned(seen, order) -> None:
    seen.goto(f"/trafficking/{order.pk}/")
    seen.get_by_role("button", name="Assign all that fit").click()
    seen.locator(".mg-traffic").get_by_text("Approved").wait_for()
    assert Assignment.objects.get().click_url == "https://brightwater.example/saver"
    assert seen.get_by_text("your run informs").count() == 1


def compared_and_published(seen, order) -> str:
    """A second person compares and publishes; the tag to paste."""
    seen.goto(f"/trafficking/{order.pk}/")
    seen.get_by_role("button", name="Run QA").click()
    seen.get_by_role("complementary").get_by_text("Passed").wait_for()
    assert QaRun.objects.get().passed
    seen.get_by_role("button", name="Publish").click()
    seen.get_by_text("in plan").first.wait_for()
    seen.goto(f"/trafficking/{order.pk}/?view=tags")
    return seen.locator("pre").inner_text()


def read(seen, url) -> None:
    """A reader opens the page until the advertisement is shown in its frame and its impression has been sent."""
    picture = seen.frame_locator("[data-makegood] iframe").locator("img")
    for _ in range(20):  # the ad server takes the new plan within seconds of its publication
        seen.goto(url)
        seen.wait_for_timeout(700)
        if picture.count():
            break
    assert picture.evaluate("image => image.naturalWidth") == 300
    seen.wait_for_timeout(1500)  # seen for a second
