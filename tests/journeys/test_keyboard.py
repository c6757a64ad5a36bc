"""A day without a mouse: in by the form, found by the palette, a list by its keys, a view kept, a file taken home; light and dark."""

import re

import pytest
import python_calamine

from tests.factories import orders
from tests.interfaces.web.components.test_gallery import dress

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(lead):
    made = [orders.order(f"Campaign {name}", account_manager=lead, campaign_manager=lead) for name in ("Alpha", "Bravo", "Charlie")]
    for order in made:
        orders.line(order)
    return made


def test_in_by_the_form_and_through_the_lists_by_keys(window, lead, three, tmp_path):
    seen = window()
    seen.goto("/orders/")
    seen.locator("#id_login, input[name=login]").first.focus()
    seen.keyboard.type(lead.email)
    seen.keyboard.press("Tab")
    seen.locator("input[name=password]").focus()
    seen.keyboard.type("makegood-demo")
    seen.keyboard.press("Enter")
    seen.wait_for_url(lambda url: url.endswith("/orders/") and "sign-in" not in url)
    walked(seen, three)
    kept_and_taken_home(seen, tmp_path)


def walked(seen, three) -> None:
    """j and k move, Enter opens; the palette leads anywhere."""
    rows = seen.locator("tbody tr[data-row]")
    assert rows.count() == 3
    seen.keyboard.press("j")
    seen.keyboard.press("j")
    seen.keyboard.press("k")
    assert rows.nth(0).evaluate("row => row === document.activeElement || row.contains(document.activeElement) || row.matches('.at, .on, [aria-selected=true]')")
    seen.keyboard.press("Enter")
    seen.wait_for_url(re.compile(r"/orders/\d+/"))
    seen.get_by_role("heading", name="Readiness").wait_for()
    seen.keyboard.press("Control+k")
    seen.keyboard.type("Campaign Bravo")
    seen.locator("#mg-hits .hit.on", has_text="Campaign Bravo").wait_for()
    seen.keyboard.press("Enter")
    seen.wait_for_url(f"**/orders/{three[1].pk}/")


def kept_and_taken_home(seen, folder) -> None:
    """A filtered list saved as a view, and its rows as a workbook."""
    seen.goto("/orders/?q=Charlie")
    seen.locator("summary", has_text="View").first.click()
    seen.locator("input[name=name]:visible").fill("Only Charlie")
    seen.keyboard.press("Enter")
    seen.get_by_text("saved").first.wait_for()
    with seen.expect_download() as waiting:
        seen.evaluate("() => { const link = document.createElement('a'); link.href = '/orders/?q=Charlie&export=xlsx'; link.click() }")
    path = folder / "orders.xlsx"
    waiting.value.save_as(path)
    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    cells = [str(cell) for row in rows for cell in row]
    assert (any("Campaign Charlie" in cell for cell in cells), any("Campaign Alpha" in cell for cell in cells)) == (True, False)


def test_the_theme_is_kept(window, lead):
    seen = window(lead)
    seen.goto("/orders/")
    for name, wanted in (("Dark", "dark"), ("Light", "light")):
        seen.locator("summary", has_text="settings and sign-out").click()
        seen.locator(".pop:visible").get_by_text(name, exact=True).click()
        seen.wait_for_function("wanted => document.documentElement.dataset.bsTheme === wanted", arg=wanted)
        seen.reload()
        assert seen.evaluate("document.documentElement.dataset.bsTheme") == wanted
    background = seen.evaluate("getComputedStyle(document.body).backgroundColor")
    dress(seen, "dark")
    assert seen.evaluate("getComputedStyle(document.body).backgroundColor") != background


def test_out_and_what_was_open_is_closed(window, lead, three):
    seen = window(lead)
    seen.goto("/orders/")
    seen.locator("summary", has_text="settings and sign-out").click()
    seen.locator(".pop:visible").get_by_text("Sign out").click()
    seen.wait_for_url("**/sign-in/**")
    seen.goto(f"/orders/{three[0].pk}/")
    assert "/sign-in/" in seen.url
