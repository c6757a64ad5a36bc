"""The grid of goals as a page: the finding, cells that open, the export that adds up, a sheet taken, and axe."""

import datetime
import io
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from makegood.core.models import Team
from makegood.insight import earning
from makegood.insight.actions import goals
from makegood.insight.models import Goal
from makegood.sales.actions import briefs
from tests import personas
from tests.factories import accounts, catalog, orders
from tests.interfaces.web.components.test_gallery import dress, violations

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def book(sales, leadership):
    """Owen booked 3,000 and has a brief of 8,000 in the month after the next; his goal is 10,000."""
    accounts.seller()
    first = earning.add_months(timezone.localdate().replace(day=1), 2)
    last = earning.add_months(first, 1) - datetime.timedelta(days=1)
    made = orders.order("Booked", start=first, end=last, account_manager=sales)
    orders.line(made, catalog.run_of_site(), start=first, end=last, quantity=1, rate=Decimal(3_000), rate_type="flat")
    orders.booked(made)
    briefs.create(accounts.advertiser("Meridian Rail"), "Winter", objective="awareness", budget=Decimal(8_000), start=first, end=last, by=sales, at=timezone.now())
    goals.set_goal("seller", sales, first, Decimal(10_000), "USD", by=leadership, at=timezone.now())
    return first


def test_the_page_says_what_is_short_and_each_cell_opens(web, leadership, sales, book):
    browser = web(leadership)
    page = browser.get("/goals/")
    assert f"{book:%B} is USD 3,000 short: Owen Park has 30 % of its goal booked" in text(page)
    assert f"Owen Park, {book:%B %Y}: committed $3,000, pipeline $4,000, of a goal of $10,000" in text(page)
    cell = text(browser.get(f"/goals/cell/?by=seller&key={sales.pk}&month={book:%Y-%m}&currency=USD&name=Owen+Park"))
    assert "Winter $4,000 Meridian Rail. Brief: 50 % by its seller; nothing was decided yet" in cell and "Booked $3,000" in cell
    for odd in ("?by=nobody&from=never&currency=1&weigh=x", "cell/?key=9999&month=x", "?by=team", "?by=category&weigh=history", "?by=property&currency=EUR"):
        assert browser.get(f"/goals/{odd}").status_code == 200


def test_the_export_is_the_grid(web, leadership, book):
    sent = web(leadership).get("/goals/export/?by=seller")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sent.content)).get_sheet_by_index(0).to_python()
    at = next(n for n, row in enumerate(rows) if row[0] == "Who")
    found = [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]
    (one,) = [row for row in found if row["Month"] == book]
    assert (one["Who"], one["Goal"], one["Committed"], one["Pipeline"], one["Gap"], one["Currency"]) == ("Owen Park", 10_000, 3_000, 4_000, 3_000, "USD")


def test_goals_are_set_by_form_and_by_sheet(web, leadership, sales, book):
    browser = web(leadership)
    asked = {"whom": f"seller-{sales.pk}", "month": f"{book:%Y-%m}", "amount": "12000", "currency": "usd", "why": "New year"}
    assert browser.post("/goals/set/", asked | {"month": "soon"}).status_code == 422
    assert browser.post("/goals/set/", asked | {"currency": "ABC"}).status_code == 422
    assert browser.post("/goals/set/", asked).status_code == 303
    assert Goal.objects.get().amount == 12_000
    sheet = SimpleUploadedFile("goals.csv", f"Category,{book:%Y-%m}\nRetail,77\n".encode())
    assert browser.post("/goals/sheet/", {"file": sheet}).status_code == 303
    assert Goal.objects.get(category="Retail").amount == 77
    wrong = SimpleUploadedFile("goals.csv", b"Team,2026-07\nNobody,1\n")
    refused = browser.post("/goals/sheet/", {"file": wrong})
    assert (refused.status_code, "there is no team Nobody" in text(refused)) == (422, True)
    assert browser.post("/goals/sheet/").status_code == 422


def test_goals_of_teams_and_categories_are_changed_in_the_cell(web, leadership, sales, book):
    team = Team.objects.create(name="North")
    browser, month = web(leadership), f"{book:%Y-%m}"
    for by, key, name in (("team", team.pk, "North"), ("category", "Retail", "Retail"), ("seller", sales.pk, sales.name)):
        goals.set_goal(by, {"team": team, "category": "Retail", "seller": sales}[by], book, Decimal(500), "USD", by=leadership, at=timezone.now())
        page = browser.get(f"/goals/cell/?by={by}&key={key}&month={month}&currency=USD&name={name}").content.decode()
        assert f'name="whom" value="{by}-{key}"' in page and 'value="500"' in page and "Change the goal" in page
        back = f"/goals/?by={by}&from={month}"
        sent = {"whom": f"{by}-{key}", "month": month, "amount": "750", "currency": "USD", "next": back}
        assert browser.post("/goals/set/", sent).headers["Location"] == back
    assert set(Goal.objects.values_list("amount", flat=True)) == {750}
    assert "Set the goal" not in web(sales).get(f"/goals/cell/?by=team&key={team.pk}&month={month}&currency=USD").content.decode()
    assert web(sales).post("/goals/set/", sent).status_code == 403
    assert 'name="whom"' not in browser.get(f"/goals/cell/?by=team&key=all&month={month}").content.decode()


def test_money_of_another_currency_is_kept_apart_and_said_so(web, leadership, sales, book):
    assert "no exchange rates" not in text(web(leadership).get("/goals/"))  # the control: one currency alone
    made = orders.order("Abroad", start=book, end=book, account_manager=sales, currency="EUR")
    orders.booked(orders.line(made, catalog.run_of_site(), start=book, end=book, quantity=1, rate=Decimal(900), rate_type="flat").order)
    said = text(web(leadership).get("/goals/"))
    assert "There is also money in EUR: kept apart, as the house keeps no exchange rates." in said and f"{book:%B} is USD 3,000 short" in said


def test_clients_see_no_goals_and_questions_do_not_grow(web, leadership, book):
    contact = personas.client_of(accounts.advertiser("Velo City").party, "Lena Ortiz")
    assert {web(contact).get(path)["Location"] for path in ("/goals/", "/goals/cell/", "/goals/export/", "/goals/renewals/")} == {"/portal/"}
    browser, counts = web(leadership), []
    for n in range(3):
        browser.get("/goals/")
        with CaptureQueriesContext(connection) as seen:
            browser.get("/goals/?key=all")
        counts.append(len(seen))
        made = orders.order(f"More {n}", start=book, end=book)
        orders.line(made, catalog.run_of_site(), start=book, end=book, quantity=1, rate=Decimal(10), rate_type="flat")
        orders.booked(made)
    assert counts[0] == counts[2] <= 30


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_the_pages_pass_axe_and_a_cell_opens_beside(page, leadership, book, theme, width):
    seen = page(leadership, width=width)
    for path in ("/goals/set/", "/goals/renewals/", "/goals/"):
        seen.goto(path)
        dress(seen, theme)
        assert (violations(seen), seen.evaluate("document.documentElement.scrollWidth")) == ([], width), path
    seen.locator(".mg-goals tbody a").nth(3).click()
    panel = seen.locator("#mg-panel")
    panel.get_by_text("Meridian Rail").wait_for()
    assert "50 % by its seller" in panel.inner_text() and violations(seen) == []
