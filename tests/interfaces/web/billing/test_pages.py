"""Billing pages: the same queries however much there is, actions with their errors in place, nothing for clients."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.billing.actions import correcting, preparing, receiving
from makegood.billing.models import CreditNote, Dispute, Invoice, Payment
from tests import personas
from tests.factories import billing
from tests.factories.accounts import NOW
from tests.factories.billing import BROADCAST

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def invoice(finance):
    return billing.issued(billing.ran(filtered={"known_bot": 700}), finance)


def url(invoice, more=""):
    return f"/billing/invoices/{invoice.pk}/{more}"


@pytest.mark.parametrize("path", ["/billing/", "/billing/close/", "/billing/payments/"])
def test_the_number_of_queries_does_not_grow(web, finance, path):
    browser = web(finance)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    def kept(invoice):
        facts = {"currency": "USD", "received_on": NOW.date(), "reference": invoice.number, "by": finance, "at": NOW}
        receiving.record(invoice.bill_to, Decimal(9), apply_to={}, **facts)

    kept(billing.issued(billing.ran(agency=False), finance))
    queries()
    one = queries()
    for name, client in (("Second", "Meridian Rail"), ("Third", "Harrow Mutual")):
        kept(billing.issued(billing.ran(name=name, client=client, agency=False), finance))
    assert queries() == one <= 25


def test_an_invoice_costs_the_same_with_many_lines(web, finance):
    browser = web(finance)

    def queries(invoice):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(url(invoice)).status_code == 200
        return len(seen)

    one = billing.issued(billing.ran(), finance)
    mixed = billing.orders.order("Mixed", start=billing.START, end=billing.END, bill_calendar="broadcast")
    for _ in range(2):
        billing.flat(mixed, "2800")
    billing.orders.line(mixed, billing.run_of_site(), quantity=300_000, start=billing.START, end=billing.END)
    many = billing.issued(billing.finish(billing.orders.booked(mixed)), finance)
    queries(one)
    assert queries(many) == queries(one) <= 25


def test_the_page_shows_what_was_computed(web, finance, invoice):
    text = web(finance).get(url(invoice)).content.decode()
    for words in ("Replays to the cent", "1,020.00", "We counted, gross", "known robots", "120,700", "The same bill under other caps", "this bill", "Locked and issued"):
        assert words in text


def test_a_row_opens_its_line_in_the_panel_with_an_address(web, finance, invoice):
    answer = web(finance).get(url(invoice, "lines/1/"), HTTP_HX_TARGET="mg-panel", **HTMX)
    assert (answer.status_code, answer["HX-Push-Url"]) == (200, url(invoice, "?line=1"))
    assert "<html" not in answer.content.decode()
    assert web(finance).get(url(invoice, "lines/1/")).url == url(invoice, "?line=1")


def test_the_close_prepares_and_the_page_issues(web, finance):
    order = billing.ran(bill_schedule="end")
    browser = web(finance)
    assert browser.post("/billing/close/prepare/", {"order": order.pk, "on": "2026-06-01"}).status_code == 303
    draft = Invoice.objects.get()
    assert browser.post(url(draft, "issue/")).url == url(draft)
    draft.refresh_from_db()
    assert (draft.status, draft.number) == ("issued", f"{draft.issued_at:%Y}-0001")
    assert browser.get(url(draft, "pdf/")).getvalue()[:5] == b"%PDF-"
    assert browser.post("/billing/close/prepare/", {"order": order.pk, "on": "2026-06-01"}).status_code == 409
    assert browser.post("/billing/close/prepare/", {"order": "x", "on": "y"}).status_code == 422


def test_a_draft_is_discarded_with_a_reason(web, finance):
    draft = preparing.prepare(billing.ran(), BROADCAST[0], by=finance, at=NOW)
    assert web(finance).post(url(draft, "discard/"), {"why": ""}, **HTMX).status_code == 422
    assert web(finance).post(url(draft, "discard/"), {"why": "The PO is missing"}, **HTMX)["HX-Redirect"] == "/billing/close/"
    draft.refresh_from_db()
    assert draft.status == "discarded"


def test_a_payment_is_recorded_once(web, finance, invoice):
    asked = {"amount": "1100", "received_on": "2026-11-23", "reference": "WIRE 9"}
    browser = web(finance)
    assert browser.post(url(invoice, "pay/"), asked, **HTMX)["HX-Redirect"] == url(invoice)
    invoice.refresh_from_db()
    assert (invoice.status, Payment.objects.get().amount) == ("paid", Decimal(1100))
    again = browser.post(url(invoice, "pay/"), asked, **HTMX)
    assert (again.status_code, "recorded already" in again.content.decode()) == (422, True)
    assert Payment.objects.count() == 1


def test_errors_stand_in_the_form_and_change_nothing(web, finance, invoice):
    cases = [
        ("pay/", {"amount": "-1", "received_on": "x", "reference": ""}, "greater than or equal"), ("credit/", {"amount": "5000", "reason": "All"}, "not credited of its net yet"),
        ("dispute/", {"amount": "5000", "reason": "All"}, "up to its net"),
    ]  # fmt: skip
    for path, asked, words in cases:
        answer = web(finance).post(url(invoice, path), asked, **HTMX)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not (CreditNote.objects.exists() or Dispute.objects.exists() or Payment.objects.exists())


def test_credit_dispute_and_settlement(web, finance, invoice):
    browser = web(finance)
    browser.post(url(invoice, "credit/"), {"amount": "20", "reason": "Late"})
    browser.post(url(invoice, "dispute/"), {"amount": "100", "reason": "Counts differ"})
    dispute = Dispute.objects.get()
    assert 'name="credited"' in browser.get(url(invoice)).content.decode()
    browser.post(url(invoice, f"disputes/{dispute.pk}/settle/"), {"credited": "40", "why": "Half"})
    dispute.refresh_from_db()
    assert (dispute.status, [note.amount for note in CreditNote.objects.order_by("pk")]) == ("settled", [Decimal(20), Decimal(40)])


def test_who_may_not_is_told_who_may(web, campaign_manager, trafficker, invoice):
    assert web(campaign_manager).post(url(invoice, "pay/"), {"amount": "1", "received_on": "2026-11-23", "reference": "X"}).status_code == 403
    assert web(trafficker).get("/billing/close/").status_code == 403
    text = web(campaign_manager).get(url(invoice)).content.decode()
    assert "Record payment" not in text


def test_clients_and_rivals_get_nothing_from_these_pages(web, finance, invoice):
    rival_account = billing.ran(name="Rival", client="Harrow Mutual", agency=False).advertiser
    for party, name in ((invoice.order.advertiser.party, "Lena Ortiz"), (rival_account.party, "Rhea Rival")):
        browser = web(personas.client_of(party, name))
        for path in ("/billing/", "/billing/close/", url(invoice), url(invoice, "lines/1/"), url(invoice, "pdf/")):
            answer = browser.get(path)
            assert answer.status_code in (302, 403, 404)
            assert b"1,020.00" not in answer.content
        assert browser.post(url(invoice, "dispute/"), {"amount": "1", "reason": "x"}).status_code in (302, 303, 403, 404)
    assert Dispute.objects.count() <= 1


def test_a_disputed_overdue_invoice_in_a_browser(page, finance):
    order = billing.ran()
    early = datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC)
    invoice = billing.issued(order, finance, at=early)
    correcting.dispute(invoice, Decimal(100), "Counts differ", owner=finance, by=finance, at=early)
    seen = page(finance)
    seen.goto(url(invoice))
    seen.get_by_text("Record payment", exact=True).first.click()
    seen.get_by_label("Reference").fill("WIRE 1")
    seen.get_by_role("button", name="Record payment").click()
    seen.get_by_text("paid in full", exact=True).wait_for()
    invoice.refresh_from_db()
    assert invoice.status == "paid"
