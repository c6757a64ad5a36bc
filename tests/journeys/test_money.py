"""Finance closes a period: prepared, issued, its document in hand, paid."""

import pypdfium2
import pytest

from makegood.billing.models import Invoice, Payment
from tests.factories import billing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_period_from_close_to_paid(window, finance, tmp_path):
    billing.ran()
    seen = window(finance)
    seen.on("dialog", lambda dialog: dialog.accept())
    seen.goto("/billing/close/")
    seen.get_by_role("button", name="Prepare").first.click()
    seen.get_by_text("2 periods to bill").wait_for()
    draft = Invoice.objects.get()
    assert (draft.status, draft.number) == ("draft", None)
    seen.goto("/billing/")
    seen.locator("tbody tr[data-row]").get_by_role("link").first.click()
    seen.wait_for_url(f"**/billing/invoices/{draft.pk}/**")
    seen.get_by_role("button", name="Issue").click()
    seen.locator(".mg-badge", has_text="Issued").first.wait_for()
    issued = Invoice.objects.get()
    with seen.expect_download() as waiting:
        seen.evaluate("path => { const link = document.createElement('a'); link.href = path + '?download'; link.download = ''; link.click() }",
                      seen.get_by_role("link", name="PDF").first.get_attribute("href"))  # fmt: skip
    paper = tmp_path / "invoice.pdf"
    waiting.value.save_as(paper)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    assert (issued.number in text, f"{issued.net:,.2f}" in text) == (True, True)
    seen.locator("summary", has_text="Record payment").click()
    form = seen.locator("form:visible", has=seen.get_by_label("Reference"))
    form.get_by_label("Reference").fill("WIRE-77")
    form.get_by_role("button").click()
    seen.locator(".mg-badge", has_text="Paid").first.wait_for()
    assert (Invoice.objects.get().status, Payment.objects.get().amount) == ("paid", issued.net)
