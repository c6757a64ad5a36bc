"""The import in a real browser: a cell leads to its place and back, a fix stays where one was, the commit opens the order."""

import pytest

from makegood.documents.written import sample_orders
from makegood.orders.models import Order
from tests.factories import accounts, catalog
from tests.interfaces.web.components.test_gallery import violations
from tests.interfaces.web.imports.test_import import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ready(db):
    accounts.seller()
    accounts.agency("Parallel Media", advertiser=accounts.advertiser())
    return catalog.run_of_site(requests=400_000)


def test_from_a_dropped_csv_to_the_campaign(page, account_manager, ready, tmp_path):
    path = tmp_path / "io.csv"
    path.write_bytes(sample_orders.csv_bytes(sample()).replace(b"2026-12-20,100000", b"2026-11-31,100000"))
    seen = page(account_manager)
    seen.goto("/orders/import/")
    seen.set_input_files("input[type=file]", path)
    seen.wait_for_url("**/orders/import/*/")
    seen.locator('td[data-mg-cell="line:1:amount"]').click()
    assert seen.locator(".mg-sheet td.on").get_attribute("data-mg-key") == "line:1:amount"
    seen.locator('.mg-sheet td[data-mg-key="line:1:end"]').click()
    assert seen.locator("tr.on").get_attribute("data-mg-row") == "line:1"
    assert violations(seen) == []
    seen.locator("tr.fix input[name=value]").first.fill("2026-12-20")
    seen.locator("tr.fix").get_by_role("button", name="Put right").first.click()
    seen.locator("tr.fix").first.wait_for(state="detached")
    seen.get_by_role("button", name="Parallel Media").click()
    seen.get_by_text("Nothing is open").wait_for()
    seen.get_by_role("button", name="Create draft order").click()
    seen.wait_for_url("**/orders/*/")
    seen.get_by_role("heading", name="Readiness").wait_for()
    assert Order.objects.get().status == "draft"
    seen.locator(".mg-toast").get_by_role("button", name="Undo").click()
    seen.wait_for_url("**/orders/import/*/")
    assert Order.objects.get().status == "cancelled"
