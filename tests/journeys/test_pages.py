"""Every main page in both themes: nothing that WCAG 2.2 AA forbids, nothing that sticks out, no error in the console."""

import pytest

from tests.interfaces.web.components.test_gallery import COLOURS, RULES, dress, violations
from tests.permissions import world as making
from tests.permissions.conftest import NOW
from tests.permissions.routes import routes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "lists": ("orders", "lines", "flights", "creatives", "invoices", "accounts", "contracts", "cases", "plans", "holds", "plan", "plan-rules", "plan-new"),
    "campaign": ("order", "order?tab=creatives", "order?tab=trafficking", "order?tab=delivery", "order?tab=money", "order?tab=conversation", "order?tab=history"),
    "selling": ("imports", "import", "inventory", "order-new", "contract", "contract-new", "contract-terms", "account"),
    "running": ("creative", "creative-compare", "creative-upload", "trafficking", "trafficking-sheet", "tags", "tag", "tag-test", "pacing", "pacing?row"),
    "review": ("creative-review", "creative-policy", "creative-rule", "creative-specs", "creative-spec", "creative-consistency", "creative-succeed", "creative-bulk"),
    "counts": ("discrepancies", "discrepancy", "counts", "count-load", "operations", "order?tab=delivery&by=hour"),
    "money": ("billing", "billing-close", "invoice", "leadership", "goals", "renewals", "reports", "report", "case", "process", "team"),
    "changes": ("change", "order-revisions", "order-notice", "order-papers", "clauses"),
    "portal": ("portal", "portal-campaign", "portal-sign", "portal-upload", "portal-ads", "portal-ad", "portal-results", "portal-bills", "portal-bill", "portal-messages"),
}  # fmt: skip


@pytest.mark.parametrize("part", PAGES)
def test_pages_are_accessible_in_both_themes(part, window, adserver, tmp_path):
    made = making.build(tmp_path, NOW)
    addresses = {route.name: route.url(made.ids) for route in routes()}
    width = 390 if part == "portal" else 1440
    seen = window(made.people["own" if part == "portal" else "L"], width=width)
    found = []
    for page in PAGES[part]:
        name, mark, query = page.partition("?")
        row = query if "=" in query else f"row={made.ids['line_id']}"
        seen.goto(addresses[name] + (mark and f"?{row}"))
        for theme, rules in (("light", RULES), ("dark", COLOURS)):
            dress(seen, theme)
            found += [f"{page}, {theme}: {line}" for line in violations(seen, rules)]
        if (wide := seen.evaluate("document.documentElement.scrollWidth")) != width:
            found.append(f"{page}: {wide} wide")
    assert found == [], "\n".join(found)
