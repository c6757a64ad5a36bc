"""The campaign's page: what it shows, to whom, in how many queries; each action through HTTP; refusals shown in place."""

import datetime
import json
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.core.models import Role
from makegood.orders.models import Order
from makegood.work.models import Approval, Task
from tests import personas
from tests.factories import accounts, catalog, orders
from tests.interfaces.web.orders.conftest import running_order

pytestmark = [pytest.mark.usefixtures("story_day"), pytest.mark.django_db]
TABS = ("lines", "creatives", "trafficking", "delivery", "money", "conversation", "history")


def text(response) -> str:
    """The page's words without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_of_a_running_campaign_is_there(web, lead, tab):
    order = running_order()
    response = web(lead).get(f"/orders/{order.pk}/?tab={tab}")
    assert response.status_code == 200
    assert "22,000" in text(response) if tab in ("lines", "delivery") else order.name in text(response)


@pytest.mark.parametrize("path", ["", "panel/", "?tab=money", "build/", "build/offers/", "lines/avails/"])
def test_clients_see_none_of_it_neither_rivals_nor_the_own(web, drafted, rival, contact, path):
    for person in (rival, contact):
        answer = web(person).get(f"/orders/{drafted.pk}/{path}")
        assert (answer.status_code, answer["Location"]) == (302, "/portal/")
        assert web(person).post(f"/orders/{drafted.pk}/cancel/", {"why": "x"}).status_code == 403
    assert Order.objects.get(pk=drafted.pk).status == "draft"


def test_what_is_not_there_is_not_found(web, lead):
    assert [web(lead).get(f"/orders/999999/{path}").status_code for path in ("", "panel/", "build/", "build/offers/")] == [404] * 4
    assert web(lead).post("/orders/999999/book/").status_code == 404


@pytest.mark.parametrize("path", [*(f"?tab={tab}" for tab in TABS), "panel/", "build/offers/", "lines/avails/"])
def test_queries_do_not_grow_with_lines_and_stay_within_budget(web, lead, path):
    counts = []
    for lines in (1, 3):
        order = running_order(lines)
        browser = web(lead)
        browser.get(f"/orders/{order.pk}/{path}")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/orders/{order.pk}/{path}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 25


def test_a_draft_shows_the_sum_of_each_line_and_the_ways_to_get_there(web, lead):
    order = orders.order()
    orders.line(order, catalog.run_of_site(requests=100_000), quantity=1_000_000)
    orders.line(order, quantity=1_000_000)
    browser = web(lead)
    assert f"/orders/{order.pk}/lines/avails/" in browser.get(f"/orders/{order.pk}/").content.decode()
    page = browser.get(f"/orders/{order.pk}/lines/avails/")
    one, two = page.context["rows"]
    assert (one.found.short, two.found.reserved, two.found.available) == (0, 1_000_000, two.found.matched - 1_000_000)
    said = text(page)
    assert f"matched {two.found.matched:,} − reserved 1,000,000 − held 0 − caps 0 = available, impressions {two.found.available:,}" in said
    assert f"{two.found.says}." in said and "Booking it needs an approval." in said
    gains = [way.gain for way in two.found.relaxations]
    assert gains == sorted(gains, reverse=True) and gains[0] > 0
    assert f"See all {len(gains)}" in said and f"1 {two.found.relaxations[0].change[:1].upper()}{two.found.relaxations[0].change[1:]} +{gains[0]:,}" in said


def test_a_product_being_typed_asks_as_often_however_many_lines_there_are(web, lead):
    counts = []
    for lines in (1, 3):
        order = orders.order(by=lead)
        for number in range(lines):
            orders.line(order, catalog.run_of_site(requests=400_000), quantity=200_000, name=f"Line {number}")
        client = web(lead)
        with CaptureQueriesContext(connection) as asked:
            found = client.get(f"/orders/{order.pk}/build/offers/?q=run").json()["offers"]
        assert [one["label"] for one in found] == ["Run of site"]
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 24


def test_lists_ask_the_same_queries_for_one_row_and_three(web, lead):
    browser, counts = web(lead), []
    for _ in range(3):
        running_order()
        for path in ("/orders/", "/lines/", "/flights/"):
            browser.get(path)
            with CaptureQueriesContext(connection) as seen:
                browser.get(path)
            counts.append((path, len(seen)))
    assert dict(counts[:3]) == dict(counts[6:])
    assert max(count for _, count in counts) <= 25


def test_totals_of_the_list_count_each_order_once(web, lead):
    order = running_order(3)
    assert order.gross == 3 * order.lines.first().amount
    assert f"${order.gross:,.2f}" in text(web(lead).get("/orders/"))


def test_the_panel_tells_what_is_missing_and_asking_makes_tasks(web, campaign_manager):
    order = running_order()
    browser = web(campaign_manager)
    panel = browser.get(f"/orders/{order.pk}/panel/")
    assert "Creative 300×250 for Run of site 1" in text(panel)
    assert "Ask for what is missing" in text(panel)
    assert browser.post(f"/orders/{order.pk}/ask/").status_code == 303
    owed = Task.objects.filter(root_id=order.pk, status="open", owed_by__isnull=False).first()
    assert owed is not None
    assert browser.post(f"/orders/{order.pk}/remind/{owed.pk}/").status_code == 303
    owed.refresh_from_db()
    assert owed.asked_count == 1


def test_from_draft_to_booked_over_http(web, lead, account_manager):
    order = orders.drafted(by=account_manager)
    mine = web(account_manager)
    assert "Submit for approval" in text(mine.get(f"/orders/{order.pk}/"))
    assert mine.post(f"/orders/{order.pk}/submit/").status_code == 303
    assert mine.post(f"/orders/{order.pk}/sign/", {"name": "Dana Whitfield"}).status_code == 303
    assert mine.post(f"/orders/{order.pk}/countersign/", {"name": "Lena Ortiz", "on_paper": "PDF by e-mail"}).status_code == 303
    assert mine.post(f"/orders/{order.pk}/book/").status_code == 303
    assert Order.objects.get(pk=order.pk).status == "booked"
    assert mine.post(f"/orders/{order.pk}/cancel/", {"why": "The client asked"}).status_code == 303
    assert Order.objects.get(pk=order.pk).status == "cancelled"


def test_an_approval_waits_for_somebody_else_and_says_so(web, lead, account_manager):
    orders.rule("discount")
    order = orders.order(by=account_manager)
    orders.line(order, catalog.run_of_site(requests=400_000), rate=Decimal(8), by=account_manager)
    mine = web(account_manager)
    mine.post(f"/orders/{order.pk}/submit/")
    seen = text(mine.get(f"/orders/{order.pk}/"))
    assert "Waits for approval" in seen
    assert "You made or asked for it" in seen
    asked = Approval.objects.get(status="pending")
    refused = mine.post(f"/orders/{order.pk}/approvals/{asked.pk}/", {"outcome": "approved"})
    assert refused.status_code == 403
    without = web(lead).post(f"/orders/{order.pk}/approvals/{asked.pk}/", {"outcome": "rejected"})
    assert (without.status_code, "a rejection needs its reason" in text(without)) == (422, True)
    assert web(lead).post(f"/orders/{order.pk}/approvals/{asked.pk}/", {"outcome": "approved"}).status_code == 303
    assert Order.objects.get(pk=order.pk).status == "approved"


def test_a_refusal_stands_on_the_page_and_nothing_changed(web, account_manager):
    order = orders.order(by=account_manager)
    answer = web(account_manager).post(f"/orders/{order.pk}/submit/")
    assert answer.status_code == 422
    assert "it has no lines" in text(answer)
    assert Order.objects.get(pk=order.pk).status == "draft"
    assert "It has no lines. Add one in the builder." in text(web(account_manager).get(f"/orders/{order.pk}/"))


@pytest.mark.parametrize("path", ["submit", "book", "cancel", "sign", "withdraw", "ask", "po"])
def test_finance_does_none_of_it(web, finance, drafted, path):
    assert web(finance).post(f"/orders/{drafted.pk}/{path}/", {"why": "x", "name": "x", "po_number": "x"}).status_code == 403
    assert Order.objects.get(pk=drafted.pk).status == "draft"


def test_an_agent_signs_nothing(web, account_manager):
    order = orders.drafted(by=account_manager)
    agent = personas.person("Robo Helper", Role.ACCOUNT_MANAGER, agent_for=account_manager)
    web(account_manager).post(f"/orders/{order.pk}/submit/")
    assert web(agent).post(f"/orders/{order.pk}/sign/", {"name": "Robo"}).status_code == 403


def test_a_note_is_internal_unless_it_says_otherwise(web, lead, drafted):
    browser = web(lead)
    browser.post(f"/orders/{drafted.pk}/say/", {"body": "Ask for the PO", "audience": "us"})
    browser.post(f"/orders/{drafted.pk}/say/", {"body": "We start on Monday", "audience": "client"})
    seen = text(browser.get(f"/orders/{drafted.pk}/?tab=conversation"))
    assert "Ask for the PO" in seen and "We start on Monday" in seen and "Client sees this" in seen


def test_a_new_order_by_form_with_its_line_checked_while_typed(web, account_manager):
    accounts.seller()
    advertiser = accounts.advertiser()
    product = catalog.run_of_site(requests=100_000)
    browser = web(account_manager)
    head = {"name": "Winter", "advertiser": advertiser.pk, "start": "2026-12-07", "end": "2026-12-20", "campaign_manager": account_manager.pk}
    made = browser.post("/orders/new/", head)
    order = Order.objects.get()
    assert made["Location"] == f"/orders/{order.pk}/build/"
    offer = browser.get(f"/orders/{order.pk}/build/offers/?q=run&start=2026-12-07&end=2026-12-20").json()["offers"]
    assert [(one["label"], one["rate"], one["avails"]) for one in offer] == [(product.name, "$12.00 CPM", "1.40M impressions free")]
    cells = {"product": product.name, "start": "2026-12-07", "end": "2026-12-20", "quantity": "500000"}
    body = {"rows": [{"key": "r", "line": None, "cells": cells}], "opened": {}}
    assert browser.post(f"/orders/{order.pk}/build/save/", json.dumps(body), content_type="application/json").status_code == 200
    assert Order.objects.get().gross == 6000
    browser.post(f"/orders/{order.pk}/lines/{order.lines.get().pk}/remove/")
    assert Order.objects.get().gross == 0


def test_orders_are_cancelled_in_bulk_with_a_preview(web, lead):
    order = orders.drafted(by=lead)
    browser = web(lead)
    asked = {"action": "book", "ids": [order.pk]}
    assert "is draft" in text(browser.post("/orders/", asked))
    browser.post("/orders/", {"action": "cancel", "ids": [order.pk], "confirmed": "1", "why": "No budget"})
    assert Order.objects.get(pk=order.pk).status == "cancelled"


def test_the_palette_finds_orders_for_us_only(web, lead, rival, drafted):
    assert "Winter Getaways" in text(web(lead).get("/palette/?q=winter"))
    assert "Winter Getaways" not in text(web(rival).get("/palette/?q=winter"))
    assert datetime.date(2026, 12, 7) == drafted.start
