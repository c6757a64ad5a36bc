"""The page of a plan: made from a brief, edited in its cells, explained, swapped, ordered; by whom, and how many queries."""

import datetime
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.engine.planner import rules as practice
from makegood.orders.models import Order
from makegood.sales.models import Plan
from makegood.workflows.planning import making
from tests import personas
from tests.factories import accounts, planning
from tests.interfaces.web.components.test_gallery import COLOURS, dress, violations
from tests.interfaces.web.plans.test_plans import text

pytestmark = pytest.mark.django_db
HX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def brief(sales):
    accounts.seller()
    planning.stocked(timezone.now())
    return planning.brief(sales, at=timezone.now(), must_have=["letter"])


@pytest.fixture
def plan(brief, sales):
    return making.make(brief, by=sales, at=timezone.now())


def test_a_brief_is_planned_edited_and_ordered(web, sales, brief):
    browser = web(sales)
    made = browser.post(f"/plans/briefs/{brief.pk}/plan/")
    plan = Plan.objects.get()
    assert (made.status_code, made["Location"]) == (303, f"/plans/{plan.pk}/")
    shown = text(browser.get(f"/plans/{plan.pk}/"))
    for word in ("Harvest", "Other plans for this brief", "What holds it back", "Left out", "Solve again keeping locked lines", "letter"):
        assert word in shown
    line = plan.lines.filter(unit="impressions").first()
    why = text(browser.get(f"/plans/{plan.pk}/lines/{line.pk}/", **HX))
    assert "Without it" in why and "an assumption: no line has run yet" in why.lower() and "Solved again without it" in why
    answer = browser.post(f"/plans/{plan.pk}/lines/{line.pk}/", {"units": f"{line.units - 100_000:,}", "amount": str(line.amount)}, **HX)
    line.refresh_from_db()
    assert f"{line.units:,}" in answer.content.decode() and line.locked and "<html" not in answer.content.decode()
    assert browser.post(f"/plans/{plan.pk}/lines/{line.pk}/", {"amount": "5,000", "units": str(line.units)}).status_code == 303
    line.refresh_from_db()
    assert line.amount == 5000
    assert browser.post(f"/plans/{plan.pk}/again/").status_code == 303
    newer = Plan.objects.get(version=2)
    assert newer.lines.get(product=line.product).amount == 5000
    ordered = browser.post(f"/plans/{newer.pk}/order/")
    assert ordered["Location"] == f"/orders/{Order.objects.get().pk}/"
    assert "Accepted" in text(browser.get(f"/plans/{newer.pk}/"))


def test_the_panel_of_the_brief_leads_to_its_plans(web, sales, plan):
    panel = browser = web(sales).get(f"/plans/briefs/{plan.brief_id}/", **HX)
    assert f'href="/plans/{plan.pk}/"' in panel.content.decode() and "Plan it anew" in text(browser)


def test_an_alternative_a_lock_and_a_removal(web, sales, plan):
    browser = web(sales)
    kind = next(one["kind"] for one in plan.found["others"] if one["kind"] != "best")
    assert browser.post(f"/plans/{plan.pk}/swap/", {"kind": kind}).status_code == 303
    plan.refresh_from_db()
    assert plan.chosen == kind
    line = plan.lines.first()
    assert 'aria-pressed="true"' in browser.post(f"/plans/{plan.pk}/lines/{line.pk}/lock/", **HX).content.decode()
    browser.post(f"/plans/{plan.pk}/lines/{line.pk}/out/", **HX)
    assert not plan.lines.filter(pk=line.pk).exists()
    assert browser.post(f"/plans/{plan.pk}/swap/", {"kind": "nosuch"}).status_code == 422


@pytest.mark.parametrize("sent", [{"units": "many"}, {"units": "0"}, {"units": "-5"}, {"amount": "NaN"}, {"amount": "1e400"}, {"units": "99999999999999"}, {"start": "soon"}, {"start": "2020-01-01"}])
def test_what_cannot_be_changed_is_said_and_changes_nothing(web, sales, plan, sent):
    line = plan.lines.first()
    before = (line.units, line.start, line.amount)
    answer = web(sales).post(f"/plans/{plan.pk}/lines/{line.pk}/", sent, **HX)
    line.refresh_from_db()
    assert (answer.status_code, (line.units, line.start, line.amount)) == (422, before)


def test_who_may(web, finance, sales, plan):
    line = plan.lines.first()
    assert web(finance).get(f"/plans/{plan.pk}/").status_code == 200
    assert "Make it an order" not in text(web(finance).get(f"/plans/{plan.pk}/"))
    assert web(finance).post(f"/plans/{plan.pk}/lines/{line.pk}/", {"units": "5"}).status_code == 403
    rival = personas.client_of(accounts.advertiser("Rival").party, "Rita Rival")
    assert web(rival).get(f"/plans/{plan.pk}/").status_code == 302
    assert web(sales).get("/plans/999999/").status_code == 404


def test_queries_do_not_grow_with_lines(web, sales, plan):
    browser, counts = web(sales), []
    for _ in range(2):
        browser.get(f"/plans/{plan.pk}/")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/plans/{plan.pk}/")
        counts.append(len(seen))
        while plan.lines.count() > 1:
            browser.post(f"/plans/{plan.pk}/lines/{plan.lines.last().pk}/out/")
    assert counts[0] == counts[1] <= 20


def test_a_line_takes_other_days(web, sales, plan):
    line = plan.lines.filter(unit="impressions").first()
    end = line.start + datetime.timedelta(days=9)
    web(sales).post(f"/plans/{plan.pk}/lines/{line.pk}/", {"start": str(line.start), "end": str(end), "units": str(line.units)})
    line.refresh_from_db()
    assert (line.end, line.key.endswith(":own")) == (end, True)


@pytest.mark.browser
def test_the_page_is_accessible_and_shows_the_effect_of_an_edit(page, sales, plan):
    line = plan.lines.filter(unit="impressions").first()
    for width in (1440, 390):
        tab = page(sales, width=width)
        tab.goto(f"/plans/{plan.pk}/?line={line.pk}")
        assert violations(tab) == []
        dress(tab, "dark")
        assert violations(tab, COLOURS) == []
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab = page(sales)
    tab.goto(f"/plans/{plan.pk}/")
    tab.fill(f"#units-{line.pk}", f"{line.units - 200_000:,}")
    with tab.expect_response(re.compile("/lines/")) as changed:
        tab.press(f"#units-{line.pk}", "Tab")
    assert changed.value.status == 200
    tab.wait_for_selector("button[aria-pressed=true]")
    line.refresh_from_db()
    assert tab.input_value(f"#units-{line.pk}") == f"{line.units:,}"


def test_each_rule_says_what_is_published_and_what_is_the_houses_own(web, finance):
    accounts.seller()
    page = web(finance).get("/plans/rules/").content.decode()
    assert "Chatterjee" in page and "the Sainsbury method" in page
    for one in practice.book().rules:
        assert "house rule" in one.source.lower() and one.source[:40] in html.unescape(page), one.id
        assert one.link in page and (one.link or one.source.startswith("House rule.")), one.id
