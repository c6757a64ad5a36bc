"""Every component in a real browser: accessible in both themes, obeying the content security policy, usable by keyboard."""

import pathlib

import pytest

from makegood.interfaces.web import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = pathlib.Path(build.ROOT / "node_modules/axe-core/axe.min.js")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}


def violations(page, rules=RULES):
    """What axe finds, as short lines. COLOURS are the rules that look at them: what is left to ask of a page in its other theme."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())  # through the protocol, not the page: the policy stays as it is
    found = page.evaluate("rules => axe.run(document, rules).then(found => found.violations)", rules)
    return [f"{each['id']}: {node['html'][:140]} {node.get('failureSummary', '')[:160]}" for each in found for node in each["nodes"]]


def dress(page, theme):
    """Show the page in a theme, its colours at once instead of over 150 ms."""
    page.evaluate(
        """theme => {
            document.documentElement.dataset.bsTheme = theme
            document.getAnimations().filter(one => one instanceof CSSTransition).forEach(one => one.finish())
        }""",
        theme,
    )


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 1440), ("light", 390)])
def test_the_gallery_passes_axe(page, lead, theme, width):
    seen = page(lead, width=width)
    seen.goto("/styleguide/")
    dress(seen, theme)
    assert violations(seen) == []


def test_axe_would_have_found_a_fault(page, lead):
    seen = page(lead)
    seen.goto("/styleguide/")
    seen.evaluate("document.querySelector('.btn-ic[aria-label]').removeAttribute('aria-label')")
    assert [line.split(":")[0] for line in violations(seen)] == ["button-name"]
    dress(seen, "dark")
    assert violations(seen, COLOURS) == []
    seen.evaluate("document.querySelector('h1').style.color = getComputedStyle(document.body).backgroundColor")
    assert [line.split(":")[0] for line in violations(seen, COLOURS)] == ["color-contrast"]


@pytest.mark.parametrize("width", [1440, 1280, 1024, 768, 390])
def test_nothing_sticks_out_sideways(page, lead, width):
    seen = page(lead, width=width)
    seen.goto("/styleguide/")
    assert seen.evaluate("document.documentElement.scrollWidth") == width
    assert seen.evaluate("document.querySelector('.mg-main').scrollWidth <= document.querySelector('.mg-main').clientWidth")


def test_a_figure_explains_itself_by_keyboard(page, lead):
    seen = page(lead)
    seen.goto("/styleguide/")
    seen.locator(".mg-figure").last.focus()
    seen.keyboard.press("Enter")
    card = seen.locator(".mg-explain:popover-open")
    assert card.locator(".eq .v").inner_text() == "2,134,030"
    seen.keyboard.press("Escape")
    assert seen.locator(".mg-explain:popover-open").count() == 0


def test_a_box_on_the_page_selects_its_row_and_back(page, lead):
    seen = page(lead)
    seen.goto("/styleguide/")
    seen.locator('.box[data-mg-key="line-3-end"]').click()
    assert seen.locator("tr.on[data-mg-row]").get_attribute("data-mg-row") == "line-3"
    seen.locator('[data-mg-cell="line-1-placement"]').click()
    assert seen.locator(".box.on").get_attribute("data-mg-key") == "line-1-placement"


def test_a_live_chart_is_drawn_under_the_policy(page, lead):
    seen = page(lead)
    seen.goto("/styleguide/")
    seen.locator("[data-mg-chart].vega-embed svg").wait_for()
    assert seen.locator("[data-mg-chart] svg").count() == 1


def test_no_template_carries_inline_style_or_script():
    templates = pathlib.Path(build.HERE / "templates").rglob("*.html")
    found = [str(path) for path in templates if " style=" in (text := path.read_text()) or "<script>" in text or " onclick=" in text]
    assert found == []
