"""Changing an order by its page: collected, previewed, taken back, pushed, sent, signed, cancelled by notice; what is refused is said there."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.catalog.models import Placement, SupplyCell
from makegood.orders.actions import cancelling, running
from makegood.orders.models import CancellationTerms, ChangeOrder, Order
from tests import personas
from tests.factories import orders
from tests.factories.accounts import NOW
from tests.interfaces.web.orders.conftest import running_order

pytestmark = [pytest.mark.usefixtures("story_day"), pytest.mark.django_db]


def text(response) -> str:
    """The page's words without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def order():
    return running_order(2)


def begun(browser, order) -> str:
    return browser.post(f"/orders/{order.pk}/changes/begin/", {"line": "2"})["Location"].partition("?")[0]


def test_a_delivery_change_from_the_line_to_push(web, campaign_manager, order):
    browser = web(campaign_manager)
    assert "Change this order" in text(browser.get(f"/orders/{order.pk}/"))
    url = begun(browser, order)
    assert "Frequency cap" in text(browser.get(f"{url}?line=2"))
    for data in ({"op": "line.cap", "line": "2", "cap_count": "3", "cap_hours": "24"}, {"op": "line.rename", "line": "2", "name": "Home"}, {"op": "order.term", "name": "notes", "value": "Call first"}):
        assert browser.post(f"{url}collect/", data).status_code == 303
    assert browser.post(f"{url}undo/", {"position": "1"}).status_code == 303
    shown = text(browser.get(f"{url}preview/"))
    assert "Delivery only" in shown and "Push now" in shown and "3 in 24 hours" in shown and "Send for" not in shown
    assert browser.post(f"{url}push/", {"why": "seen too often"})["Location"] == f"/orders/{order.pk}/"
    now = Order.objects.get(pk=order.pk)
    assert (now.revision, now.notes, now.lines.get(number=2).cap_count, now.lines.get(number=2).name) == (2, "Call first", 3, "Run of site 2")


def test_a_commercial_change_is_sent_and_signed_on_its_page(web, account_manager, order):
    browser = web(account_manager)
    url = begun(browser, order)
    browser.post(f"{url}collect/", {"op": "line.quantity", "line": "2", "quantity": "150000"})
    shown = text(browser.get(f"{url}preview/"))
    assert "Send for signature" in shown and "2,400.00 → $3,000.00 +600.00" in shown and "Push now" not in shown
    assert browser.post(f"{url}push/").status_code == 409
    browser.post(f"{url}send/")
    assert "Out for signature" in text(browser.get(f"/orders/{order.pk}/?tab=history")) or "out for signature" in text(browser.get(f"/orders/{order.pk}/"))
    browser.post(f"{url}sign/", {"side": "seller", "name": "Dana Whitfield"})
    assert Order.objects.get(pk=order.pk).revision == 1
    browser.post(f"{url}sign/", {"side": "client", "name": "Lena Ortiz", "on_paper": "countersigned PDF"})
    assert (Order.objects.get(pk=order.pk).revision, ChangeOrder.objects.get().status) == (2, "applied")
    table = text(browser.get(f"/orders/{order.pk}/revisions/?before=1&after=2"))
    assert "100,000 150,000 +600.00" in table
    assert browser.get(f"/orders/{order.pk}/revisions/?before=1&after=2&export=csv").content.decode("utf-8-sig").splitlines()[1].startswith("Line 2 Run of site 2,")


def test_what_cannot_be_is_said_on_the_page(web, account_manager, order):
    browser = web(account_manager)
    url = begun(browser, order)
    answer = browser.post(f"{url}collect/", {"op": "line.dates", "line": "1", "start": "2026-11-25"})
    assert answer.status_code == 422 and "its start stays" in text(answer)
    answer = browser.post(f"{url}collect/", {"op": "line.quantity", "line": "1", "quantity": "10"})
    assert answer.status_code == 422 and "22,000 are delivered" in text(answer)
    assert browser.post(f"{url}collect/", {"op": "line.targeting", "line": "1", "hour_of_week+": "many"}).status_code == 422


def test_a_line_is_aimed_in_the_builders_editor_and_the_preview_says_whom_it_reaches(web, campaign_manager, order):
    for geo, share in (("US-MA-506", 0.2), ("US-MA-521", 0.3), ("US-NY-501", 0.5)):
        SupplyCell.objects.create(placement=Placement.objects.get(), geo=geo, device="mobile", share=share)
    browser = web(campaign_manager)
    url = begun(browser, order)
    form = browser.get(f"{url}?line=2").content.decode()
    assert 'name="geo:US-MA"' in form and 'name="geo:US-NY"' in form and "As JSON" not in form
    aim = {"op": "line.targeting", "line": "2", "geo:US-MA": "+", "device:": "", "geo-": "US-MA-506"}
    tried = text(browser.post(f"{url}reach/", aim))
    matched = [int(one.replace(",", "")) for one in re.search(r"Requests that match ([\d,]+) → ([\d,]+)", tried).groups()]
    assert 0 < matched[1] < matched[0]
    assert "no whole number" in text(browser.post(f"{url}reach/", {"line": "2", "hour_of_week+": "many"}))
    assert browser.post(f"{url}reach/", {"line": "9"}).status_code == 404
    browser.post(f"{url}collect/", aim)
    shown = text(browser.get(f"{url}preview/"))
    assert "Delivery only" in shown and "Everybody Geography US-MA without US-MA-506" in shown
    assert re.search(rf"Requests that match {matched[0]:,} → {matched[1]:,}", shown)
    browser.post(f"{url}collect/", aim | {"hour_of_week+": "6-20"})
    kept = ChangeOrder.objects.get().operations[1]["targeting"]
    assert (kept["geo"], sorted(kept["hour_of_week"])) == ({"include": ["US-MA"], "exclude": ["US-MA-506"]}, list(range(6, 21)))
    assert "Geography US-MA without US-MA-506; hours Mon 06:00 to 21:00" in text(browser.get(f"{url}preview/"))
    chosen = browser.get(f"{url}?line=2").content.decode()
    assert '<option value="+" selected>' in chosen and 'value="6-20"' in chosen


def test_notice_shows_its_consequences_and_ends_the_lines(web, account_manager, order):
    browser = web(account_manager)
    assert "Everything ends within the notice" in text(browser.get(f"/orders/{order.pk}/notice/"))
    CancellationTerms.objects.create(notice_days=2, other_notice_days=1, fee_pct=50)
    assert "Everything ends within the notice" in text(browser.get(f"/orders/{order.pk}/notice/"))  # it was signed before
    order = running_order(2)
    url = f"/orders/{order.pk}/notice/"
    assert "Cancellation fee" in text(browser.get(url))
    assert browser.post(url, {"source": "e-mail", "why": "", "fee": ""}).status_code == 422
    assert browser.post(url, {"source": "e-mail of 23 Nov", "why": "store closed", "fee": ""})["Location"] == f"/orders/{order.pk}/"
    assert Order.objects.get(pk=order.pk).lines.filter(name="Cancellation fee").count() == 1


@pytest.mark.parametrize("path", ["", "preview/", "?line=1"])
def test_clients_see_no_page_of_ours(web, order, rival, account_manager, path):
    url = begun(web(account_manager), order)
    answer = web(rival).get(url + path)
    assert (answer.status_code, answer["Location"]) == (302, "/portal/")
    assert web(rival).post(f"{url}sign/", {"side": "client", "name": "x"}).status_code == 403


def test_the_page_and_the_preview_ask_no_more_for_more_lines(web, account_manager):
    counts = []
    for lines in (1, 3):
        made = running_order(lines)
        browser = web(account_manager)
        url = begun(browser, made)
        browser.post(f"{url}collect/", {"op": "line.cap", "line": "1", "cap_count": "3", "cap_hours": "24"})
        with CaptureQueriesContext(connection) as page:
            browser.get(url)
        with CaptureQueriesContext(connection) as preview:
            browser.get(f"{url}preview/")
        counts.append((len(page), len(preview)))
    assert counts[0][0] == counts[1][0]
    assert counts[1][1] - counts[0][1] <= 2 * 2, counts  # the floor of each line is looked up in the card (orders.needs)


def test_the_client_reads_what_differs_and_signs_it_in_the_portal(web, account_manager, order, rival):
    contact = personas.client_of(order.advertiser.party, "Lena Ortiz")
    browser = web(account_manager)
    url = begun(browser, order)
    browser.post(f"{url}collect/", {"op": "line.quantity", "line": "2", "quantity": "150000"})
    place = f"/portal/orders/{order.pk}/sign/"
    assert web(contact).get(place).status_code == 303 and web(rival).get(place).status_code == 404
    browser.post(f"{url}send/")
    assert "Sign change 1" in text(browser.get("/")) and "Sign the change of" in text(web(contact).get("/portal/"))
    shown = text(web(contact).get(place))
    assert "Sign the change" in shown and "100,000 150,000" in shown
    assert web(contact).post(place, {"name": "Lena Ortiz"}).status_code == 422
    assert web(rival).post(place, {"name": "Rita", "agree": "yes"}).status_code == 404
    web(contact).post(place, {"name": "Lena Ortiz", "agree": "yes"})
    assert Order.objects.get(pk=order.pk).revision == 1
    browser.post(f"{url}sign/", {"side": "seller", "name": "Dana Whitfield"})
    assert Order.objects.get(pk=order.pk).revision == 2


def test_a_drafts_change_is_made_in_the_sheet_and_a_cancelled_orders_is_refused_with_its_reason(web, account_manager, order):
    browser, draft = web(account_manager), orders.drafted(name="Not sent yet")
    answer = browser.post(f"/orders/{draft.pk}/changes/begin/", follow=True)
    assert answer.redirect_chain == [(f"/orders/{draft.pk}/build/", 303)] and "a change order begins once both sides have signed" in text(answer)
    cancelling.cancel(order, by=None, at=NOW, why="the store burnt down")
    answer = browser.post(f"/orders/{order.pk}/changes/begin/")
    assert answer.status_code == 409 and "it was cancelled: the store burnt down. Draft it anew" in text(answer)
    assert ChangeOrder.objects.count() == 0


def test_a_line_is_paused_from_its_page_and_the_preview_says_what_is_lost(web, campaign_manager, order):
    browser = web(campaign_manager)
    url = begun(browser, order)
    assert "Pause" in text(browser.get(f"{url}?line=1")) and "Served again from" not in text(browser.get(f"{url}?line=1"))
    browser.post(f"{url}collect/", {"op": "delivery.pause", "line": "1", "first": "2026-11-24", "last": ""})
    shown = text(browser.get(f"{url}preview/"))
    assert "Delivery only" in shown and "would not be delivered" in shown and "Push now" in shown and "No word of the order: only what is served." in shown
    assert browser.post(f"{url}push/", {"why": "the landing page moves"})["Location"] == f"/orders/{order.pk}/"
    now = Order.objects.get(pk=order.pk)
    assert (now.revision, now.lines.get(number=1).flights.get().pauses.get().why) == (1, "the landing page moves")
    again = begun(browser, order)
    assert "Served again from" in text(browser.get(f"{again}?line=1")) and "Served again from" in text(browser.get(f"{again}?line=pause"))


def test_a_signed_order_has_no_pause_and_an_ended_line_is_extended_or_settled(web, account_manager):
    browser, signed = web(account_manager), orders.signed()
    url = begun(browser, signed)
    assert "Pause" not in text(browser.get(f"{url}?line=1")) and "Frequency cap" in text(browser.get(f"{url}?line=1"))
    ended = running_order()
    running.complete(ended.lines.get().flights.select_related("line__order").get(), by=None, at=NOW)
    url = begun(browser, ended)
    page = text(browser.get(f"{url}?line=1"))
    assert "78,000 were not delivered" in page and "Settle it" in page and "Frequency cap" not in page
    browser.post(f"{url}collect/", {"op": "line.extend", "line": "1", "end": "2026-12-15"})
    assert "Extend line 1 to 15 Dec 2026 for 78,000" in text(browser.get(url)) and "Send for signature" in text(browser.get(f"{url}preview/"))
