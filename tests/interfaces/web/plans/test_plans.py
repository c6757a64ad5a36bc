"""Briefs from asked to won or lost, their weight in the pipeline, and the list of holds."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.sales.models import Brief, Hold
from makegood.workflows import holding
from tests import personas
from tests.factories import accounts, catalog

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def text(response) -> str:
    """The page's words without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def asked(client, **more):
    """A brief as the form sends it."""
    facts = {"name": "Spring bikes", "advertiser": client.pk, "objective": "awareness", "budget": "140000", "currency": "usd",
             "start": "2027-02-01", "end": "2027-03-14", "probability_pct": "40"}  # fmt: skip
    return facts | more


@pytest.fixture
def velo(db):
    accounts.seller()
    return accounts.advertiser("Velo City")


def test_a_brief_is_written_down_proposed_and_won(web, sales, velo):
    browser = web(sales)
    assert browser.post("/plans/new/", asked(velo)).status_code == 303
    brief = Brief.objects.get()
    assert (brief.currency, brief.owner, brief.status) == ("USD", sales, "open")
    assert "$56,000.00" in text(browser.get("/plans/"))
    panel = browser.get(f"/plans/briefs/{brief.pk}/", HTTP_HX_REQUEST="true")
    assert "makes $56,000 of pipeline" in text(panel)
    assert browser.get(f"/plans/briefs/{brief.pk}/")["Location"] == f"/plans/?row={brief.pk}&status="
    assert browser.post(f"/plans/briefs/{brief.pk}/propose/").status_code == 303
    assert browser.post(f"/plans/briefs/{brief.pk}/win/").status_code == 303
    brief.refresh_from_db()
    assert (brief.status, brief.probability_pct) == ("won", 100)
    assert browser.post(f"/plans/briefs/{brief.pk}/propose/").status_code == 409


def test_a_brief_is_changed_and_what_is_wrong_stands_beside_its_field(web, sales, velo):
    browser = web(sales)
    browser.post("/plans/new/", asked(velo))
    brief = Brief.objects.get()
    assert 'value="Spring bikes"' in browser.get(f"/plans/briefs/{brief.pk}/edit/").content.decode()
    more = {"kpi_type": "reach", "kpi_target": "250000", "kpi_frequency": "3", "markets": "US-NY, US-MA", "hiatus": "2027-02-10 to 2027-02-12", "targeting": '{"device": ["mobile"]}'}
    assert browser.post(f"/plans/briefs/{brief.pk}/edit/", asked(velo, **more)).status_code == 303
    brief.refresh_from_db()
    assert (brief.kpi_type, brief.kpi_frequency, brief.markets, brief.hiatus) == ("reach", 3, ["US-NY", "US-MA"], [["2027-02-10", "2027-02-12"]])
    assert brief.targeting == {"device": ["mobile"]}
    for wrong in ({"hiatus": "soon"}, {"must_have": "nosuch"}, {"targeting": '{"planet": ["mars"]}'}, {"kpi_type": "sales"}):
        answer = browser.post(f"/plans/briefs/{brief.pk}/edit/", asked(velo, **more | wrong))
        assert answer.status_code == 422 and 'class="error"' in answer.content.decode()
    brief.refresh_from_db()
    assert brief.kpi_type == "reach"


def test_losing_needs_its_reason(web, sales, velo):
    browser = web(sales)
    browser.post("/plans/new/", asked(velo))
    brief = Brief.objects.get()
    assert browser.post(f"/plans/briefs/{brief.pk}/lose/").status_code == 422
    assert browser.post(f"/plans/briefs/{brief.pk}/lose/", {"why": "Went to a rival"}).status_code == 303
    brief.refresh_from_db()
    assert brief.status == "lost"


@pytest.mark.parametrize(("field", "value"), [("end", "2027-01-01"), ("currency", "XXQ"), ("budget", "-1"), ("probability_pct", "140")])
def test_wrong_input_stands_beside_its_field(web, sales, velo, field, value):
    answer = web(sales).post("/plans/new/", asked(velo, **{field: value}))
    assert (answer.status_code, Brief.objects.count()) == (422, 0)
    assert 'class="error"' in answer.content.decode()


def test_roles(web, finance, sales, velo):
    web(sales).post("/plans/new/", asked(velo))
    brief = Brief.objects.get()
    assert web(finance).get("/plans/").status_code == 200
    assert web(finance).post("/plans/new/", asked(velo)).status_code == 403
    assert web(finance).post(f"/plans/briefs/{brief.pk}/win/").status_code == 403
    contact = personas.client_of(velo.party, "Lena Ortiz")
    assert web(contact).get("/plans/").status_code == 302
    assert web(sales).get("/plans/briefs/999999/").status_code == 404


def test_holds_are_listed_and_released_in_bulk(web, sales, velo):
    product = catalog.run_of_site(requests=100_000)
    today = timezone.now()
    for number in range(2):
        start = today.date() + (10 + number) * DAY
        holding.place(product, velo, start=start, end=start, units=1000, expires_at=today + 2 * DAY, by=sales, at=today)
    browser = web(sales)
    assert "2 holds" in text(browser.get("/plans/holds/"))
    ids = list(Hold.objects.values_list("pk", flat=True))
    browser.post("/plans/holds/", {"action": "extend", "ids": ids, "confirmed": "1", "days": "9", "why": "Decides Friday"})
    assert Hold.objects.filter(expires_at__gt=today + 8 * DAY).count() == 2
    browser.post("/plans/holds/", {"action": "release", "ids": ids, "confirmed": "1"})
    assert set(Hold.objects.values_list("status", flat=True)) == {"released"}


@pytest.mark.parametrize("path", ["/plans/", "/plans/holds/"])
def test_query_count_is_constant(web, sales, velo, path):
    product = catalog.run_of_site(requests=100_000)
    browser, counts, now = web(sales), [], timezone.now()
    for number in range(3):
        browser.post("/plans/new/", asked(velo, name=f"Brief {number}"))
        start = now.date() + (10 + number) * DAY
        holding.place(product, velo, start=start, end=start, units=10, expires_at=now + DAY, by=sales, at=now)
        browser.get(path)
        with CaptureQueriesContext(connection) as seen:
            browser.get(path)
        counts.append(len(seen))
    assert counts[0] == counts[2]
    assert counts[2] <= 25
