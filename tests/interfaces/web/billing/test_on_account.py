"""Money on account on the pages: applied to an open bill, listed by payment, paid back; on the client's bill in its words."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.billing import balances
from makegood.billing.actions import correcting, receiving
from makegood.billing.models import Invoice, Payment, Refund
from tests import personas
from tests.factories import billing
from tests.factories.accounts import NOW
from tests.interfaces.web.components.test_gallery import dress, violations

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def bills(finance):
    """June is paid and credited by $600.00, July of $600.00 is open."""
    order = billing.ran(agency=False)
    june, july = (billing.issued(order, finance, day) for day in billing.BROADCAST[:2])
    receiving.record(june.bill_to, june.net, currency="USD", received_on=NOW.date(), reference="WIRE 1", by=finance, at=NOW, apply_to={june: june.net})
    correcting.credit(june, D("250"), reason="Counted twice", by=finance, at=NOW)
    return june, july


def url(invoice, more=""):
    return f"/billing/invoices/{invoice.pk}/{more}"


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_a_paid_bill_is_credited_and_it_is_said_where_it_went(web, finance, bills):
    june, _ = bills
    browser = web(finance)
    shown = text(browser.get(url(june)))
    assert "$250.00 of it was paid and went onto the account" in shown
    assert (f'action="{url(june, "credit/")}"' in shown, f'action="{url(june, "apply/")}"' in shown) == (True, False)
    answer = browser.post(url(june, "credit/"), {"amount": "50", "reason": "More"}, follow=True)
    assert "$50.00 of it is on account" in text(answer)
    browser.post(url(june, "credit/"), {"amount": "900", "reason": "All of it"})
    assert f'action="{url(june, "credit/")}"' not in text(browser.get(url(june)))  # nothing is left to credit


def test_what_is_on_account_is_applied_to_the_open_bill(web, finance, campaign_manager, bills):
    _, july = bills
    browser = web(finance)
    shown = text(browser.get(url(july)))
    assert ("of Oatfield Foods is on account" in shown, 'name="amount" value="250.00"' in shown, f'action="{url(july, "apply/")}"' in shown) == (True, True, True)
    assert f'action="{url(july, "apply/")}"' not in text(web(campaign_manager).get(url(july)))
    wrong = web(finance).post(url(july, "apply/"), {"amount": "250.01"}, **HTMX)
    assert (wrong.status_code, "the 250.00 on account" in wrong.content.decode()) == (422, True)
    assert web(finance).post(url(july, "apply/"), {"amount": "250.00"}, **HTMX)["HX-Redirect"] == url(july)
    assert balances.of(july) == D("350.00")
    assert f'action="{url(july, "apply/")}"' not in text(web(finance).get(url(july)))


def test_the_list_of_invoices_names_whose_money_it_is_and_leads_to_the_payments(web, finance, bills):
    browser = web(finance)
    assert "/billing/payments/?payer=Oatfield+Foods&amp;currency=USD" in text(browser.get("/billing/"))
    shown = text(browser.get("/billing/payments/?payer=Oatfield+Foods&currency=USD"))
    assert ("WIRE 1" in shown, "$250.00" in shown, "on account: paid, and on no bill." in shown) == (True, True, True)
    exported = browser.get("/billing/payments/?export=csv").getvalue().decode()
    assert [row for row in exported.splitlines() if "WIRE 1" in row and "250" in row]


def test_a_payment_shows_where_it_went_and_is_paid_back_once(web, finance, lead, bills):
    june, _ = bills
    one = Payment.objects.get()
    browser, place = web(finance), f"/billing/payments/{one.pk}/"
    part = browser.get(place, HTTP_HX_TARGET="mg-panel", **HTMX)
    assert (part["HX-Push-Url"], "<html" in text(part), f'action="{place}refund/"' in text(part)) == (place, False, True)
    for words in ("Applied to <a", str(june), "Back by Credit note", "−$1,200.00"):
        assert words in text(part)
    assert f'action="{place}refund/"' not in text(web(lead).get(place))
    wanted = {"amount": "100", "paid_on": "2026-11-23", "reference": "OUT 1", "why": "They ask for it"}
    assert web(lead).post(f"{place}refund/", wanted).status_code == 403
    over = web(finance).post(f"{place}refund/", wanted | {"amount": "250.01"}, **HTMX)
    assert (over.status_code, "what is left of it, 250.00" in over.content.decode()) == (422, True)
    assert web(finance).post(f"{place}refund/", wanted, **HTMX)["HX-Redirect"] == place
    again = web(finance).post(f"{place}refund/", wanted, **HTMX)
    assert (again.status_code, "OUT 1 is recorded already" in again.content.decode(), Refund.objects.count()) == (422, True, 1)
    web(finance).post(f"{place}refund/", wanted | {"amount": "150", "reference": "OUT 2"})
    shown = text(web(finance).get(place))
    assert ("OUT 2" in shown, f'action="{place}refund/"' in shown, "Nothing is on account." in shown) == (True, False, True)


def test_a_payment_costs_the_same_wherever_it_went(web, finance, bills):
    june, july = bills
    browser, place = web(finance), f"/billing/payments/{Payment.objects.get().pk}/"

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(place).status_code == 200
        return len(seen)

    queries()
    one = queries()
    for amount in ("10", "20"):
        browser.post(url(july, "apply/"), {"amount": amount})
        correcting.credit(june, D(amount), reason="More", by=finance, at=NOW)
        browser.post(f"{place}refund/", {"amount": amount, "paid_on": "2026-11-23", "reference": amount, "why": "x"})
    assert queries() == one <= 25


def test_the_client_reads_that_it_stays_to_their_credit_and_sees_no_list(web, bills):
    june, _ = bills
    client, rival = personas.client_of(june.bill_to.party, "Lena Ortiz"), personas.client_of(billing.ran(name="Rival", client="Harrow Mutual", agency=False).advertiser.party, "Rhea Rival")
    said = "You had paid this already: $250.00 stays to your credit"
    assert [said in text(web(client).get(f"/portal/bills/{one.pk}/")) for one in bills] == [True, False]
    for who in (client, rival):
        for path in ("/billing/payments/", f"/billing/payments/{Payment.objects.get().pk}/"):
            answer = web(who).get(path)
            assert (answer.status_code in (302, 403, 404), b"WIRE 1" in answer.content) == (True, False)
    assert web(rival).get(f"/portal/bills/{june.pk}/").status_code == 404


def test_where_the_agency_pays_it_stays_to_the_agencys_credit(web, finance):
    bill = billing.issued(billing.ran(), finance)
    receiving.record(bill.bill_to, bill.net, currency="USD", received_on=NOW.date(), reference="W", by=finance, at=NOW)
    correcting.credit(bill, D("20"), reason="Counted twice", by=finance, at=NOW)
    seen = [text(web(personas.client_of(one.party, name)).get(f"/portal/bills/{bill.pk}/")) for one, name in ((bill.order.advertiser, "Lena Ortiz"), (bill.bill_to, "Sal Buyer"))]
    assert ["stays to the credit of Fenwick &amp; Rowe" in one for one in seen] == [True, False]
    assert ["You had paid this already: $20.00 stays to your credit" in one for one in seen] == [False, True]


def test_in_a_browser_what_was_paid_too_much_pays_the_next_bill(page, finance, bills):
    _, july = bills
    seen = page(finance)
    seen.goto(url(july))
    seen.get_by_text("Apply money on account").click()
    seen.get_by_role("button", name="Apply it").click()
    seen.get_by_text("Payment applied, 250.00").wait_for()
    assert Invoice.objects.get(pk=july.pk).status == "issued"
    assert balances.of(july) == D("350.00")


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_pages_pass_axe_and_fit(page, finance, bills, theme, width):
    june, july = bills
    seen = page(finance, width=width)
    for path in (url(june), url(july), "/billing/", "/billing/payments/", f"/billing/payments/{Payment.objects.get().pk}/"):
        seen.goto(path)
        dress(seen, theme)
        assert violations(seen) == [], path
        assert seen.evaluate("document.documentElement.scrollWidth") == width, path
