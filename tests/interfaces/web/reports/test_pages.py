"""Report pages: constant queries, the same figures as the files, leadership for those who lead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.insight.models import Report
from tests import personas
from tests.factories import accounts, billing
from tests.factories import pacing as make


def queries(browser, path):
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


def book(reviewer, number):
    for name, client in (("Autumn", "Oatfield Foods"), ("Second", "Meridian Rail"), ("Third", "Harrow Mutual"))[:number]:
        if not accounts.Account.objects.filter(party__name=client, orders__name=name).exists():
            product = make.Line.objects.first()
            line = make.line(name, client, **({"product": product.product} if product else {}))
            make.set_up(line, reviewer)
            make.delivered(line, dict.fromkeys(range(21), 5_000))
    make.computed()


@pytest.mark.parametrize("path", ["/reports/", "/reports/leadership/", "/reports/leadership/?span=year"])
def test_the_number_of_queries_does_not_grow(web, leadership, reviewer, path):
    browser = web(leadership)
    book(reviewer, 1)
    queries(browser, path)
    one = queries(browser, path)
    book(reviewer, 3)
    assert queries(browser, path) == one <= 25


def test_a_report_costs_the_same_with_many_lines(web, lead):
    browser = web(lead)
    one = billing.ran()
    mixed = billing.orders.order("Mixed", start=billing.START, end=billing.END)
    for _ in range(2):
        billing.flat(mixed, "2800")
    billing.orders.line(mixed, billing.run_of_site(), quantity=300_000, start=billing.START, end=billing.END)
    many = billing.finish(billing.orders.booked(mixed))
    queries(browser, f"/reports/{one.pk}/")
    first = queries(browser, f"/reports/{one.pk}/")
    assert first <= 25
    assert queries(browser, f"/reports/{many.pk}/") <= first + 1  # what is not counted is proved by one query more


def test_the_page_and_the_files_say_the_same(web, lead, finance):
    order = billing.ran(filtered={"known_bot": 700})
    invoice = billing.issued(order, finance)
    browser = web(lead)
    assert browser.post(f"/reports/{order.pk}/make/").url == f"/reports/{order.pk}/"
    made = Report.objects.get()
    text = browser.get(f"/reports/{order.pk}/").content.decode()
    for words in (made.data["headline"], "322,100", "−2,100", "320,000", invoice.number, "1,020.00", "PowerPoint"):
        assert words in text
    file = made.files.get(name__endswith=".pdf")
    assert browser.get(f"/files/{file.pk}/").getvalue()[:5] == b"%PDF-"


def test_leadership_as_files(web, leadership, reviewer):
    book(reviewer, 1)
    browser = web(leadership)
    assert browser.get("/reports/leadership/pdf/").content[:5] == b"%PDF-"
    assert browser.get("/reports/leadership/pptx/?span=year").content[:2] == b"PK"
    assert browser.get("/reports/leadership/xml/").status_code == 404


def test_who_may_not(web, trafficker, db):
    accounts.seller()
    for path in ("/reports/leadership/", "/reports/leadership/pdf/"):
        assert web(trafficker).get(path).status_code == 403


def test_clients_and_rivals_get_nothing_here(web, db):
    order = billing.ran()
    rival = billing.ran(name="Rival", client="Harrow Mutual", agency=False).advertiser.party
    for party, name in ((order.advertiser.party, "Lena Ortiz"), (rival, "Rhea Rival")):
        browser = web(personas.client_of(party, name))
        for path in ("/reports/", "/reports/leadership/", f"/reports/{order.pk}/"):
            answer = browser.get(path)
            assert answer.status_code in (302, 403, 404)
            assert b"320,000" not in answer.content
        assert browser.post(f"/reports/{order.pk}/make/").status_code in (302, 303, 403, 404)
    assert not Report.objects.exists()


def test_leadership_leads_to_the_line_in_a_browser(story_day, page, leadership, reviewer):
    book(reviewer, 1)
    seen = page(leadership)
    seen.goto("/reports/leadership/")
    seen.get_by_role("link", name="Oatfield Foods").click()
    seen.get_by_text("Changes we recommend").wait_for()
