"""Rules, trials and the review in a real browser: terms sent and decided with conditions, nothing sticking out, nothing axe finds."""

import pytest
from django.utils import timezone

from makegood.orders.actions import approval, terms
from makegood.work.models import Approval, ApprovalRule
from tests.documents.terms.test_terms import THEIRS
from tests.factories import orders
from tests.interfaces.web.components.test_gallery import dress, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def order(account_manager, lead):
    orders.rule("terms", "5")
    made = orders.drafted(by=account_manager)
    terms.receive(made, [THEIRS.encode()], name="terms.txt", by=account_manager, at=timezone.now())
    return approval.submit(made, by=account_manager, at=timezone.now())


def test_terms_are_read_beside_ours_and_decided_with_conditions(page, lead, order):
    seen = page(lead)
    seen.goto(f"/orders/{order.pk}/")
    seen.get_by_role("link", name="Review everything").click()
    seen.get_by_text("Both wordings Invoices and payment").click()
    seen.locator("ins", has_text="60").first.wait_for()
    seen.get_by_label("Conditions").fill("Strike clause 6")
    seen.get_by_role("button", name="Approve with conditions").click()
    seen.get_by_text("Approved with conditions.").first.wait_for()
    assert Approval.objects.get().conditions == "Strike clause 6"


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_pages_pass_axe_and_fit(page, admin, lead, order, theme, width):
    seen = page(admin, width=width)
    rule = ApprovalRule.objects.get()
    for path in (
        "/approvals/rules/", f"/approvals/rules/{rule.pk}/", f"/approvals/try/?order={order.pk}", f"/orders/{order.pk}/review/", f"/accounts/{order.advertiser_id}/merge/",
    ):  # fmt: skip
        seen.goto(path)
        dress(seen, theme)
        assert violations(seen) == [], path
        assert seen.evaluate("document.documentElement.scrollWidth") == width, path
