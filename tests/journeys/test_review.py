"""Six files from a client, two of which fail: one is corrected, for the other an exception is asked; a reviewer decides, the lead
gives the exception, and the flight has all it needs.

With MAKEGOOD_SHOTS=FOLDER each stop is photographed there: `MAKEGOOD_SHOTS=docs/screens python -m pytest -n 0 tests/journeys/test_review.py`.
"""

import datetime
import json
import os
import pathlib

import pytest
from django.utils import timezone

from makegood.creatives.models import Decision, Version
from makegood.trafficking.models import Assignment
from makegood.trafficking.queries import readiness
from tests import personas
from tests.factories import creatives, orders
from tests.factories import trafficking as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = ("300x250", "728x90", "160x600", "300x600", "970x250", "320x50")
FAILING = ("160x600", "300x600")
SHOTS = os.environ.get("MAKEGOOD_SHOTS", "")


def shot(seen, name: str) -> None:
    if SHOTS:
        seen.evaluate("document.fonts.ready")
        seen.screenshot(path=pathlib.Path(SHOTS) / f"journey-{name}.png")


@pytest.fixture
def order(campaign_manager, trafficker, account_manager):
    """A booked order of one line in six sizes that starts in ten days."""
    today = timezone.now().date()
    days = {"start": today + datetime.timedelta(days=10), "end": today + datetime.timedelta(days=40)}
    bank = creatives.advertiser(owner=account_manager)
    made = orders.order("Harbour Saver", advertiser=bank, account_manager=account_manager, campaign_manager=campaign_manager, trafficker=trafficker, **days)
    orders.line(made, make.product(sizes=SIZES), quantity=1_000_000, **days)
    return orders.booked(made)


def test_six_files_two_exceptions_and_a_flight_that_is_ready(window, adserver, order, reviewer, lead, trafficker, campaign_manager, tmp_path):
    lena = personas.client_of(order.advertiser.party, "Lena Ortiz")
    seen = window(lena, width=390, height=844)
    six_sent(seen, tmp_path)
    one_corrected(seen, tmp_path)
    one_asked_for(seen)
    decided(window(reviewer))
    excepted(window(lead))
    told(seen)
    assigned(window(trafficker), order)
    flight = order.lines.get().flights.get()
    assert readiness.creatives([flight.pk], at=timezone.now())[flight.pk].held
    assert Assignment.objects.filter(status="active").count() == len(SIZES)
    compared(window(campaign_manager), order)
    flight.refresh_from_db()
    assert flight.status == "ready"


def six_sent(seen, folder) -> None:
    """All at once from a phone; the two that fail say what to change."""
    seen.goto("/portal/ads/")
    assert seen.get_by_text("Missing").count() == len(SIZES)
    seen.get_by_text("What it must be").first.click()
    seen.get_by_text("KB").first.wait_for()
    shot(seen, "1-needed")
    seen.get_by_role("link", name="Send another file").click()
    files = [creatives.banner(folder, f"{size}.png", size=size, seed=n, fault="too_heavy" if size in FAILING else None) for n, size in enumerate(SIZES)]
    seen.set_input_files("input[type=file]", files)
    seen.get_by_label("Where a click leads").fill("https://brightwater.example/saver")
    seen.get_by_role("button", name="Send it").click()
    seen.get_by_role("alert").first.wait_for()
    assert (seen.get_by_role("alert").count(), seen.get_by_text("It is here.").count()) == (2, 4)
    shot(seen, "2-checked")
    assert sorted(Version.objects.filter(status="failed").values_list("creative__name", flat=True)) == sorted(FAILING)


def one_corrected(seen, folder) -> None:
    fixed = creatives.banner(folder, "fixed.png", size=FAILING[0], seed=9)
    seen.get_by_role("alert").filter(has_text=FAILING[0]).get_by_role("link", name="Send again").click()
    seen.set_input_files("input[type=file]", fixed)
    seen.get_by_role("button", name="Send it").click()
    seen.get_by_text("We look at it within").wait_for()


def one_asked_for(seen) -> None:
    """The other cannot be smaller; the client says why, and until when."""
    seen.get_by_text("Needs a change").wait_for()
    seen.get_by_role("link", name="300×600", exact=True).click()
    seen.get_by_label("Why").fill("The photograph loses its detail below this weight.")
    seen.get_by_role("button", name="Ask for it").scroll_into_view_if_needed()
    shot(seen, "3-asking")
    seen.get_by_role("button", name="Ask for it").click()
    seen.get_by_text("You asked us to let it run as it is").wait_for()


def decided(seen) -> None:
    """Five from the queue; the picture is seen, a remark pinned to it."""
    seen.goto("/creatives/review/")
    seen.get_by_role("heading", name="5 creatives wait for a decision").wait_for()
    shot(seen, "4-queue")
    for number in range(5):
        seen.goto("/creatives/review/")
        seen.get_by_role("link", name="Decide").first.click()
        seen.wait_for_function("() => [...document.querySelectorAll('.mg-preview-ad img')].every((one) => one.complete && one.naturalWidth)")
        if number == 0:
            pinned(seen)
        seen.get_by_label("Approve", exact=True).check(force=True)
        seen.get_by_role("button", name="Send decision").click()
        seen.get_by_text("Approved for exactly these bytes").wait_for()
    assert Decision.objects.filter(outcome="approve").count() == 5


def pinned(seen) -> None:
    seen.get_by_text("Pin a remark").click()
    seen.locator("[data-mg-place] img").click(position={"x": 60, "y": 40})
    seen.get_by_label("Remark", exact=True).fill("The logo could be larger next time")
    seen.get_by_role("button", name="Pin it").click()
    seen.locator(".mg-pins path").first.wait_for()
    assert seen.locator(".mg-pins svg").count() == 1
    shot(seen, "5-room")


def excepted(seen) -> None:
    """The lead finds it in the same queue, and gives it."""
    seen.goto("/creatives/review/")
    seen.get_by_role("link", name="Decide: Exception for 300x600 v1").click()
    seen.get_by_text("loses its detail").wait_for()
    shot(seen, "6-exception")
    seen.get_by_role("button", name="Approve", exact=True).click()
    seen.wait_for_url("**/")
    decision = Decision.objects.get(outcome="exception")
    assert (decision.by.name, decision.expires_on is not None) == ("Ruth Delgado", True)


def told(seen) -> None:
    """The client reads it in plain words."""
    seen.goto("/portal/ads/")
    assert seen.get_by_text("Approved", exact=True).count() == len(SIZES)
    shot(seen, "7-told")
    seen.get_by_role("link", name="300×600", exact=True).click()
    seen.get_by_text("It may run until").wait_for()


def assigned(seen, order) -> None:
    seen.goto(f"/trafficking/{order.pk}/")
    seen.get_by_role("button", name="Assign all that fit").click()
    seen.locator(".mg-traffic").get_by_text("Approved").first.wait_for()
    answer = seen.request.get(f"/creatives/versions/{Version.objects.filter(status='approved').first().pk}/approval.json")
    assert json.loads(answer.body())["format"] == "makegood-approval/1"


def compared(seen, order) -> None:
    """A second person compares what was signed with what is set up and publishes it: the flight is ready."""
    seen.goto(f"/trafficking/{order.pk}/")
    seen.get_by_role("button", name="Run QA").click()
    seen.get_by_role("complementary").get_by_text("Passed").wait_for()
    seen.get_by_role("button", name="Publish").click()
    seen.get_by_text("in plan").first.wait_for()
    shot(seen, "8-ready")
