"""What is agreed with a client, changed in a real browser: an agreement's rate and terms; nothing sticking out, nothing axe finds."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from makegood.accounts.actions import accounts as acts
from makegood.accounts.actions import contracts
from tests.factories import catalog, orders
from tests.interfaces.web.components.test_gallery import dress, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def order(account_manager):
    made = orders.drafted(by=account_manager)
    acts.set_terms(made.bill_to, by=None, at=timezone.now(), why="new client", prepay=True)
    return made


@pytest.fixture
def contract(order):
    today = timezone.localdate()
    return contracts.create(order.advertiser, "Year", start=today, end=today + datetime.timedelta(days=300), commitment=Decimal(1), by=None, at=timezone.now())


def test_a_rate_is_protected_and_a_category_kept(page, lead, contract):
    product, seen = catalog.run_of_site(), page(lead)
    seen.goto(f"/contracts/{contract.pk}/")
    seen.get_by_text("Protect a rate").click()
    seen.get_by_label("Product").select_option(str(product.pk))
    seen.get_by_label("Rate, USD").fill("8.5")
    seen.get_by_role("button", name="Protect").click()
    seen.get_by_role("heading", name="Protected rates").wait_for()
    seen.get_by_role("link", name="Change what is agreed").click()
    seen.get_by_role("group", name="Tier 1").get_by_label("From net spend").fill("50000")
    seen.get_by_role("group", name="Tier 1").get_by_label("Rebate, %").fill("2.5")
    seen.get_by_label("Category kept for them").fill("Food")
    seen.get_by_label("Northlight News").check()
    seen.get_by_role("button", name="Keep", exact=True).click()
    seen.get_by_text("Food, Northlight News").wait_for()
    contract.refresh_from_db()
    assert (contract.rates.get().rate, contract.exclusive_category) == (Decimal("8.5"), "Food")
    assert contract.tiers.get().rebate_pct == Decimal("2.5")
    seen.get_by_role("button", name="Take out").click()
    seen.get_by_text("Rate taken out").wait_for()
    assert not contract.rates.exists()


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_pages_pass_axe_and_fit(page, admin, order, contract, theme, width):
    seen = page(admin, width=width)
    for path in ("/contracts/new/", f"/contracts/{contract.pk}/terms/", f"/contracts/{contract.pk}/", f"/accounts/{contract.account_id}/", f"/orders/{order.pk}/?tab=money", "/approvals/rules/"):
        seen.goto(path)
        dress(seen, theme)
        seen.evaluate("document.querySelectorAll('details.mg-more').forEach((one) => { one.open = true; })")
        assert violations(seen) == [], path
        assert seen.evaluate("document.documentElement.scrollWidth") == width, path
