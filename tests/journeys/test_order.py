"""From an agency's workbook to a booked campaign, through five people's browsers."""

import datetime

import pytest
from django.utils import timezone

from makegood.orders.models import Order
from makegood.work.models import Approval
from tests import personas
from tests.factories import accounts, catalog, orders
from tests.interfaces.web.components.test_gallery import violations
from tests.journeys import hostile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(account_manager, campaign_manager, lead):
    """The seller, one product at $12 with a floor of $8, a client, and a rule: more than ten per cent off is a lead's to approve."""
    accounts.seller()
    own = accounts.advertiser(owner=account_manager)
    catalog.run_of_site()
    orders.rule("discount", "10")
    return personas.client_of(own.party, "Lena Ortiz")


def workbook(folder):
    """500,000 at $9 over two weeks from the week after next; its start and its currency are wrong."""
    first = timezone.now().date() + datetime.timedelta(days=14)
    last = first + datetime.timedelta(days=13)
    path = hostile.order(folder / "io.xlsx", B5="XQZ", B8="31/02/2026", C8=last.isoformat(), E8=9, F8=4500, F9=4500)
    return path, first, last


def test_an_order_from_document_to_booked(window, house, account_manager, campaign_manager, lead, tmp_path):
    path, first, last = workbook(tmp_path)
    order = imported(window(account_manager), path, first)
    assert (order.status, order.currency, str(order.gross), order.start, order.end) == ("draft", "USD", "4500.00", first, last)
    submitted(window(account_manager), order)
    approved(window(lead), order)
    signed_by_us(window(account_manager), order)
    signed_by_the_client(window(house, width=390, height=844), order)
    booked(window(campaign_manager), order)
    order.refresh_from_db()
    assert (order.status, order.lines.get().status) == ("booked", "booked")
    assert order.lines.get().flights.get().reservations.count() == 1


def imported(seen, path, first) -> Order:
    """The document dropped, two cells put right, the draft created."""
    seen.goto("/orders/import/")
    seen.set_input_files("input[type=file]", path)
    seen.wait_for_url("**/orders/import/*/")
    start = seen.locator("tr.fix", has_text="is not in the calendar")
    start.locator("input[name=value]").fill(first.isoformat())
    start.get_by_role("button", name="Put right").click()
    start.wait_for(state="detached")
    currency = seen.locator(".mg-fix", has_text="no ISO 4217 currency")
    currency.locator("input[name=value]").fill("USD")
    currency.get_by_role("button", name="Put right").click()
    currency.wait_for(state="detached")
    seen.get_by_text("Nothing is open").wait_for()
    seen.get_by_role("button", name="Create draft order").click()
    seen.get_by_role("heading", name="Readiness").wait_for()
    return Order.objects.get()


def submitted(seen, order) -> None:
    seen.goto(f"/orders/{order.pk}/")
    seen.get_by_role("button", name="Submit").first.click()
    seen.locator(".mg-badge", has_text="Pending approval").wait_for()
    assert seen.get_by_role("button", name="Approve").count() == 0  # whoever made it does not decide it


def approved(seen, order) -> None:
    asked = Approval.objects.get(kind="discount")
    assert asked.measure == 25
    seen.goto("/")
    seen.locator("#queue").get_by_text(asked.title).first.wait_for()
    seen.goto(f"/orders/{order.pk}/")
    seen.get_by_role("button", name="Approve", exact=True).click()
    seen.locator(".mg-badge", has_text="Approved").first.wait_for()


def signed_by_us(seen, order) -> None:
    seen.goto(f"/orders/{order.pk}/")
    seen.locator("summary", has_text="Sign for us").click()
    seen.locator("#sign-name:visible").fill("Dana Whitfield")
    seen.locator("form:visible", has=seen.locator("#sign-name")).get_by_role("button").click()
    seen.get_by_text("Signed for us").first.wait_for()


def signed_by_the_client(seen, order) -> None:
    """On a phone: the one thing to do first, the order with its fingerprint, a typed name."""
    seen.goto("/portal/")
    seen.locator(".mg-card.first").get_by_role("link").first.click()
    seen.wait_for_url(f"**/portal/orders/{order.pk}/sign/")
    assert seen.locator(".mg-hash").first.inner_text() == order.revisions.latest("number").sha256
    assert (violations(seen), seen.evaluate("document.documentElement.scrollWidth")) == ([], 390)
    seen.get_by_label("Type your full name").fill("Lena Ortiz")
    seen.get_by_label("I may sign for").check()
    seen.get_by_role("button", name="Sign", exact=True).click()
    seen.wait_for_url(f"**/portal/orders/{order.pk}/")
    assert seen.get_by_text("4,500").count() + seen.get_by_text("Signed").count() > 0


def booked(seen, order) -> None:
    seen.goto(f"/orders/{order.pk}/")
    seen.get_by_role("button", name="Book").first.click()
    seen.locator(".mg-badge", has_text="Booked").first.wait_for()
