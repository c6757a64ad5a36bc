"""Documents, clauses and the page to sign on in a real browser: axe, both themes, a phone's width; the preview that follows the typing."""

import pytest
from django.utils import timezone

from makegood.catalog.models import Clause
from makegood.orders import signing_links
from makegood.orders.actions import approval, inviting
from tests.factories import orders, papers
from tests.interfaces.web.components.test_gallery import dress, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def order(lead):
    made = papers.approved(orders.drafted(account_manager=lead, campaign_manager=lead))
    orders.line(made, quantity=90_000, name="Added late")
    made.refresh_from_db()
    return approval.submit(made, by=None, at=timezone.now())


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_documents_and_clauses_pass_axe_and_fit(page, lead, order, theme, width):
    inviting.send(order, papers.contact(order), by=lead, at=timezone.now())
    clause = Clause.objects.get(key="cancellation")
    seen = page(lead, width=width)
    for path in (f"/orders/{order.pk}/documents/", "/papers/", f"/papers/{clause.pk}/", "/papers/new/"):
        seen.goto(path)
        if str(clause.pk) in path and "papers/" in path:
            seen.locator("#shown img").wait_for()
        dress(seen, theme)
        assert violations(seen) == [], path
        assert seen.evaluate("document.documentElement.scrollWidth") == width, path


def test_the_preview_follows_the_typing_and_names_an_unknown_blank(page, lead, order):
    seen = page(lead)
    seen.goto(f"/papers/{Clause.objects.get(key='cancellation').pk}/")
    seen.locator("#shown img").wait_for()
    seen.locator("#id_text").fill("Within {{ days_of_grace }} days")
    seen.locator("#shown").get_by_text("there is no blank {{ days_of_grace }}").wait_for()
    seen.locator("#id_text").fill("Within {{ payment_days }} days")
    seen.locator("#shown img").wait_for()
    seen.get_by_role("button", name="Keep the draft").click()
    seen.get_by_text("The draft is kept").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_client_signs_by_link_on_a_phone(chromium, live_server, order, theme):
    request = inviting.send(order, papers.contact(order), by=None, at=timezone.now(), message="As we said")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url)
    context.set_default_timeout(15_000)
    seen = context.new_page()
    try:
        seen.goto(f"/portal/sign/{signing_links.token(request)}/")
        check(seen, theme)
        seen.get_by_role("button", name="Send me the code").click()
        seen.locator("#code").wait_for()
        check(seen, theme)
        request.refresh_from_db()
        seen.fill("#code", signing_links.code(request))
        seen.get_by_role("button", name="Open the order").click()
        seen.get_by_role("heading", name="What changed since version 1").wait_for()
        check(seen, theme)
        seen.fill("#name", "Lena Ortiz")
        seen.fill("#title", "Head of media")
        seen.get_by_role("checkbox").check()
        seen.get_by_role("button", name="Sign", exact=True).click()
        seen.get_by_role("heading", name="Signed. Thank you.").wait_for()
        check(seen, theme)
    finally:
        context.close()
    assert order.revisions.get(number=2).signatures.get().name == "Lena Ortiz"


def check(seen, theme: str) -> None:
    """Nothing for axe, nothing sticking out, nothing too small for a thumb."""
    dress(seen, theme)
    assert violations(seen) == []
    assert seen.evaluate("document.documentElement.scrollWidth") == 390
    small = "[...document.querySelectorAll('main a, main button, main summary')].filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    assert seen.evaluate(small) == []
