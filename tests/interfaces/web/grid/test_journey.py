"""A list by keyboard and mouse in a real browser: nothing reloads, everything lands in the URL."""

import pytest

from makegood.work.models import Task
from tests.interfaces.web.components.test_gallery import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(task, lead, oatfield):
    return [task("Click URL missing", hours=1, owner=lead), task("Creative missing", hours=2, owed_by=oatfield), task("Approve 18 % off", hours=3)]


def test_search_filter_and_sort_land_in_the_url(page, lead, three):
    seen = page(lead)
    seen.goto("/tasks/")
    seen.keyboard.press("/")
    seen.keyboard.type("missing", delay=20)
    seen.wait_for_url("**/tasks/?*q=missing*")
    assert seen.locator("tbody tr[data-row]").count() == 2
    assert seen.locator("#q-tasks").evaluate("box => box === document.activeElement")
    seen.get_by_role("link", name="Due", exact=True).click()
    seen.wait_for_url("**sort=-due*")
    seen.locator(".mg-list summary", has_text="Filter").click()
    seen.locator(".mg-list .pop summary", has_text="Owner").click()
    seen.get_by_label("Me", exact=True).check()
    seen.locator(".pop form:visible").get_by_role("button", name="Show").click()
    seen.locator(".mg-filter", has_text="Owner: me").wait_for()
    assert seen.locator("tbody tr[data-row]").count() == 1
    seen.reload()
    assert seen.locator("tbody tr[data-row]").count() == 1


def test_rows_are_chosen_previewed_changed_and_taken_back(page, lead, three):
    seen = page(lead)
    seen.goto("/tasks/")
    seen.keyboard.press("j")
    seen.keyboard.press("x")
    seen.keyboard.press("j")
    seen.keyboard.press("x")
    assert seen.locator("[data-mg-chosen]").inner_text() == "2"
    seen.get_by_role("button", name="Drop", exact=True).click()
    seen.get_by_text("2 of 2 will change").wait_for()
    seen.get_by_label("Why").fill("cancelled")
    seen.get_by_role("button", name="Drop, 2").click()
    seen.locator(".mg-toast", has_text="2 tasks changed").wait_for()
    assert Task.objects.filter(status="dropped").count() == 2
    seen.get_by_role("button", name="Undo").click()
    seen.locator(".mg-toast", has_text="Undone").wait_for()
    assert seen.locator("tbody tr[data-row]").count() == 3
    assert Task.objects.filter(status="open").count() == 3


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_a_list_passes_axe_with_everything_open(page, lead, three, width, theme):
    seen = page(lead, width=width)
    seen.goto("/tasks/?group=owner")
    seen.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
    seen.locator("tbody .pick input").first.check()
    seen.get_by_role("button", name="Hand over").click()
    seen.locator(".mg-preview form").wait_for()
    assert violations(seen) == []
