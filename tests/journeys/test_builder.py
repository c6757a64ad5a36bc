"""The order builder in a browser: twenty rows pasted, an error put right, filled down, undone, a warning dismissed, saved, and there again."""

import re
from decimal import Decimal

import pytest

from makegood.catalog.actions import packages
from makegood.catalog.models import Product
from makegood.orders.actions import lines
from makegood.orders.models import Order
from tests.factories import catalog, orders
from tests.factories.accounts import NOW
from tests.interfaces.web.components.test_gallery import dress, violations

pytestmark = [pytest.mark.usefixtures("story_day"), pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTE = """text => { const data = new DataTransfer(); data.setData('text/plain', text);
document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }"""


@pytest.fixture
def order(lead) -> Order:
    catalog.run_of_site(requests=400_000), catalog.takeover()
    return orders.order(by=lead)


def opened(window, lead, order, **size):
    seen = window(lead, **size)
    seen.goto(f"/orders/{order.pk}/build/")
    seen.wait_for_selector("#mg-build[data-ready]")
    return seen


def checked(seen, errors: str) -> None:
    """Wait for the check's word."""
    seen.wait_for_function("said => document.querySelector('[data-build=busy]').textContent === 'Checked just now.' && document.querySelector('[data-build=errors]').textContent === said", arg=errors)


def cell(seen, row: int, column: str):
    return seen.locator(f"#mg-build-grid .tabulator-row:nth-child({row}) .c-{column}")


def pasted(seen) -> None:
    rows = [["Product", "Name", "Start", "End", "Impressions", "Rate"]]
    rows += [["Run of site", f"Line {n}", "7 Dec 2026", "20 Dec 2026", f"{n}0,000", "10.50"] for n in range(1, 21)]
    rows[3][3] = "31 Nov 2026"
    rows[5][1], rows[5][5] = '"Line 5\nin two"', "5"
    seen.evaluate(PASTE, "\r\n".join("\t".join(row) for row in rows))


def test_paste_put_right_fill_down_undo_dismiss_save_and_reload(window, lead, order):
    seen = opened(window, lead, order)
    pasted(seen)
    checked(seen, "1 error to put right")
    assert "31 Nov" in cell(seen, 3, "end").inner_text() and "err" in cell(seen, 3, "end").get_attribute("class")
    cell(seen, 3, "end").click()
    seen.keyboard.type("20.12.2026")
    seen.keyboard.press("Enter")
    checked(seen, "")
    cell(seen, 2, "rate").click()
    seen.keyboard.type("11")
    seen.keyboard.press("Enter")
    seen.keyboard.press("ArrowUp")
    seen.keyboard.press("Shift+ArrowDown")
    seen.keyboard.press("Shift+ArrowDown")
    seen.keyboard.press("Control+d")
    assert cell(seen, 4, "rate").inner_text() == cell(seen, 2, "rate").inner_text()
    seen.keyboard.press("Control+z")
    checked(seen, "")
    assert [cell(seen, row, "rate").inner_text() for row in (2, 3, 4)] == ["11.00", "10.50", "10.50"]
    dismissed(seen)
    seen.keyboard.press("Escape")
    seen.locator("[data-build=save]").click()
    seen.get_by_text("Saved.").first.wait_for()
    seen.reload()
    seen.wait_for_selector("#mg-build[data-ready]")
    assert [cell(seen, 5, name).inner_text() for name in ("name", "quantity", "rate")] == ["Line 5 in two", "50,000", "5.00"]
    kept = order.lines.order_by("number")
    assert [(line.number, line.quantity) for line in kept] == [(n, n * 10_000) for n in range(1, 21)]
    assert (kept[1].rate, kept[4].name, kept[4].detail.dismissed["below_floor@rate"]["reason"]) == (11, "Line 5 in two", "Agreed with the lead")
    assert violations(seen) == []


def dismissed(seen) -> None:
    """The warning of the fifth row, with a reason."""
    cell(seen, 5, "rate").click()
    seen.locator("#mg-build-panel input[name=reason]").fill("Agreed with the lead")
    seen.locator("#mg-build-panel button", has_text="Dismiss").click()
    seen.locator("#mg-build-panel", has_text="Dismissed: Agreed with the lead").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_products_and_packages_are_found_while_typing_and_added_value_is_marked_in_place(window, lead, order, theme):
    site, takeover = (Product.objects.get(name=name) for name in ("Run of site", "Homepage takeover"))
    packages.set_package("launch", "Launch", price=Decimal(24_000), items=[(site, 500_000, False), (takeover, 1, False), (site, 100_000, True)], by=lead, at=NOW)
    seen = opened(window, lead, order)
    dress(seen, theme)
    cell(seen, 1, "product").click()
    seen.keyboard.type("ru")
    option = seen.get_by_role("option", name=re.compile("Run of site"))
    option.wait_for()
    assert "$12.00 CPM" in option.inner_text() and "impressions free" in option.inner_text()
    assert violations(seen) == []
    seen.keyboard.press("ArrowDown")
    seen.keyboard.press("Enter")
    assert cell(seen, 1, "product").inner_text() == "Run of site" and seen.locator("#mg-build-offers").is_hidden()
    cell(seen, 1, "quantity").click()
    seen.keyboard.type("200000")
    seen.keyboard.press("Enter")
    checked(seen, "")
    cell(seen, 1, "name").click()
    seen.keyboard.press("Alt+v")
    checked(seen, "")
    seen.wait_for_function("() => document.querySelector('#mg-build-grid .c-added .ok')?.textContent.includes('2,400.00')")
    cell(seen, 2, "product").click()
    seen.keyboard.type("launch")
    seen.get_by_role("option", name=re.compile("Package")).click()
    seen.locator("#mg-build-panel").get_by_text("Divided by what each line is worth by the card").wait_for()
    checked(seen, "")
    assert [cell(seen, row, "gross").inner_text() for row in (2, 3, 4)] == ["4,800.00", "19,200.00", "0.00"]
    assert violations(seen) == []
    seen.get_by_label("Price of the package").fill("30000")
    seen.get_by_role("button", name="Divide again").click()
    seen.wait_for_function("() => document.querySelector('#mg-build-grid .tabulator-row:nth-child(3) .c-gross').textContent === '24,000.00'")
    checked(seen, "")
    seen.locator("[data-build=save]").click()
    seen.get_by_text("Saved.").first.wait_for()
    kept = list(order.lines.order_by("number").values_list("detail__package", "amount", "detail__added_value"))
    assert kept == [("", 0, True), ("launch", 6_000, False), ("launch", 24_000, False), ("launch", 0, True)]


def test_both_values_are_offered_and_nothing_typed_is_lost(window, lead, order):
    line = orders.line(order)
    seen = opened(window, lead, order)
    cell(seen, 1, "quantity").click()
    seen.keyboard.type("600k")
    seen.keyboard.press("Enter")
    checked(seen, "")
    seen.on("dialog", lambda dialog: dialog.accept())
    seen.reload()
    seen.get_by_text("What you had not saved is here again.").first.wait_for()
    lines.edit(line, by=lead, at=NOW, quantity=700_000)
    seen.locator("[data-build=save]").click()
    seen.get_by_role("button", name=re.compile("Mine: 600(k|000)")).click()  # as typed, or as the check understood it
    seen.locator("[data-build=save]").click()
    seen.wait_for_function("() => document.querySelector('[data-build=said]').textContent.startsWith('Saved: 1 changed')")
    line.refresh_from_db()
    assert line.quantity == 600_000
