"""From a brief to a signed and booked order with one approval refused and asked again; then a commercial change and one of delivery only.

With MAKEGOOD_SHOTS=FOLDER each stop is photographed there: `MAKEGOOD_SHOTS=docs/screens python -m pytest -n 0 tests/journeys/test_sale.py`.
"""

import os
import pathlib
import re

import pytest
from django.utils import timezone

from makegood.accounts.actions import contacts
from makegood.catalog.actions import clauses
from makegood.orders import signing_links
from makegood.orders.models import ChangeOrder, IssuedFile, Order, SignatureRequest
from makegood.sales.models import Brief, Plan
from makegood.work.models import Approval
from tests import personas
from tests.factories import accounts, orders, planning
from tests.interfaces.web.components.test_gallery import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("MAKEGOOD_SHOTS", "")
LENA = "lena.ortiz@brightwater.example"


def shot(seen, name: str) -> None:
    if SHOTS:
        seen.evaluate("document.fonts.ready")
        seen.screenshot(path=pathlib.Path(SHOTS) / f"sale-{name}.png")


@pytest.fixture
def bank(sales):
    """The seller with products one can plan on, clauses in force, a lead's rule on discounts; a client and its contact."""
    accounts.seller()
    planning.stocked(timezone.now())
    for one in clauses.adopt("en", by=None, at=timezone.now()):
        assert one.clause
    orders.rule("discount", "10")
    made = accounts.advertiser("Brightwater Bank", owner=sales)
    contacts.add_contact(made, "Lena Ortiz", by=None, at=timezone.now(), email=LENA)
    return made


def test_from_a_brief_to_a_booked_order_and_two_changes(window, bank, sales, account_manager, lead, campaign_manager):
    seller = window(sales)
    briefed(seller, bank)
    order = planned(seller)
    cheaper(window(account_manager), order)
    refused(window(lead), order)
    dearer(window(account_manager), order)
    signed_by_link(window(account_manager), window(width=390, height=844), order)
    booked(window(campaign_manager), order)
    changed(window(account_manager), window(personas.client_of(bank.party, "Lena Ortiz"), width=390, height=844), order)
    pushed(window(campaign_manager), order)
    numbers = order.revisions.order_by("number").values_list("number", "kind")
    assert [kind for _, kind in numbers][-2:] == ["agreed", "delivery"]
    assert IssuedFile.objects.filter(revision__order=order, kind="sealed").count() == 2


def briefed(seen, bank) -> None:
    """Written down as it was asked for."""
    today = timezone.localdate()
    seen.goto("/plans/new/")
    seen.get_by_label("Campaign", exact=True).fill("Harvest accounts")
    seen.get_by_label("Advertiser", exact=True).select_option(str(bank.pk))
    seen.get_by_label("Objective", exact=True).select_option("consideration")
    seen.get_by_label("Budget", exact=True).fill("40000")
    seen.get_by_label("First day").fill((today + timezone.timedelta(days=10)).isoformat())
    seen.get_by_label("Last day").fill((today + timezone.timedelta(days=39)).isoformat())
    seen.locator("[name=kpi_type]").select_option("clicks")
    seen.get_by_role("button", name="Put it in the pipeline").click()
    seen.get_by_role("button", name="Plan it").wait_for()
    assert Brief.objects.get().kpi_type == "clicks"


def planned(seen) -> Order:
    """The mix with its reasons, and the order it becomes."""
    seen.get_by_role("button", name="Plan it").click()
    seen.get_by_role("heading", name="Other plans for this brief").wait_for()
    plan = Plan.objects.get()
    assert plan.lines.count() > 1 and violations(seen) == []
    shot(seen, "1-plan")
    seen.get_by_role("button", name="Make it an order").click()
    seen.wait_for_url(re.compile(r"/orders/\d+/"))
    return Order.objects.get()


def cheaper(seen, order) -> None:
    """In the builder one rate goes a quarter under the card: the sheet says that it needs approval, and it is sent for it."""
    rate_typed(seen, order, factor="0.75")
    seen.get_by_text("Would need approval").wait_for()
    shot(seen, "2-builder")
    saved(seen)
    submitted(seen, order)
    assert Approval.objects.get(kind="discount", status="pending").measure >= 20


def refused(seen, order) -> None:
    """The lead sees everything on one page, and says no with the reason."""
    seen.goto(f"/orders/{order.pk}/review/")
    seen.get_by_text("off the card").first.wait_for()
    shot(seen, "3-review")
    assert violations(seen) == []
    seen.locator("[name=reason]").first.fill("Ten per cent at most in this quarter")
    seen.get_by_role("button", name="Send back").first.click()
    seen.get_by_text("Ten per cent at most").first.wait_for()
    order.refresh_from_db()
    assert order.status == "draft"


def dearer(seen, order) -> None:
    """Back at the card's rate nothing is left to approve."""
    rate_typed(seen, order, factor="1")
    saved(seen)
    submitted(seen, order)
    order.refresh_from_db()
    assert order.status == "approved"


def signed_by_link(seen, phone, order) -> None:
    """Sent to one contact; opened on a phone with the code from the mail; signed there, and by us."""
    seen.goto(f"/orders/{order.pk}/documents/")
    seen.get_by_label("Who signs").select_option(index=0)
    seen.get_by_role("button", name="Send for signature").click()
    seen.get_by_role("button", name="Remind").wait_for()
    assert violations(seen) == []
    request = SignatureRequest.objects.get()
    phone.goto(f"/portal/sign/{signing_links.token(request)}/")
    phone.get_by_role("button", name=re.compile("code", re.I)).first.click()
    phone.wait_for_load_state()
    request.refresh_from_db()
    phone.locator("[name=code]").fill(signing_links.code(request))
    phone.get_by_role("button", name=re.compile("Open", re.I)).click()
    phone.locator("[name=name]").first.fill("Lena Ortiz")
    phone.locator("[name=title]").first.fill("Head of media")
    phone.locator("[name=agree]").first.check()
    shot(phone, "4-signing")
    assert (violations(phone), phone.evaluate("document.documentElement.scrollWidth")) == ([], 390)
    phone.get_by_role("button", name="Sign", exact=True).click()
    phone.get_by_text(re.compile("signed", re.I)).first.wait_for()
    seen.goto(f"/orders/{order.pk}/")
    seen.locator("summary", has_text="Sign for us").click()
    seen.locator("#sign-name:visible").fill("Dana Whitfield")
    seen.locator("form:visible", has=seen.locator("#sign-name")).get_by_role("button").click()
    seen.get_by_text("Signed").first.wait_for()
    order.refresh_from_db()
    assert order.status == "signed"


def booked(seen, order) -> None:
    seen.goto(f"/orders/{order.pk}/")
    seen.get_by_role("button", name="Book").first.click()
    seen.locator(".mg-badge", has_text="Booked").first.wait_for()


def changed(seen, phone, order) -> None:
    """More of the first line: previewed with its money, signed by both while the order stays as it was, then in effect."""
    order.refresh_from_db()
    line, before = order.lines.order_by("number").first(), order.gross
    begun(seen, order)
    seen.goto(f"{seen.url.partition('?')[0]}?line={line.number}")
    card = seen.locator("form", has=seen.locator("input[name=op][value='line.quantity']"))
    card.locator("[name=quantity]").fill(str(line.quantity + 20_000 if line.unit == "impressions" else line.quantity + 1))
    card.get_by_role("button").click()
    seen.get_by_role("button", name=re.compile("Send for (approval|signature)")).wait_for()
    shot(seen, "5-change")
    assert violations(seen) == []
    seen.get_by_role("button", name=re.compile("Send for (approval|signature)")).click()
    seen.get_by_role("button", name="Sign for us").click()
    phone.goto("/portal/")
    phone.locator(".mg-card.first").get_by_role("link").first.click()
    phone.get_by_role("heading", name="Sign the change").wait_for()
    shot(phone, "6-change-signed")
    phone.get_by_label("Type your full name").fill("Lena Ortiz")
    phone.get_by_label("I may sign for").check()
    phone.get_by_role("button", name="Sign", exact=True).click()
    phone.wait_for_url(f"**/portal/orders/{order.pk}/")
    order.refresh_from_db()
    assert ChangeOrder.objects.get().status == "applied" and order.gross > before


def pushed(seen, order) -> None:
    """A cap needs nobody's consent."""
    line = order.lines.filter(unit="impressions").order_by("number").first()
    begun(seen, order)
    seen.goto(f"{seen.url.partition('?')[0]}?line={line.number}")
    card = seen.locator("form", has=seen.locator("input[name=op][value='line.cap']"))
    card.locator("[name=cap_count]").fill("3")
    card.locator("[name=cap_hours]").fill("24")
    card.get_by_role("button").click()
    seen.get_by_role("button", name="Push now").click()
    seen.wait_for_url(f"**/orders/{order.pk}/")
    line.refresh_from_db()
    assert (line.cap_count, line.cap_hours) == (3, 24)


def begun(seen, order) -> None:
    seen.goto(f"/orders/{order.pk}/")
    menu = seen.locator("summary", has=seen.locator(".ti-dots"))
    if menu.count():
        menu.first.click()
    seen.get_by_role("button", name="Change this order").first.click()
    seen.wait_for_url("**/orders/changes/*/**")


def rate_typed(seen, order, *, factor: str) -> None:
    """The first impressions line's rate as this part of its card rate."""
    order.refresh_from_db()
    line = order.lines.filter(rate_type="CPM").order_by("number").first()
    place = list(order.lines.order_by("number").values_list("pk", flat=True)).index(line.pk) + 1
    seen.goto(f"/orders/{order.pk}/build/")
    seen.wait_for_selector("#mg-build[data-ready]")
    seen.locator(f"#mg-build-grid .tabulator-row:nth-child({place}) .c-rate").click()
    seen.keyboard.type(f"{float(line.card_rate) * float(factor):.2f}")
    seen.keyboard.press("Enter")
    seen.wait_for_function("document.querySelector('[data-build=busy]').textContent === 'Checked just now.'")


def saved(seen) -> None:
    seen.locator("[data-build=save]").click()
    seen.get_by_text("Saved.").first.wait_for()


def submitted(seen, order) -> None:
    seen.goto(f"/orders/{order.pk}/")
    seen.get_by_role("button", name="Submit").first.click()
    seen.locator(".mg-badge", has_text=re.compile("Pending approval|Approved")).first.wait_for()
