"""Third-party counts on the page: dropped, doubts at their cells, settled, counted; and the board of what differs."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.delivery.actions import comparing, counting
from makegood.delivery.models import CountLoad, Discrepancy, Fact, Reach, ThirdPartyCount
from makegood.delivery.queries import discrepancies
from tests.factories import billing, delivery, orders
from tests.factories.accounts import NOW

HEAD = "Date,Placement ID,Placement,Impressions,Clicks\n"
ROWS = "2026-12-08,77,Run of site,1200,3\n2026-12-09,77,Run of site,900,2\n"


@pytest.fixture
def flight(db):
    return orders.booked().lines.get().flights.get()


def drop(browser, text, vendor="Adserve One"):
    return browser.post("/counts/", {"vendor": vendor, "document": SimpleUploadedFile("counts.csv", text.encode())})


def text(response):
    return response.content.decode()


def test_from_file_to_board(web, finance, flight):
    browser = web(finance)
    answer = drop(browser, HEAD + ROWS)
    load = CountLoad.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/counts/{load.pk}/")
    seen = text(browser.get(answer["Location"]))
    assert "Which flight is it? The answer is remembered." in seen
    assert f'name="flight" value="{flight.pk}"' in seen
    refused = browser.post(f"/counts/{load.pk}/confirm/")
    assert (refused.status_code, "is no known flight of ours" in text(refused), ThirdPartyCount.objects.count()) == (422, True, 0)
    browser.post(f"/counts/{load.pk}/choose/", {"placement": "77", "flight": flight.pk})
    assert browser.post(f"/counts/{load.pk}/confirm/")["Location"] == "/discrepancies/"
    assert sorted(ThirdPartyCount.objects.values_list("impressions", flat=True)) == [900, 1200]
    assert "A corrected file replaces the days it names." in text(browser.get(f"/counts/{load.pk}/"))


def test_what_is_wrong_stands_beside_its_row(web, finance, flight):
    browser = web(finance)
    drop(browser, HEAD + ROWS + "2026-12-10,77,Run of site,many,0\nTotal,,,2101,\n")
    seen = text(browser.get(f"/counts/{CountLoad.objects.get().pk}/"))
    assert "row 4, column D: &#x27;many&#x27; is no whole number of impressions." in seen
    assert "rows come to" in seen


def test_a_file_that_is_none_is_refused_where_it_was_dropped(web, finance, flight):
    answer = drop(web(finance), "nothing\nhere\n")
    assert (answer.status_code, "Nothing was stored." in text(answer), CountLoad.objects.count()) == (422, True, 0)
    assert drop(web(finance), HEAD + ROWS, vendor="").status_code == 422


def test_a_column_put_right_changes_what_is_read(web, finance, flight):
    browser = web(finance)
    drop(browser, "Date,Placement,Impressions,Certified\n2026-12-08,Run of site,1200,1100\n")
    load = CountLoad.objects.get()
    browser.post(f"/counts/{load.pk}/column/", {"header": "Certified", "field": "impressions"})
    assert "1,100" in text(browser.get(f"/counts/{load.pk}/"))
    assert browser.post(f"/counts/{load.pk}/column/", {"header": "Nowhere", "field": "colour"}).status_code == 422


def differing(*names):
    """A line for each name whose second day the other counter misses."""
    for name in names:
        order = orders.order(name)
        orders.line(order, quantity=50_000)
        line = orders.booked(order).lines.get()
        day = datetime.timedelta(days=1)
        delivery.count(line, {orders.START + n * day: 20_000 for n in range(5)})
        delivery.third_party(line, {orders.START + n * day: 19_800 for n in (0, 2, 3, 4)})
        comparing.compare([line], by=None, at=NOW + datetime.timedelta(days=30))


def test_the_board_says_cause_step_and_whose_it_is_at_the_same_cost_for_many(web, lead):
    browser = web(lead)

    def queries(path):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    differing("One")
    row = Discrepancy.objects.get()
    pages = ("/discrepancies/", f"/discrepancies/{row.line_id}/")
    [queries(path) for path in pages]
    one = [queries(path) for path in pages]
    seen = text(browser.get(pages[1]))
    for words in ("They have no count for 1 day on which we delivered.", "Ask Adserve One for the missing days", row.line.order.campaign_manager.name, "−100.0"):
        assert words in seen
    differing("Two", "Three")
    assert [queries(path) for path in pages] == one
    assert max(one) <= 25


def test_worst_money_first(db, lead):
    differing("One", "Two")
    first, second = Discrepancy.objects.order_by("pk")
    Discrepancy.objects.filter(pk=second.pk).update(at_stake=first.at_stake + 1)
    assert [one.pk for one in discrepancies.discrepancy_list(lead)] == [second.pk, first.pk]


def test_nobody_elses_line_is_a_404(web, lead, flight):
    assert web(lead).get(f"/discrepancies/{flight.line_id}/").status_code == 404


@pytest.mark.parametrize("by", ["day", "hour", "placement", "creative", "device"])
def test_delivery_by_every_dimension_and_as_a_file(web, lead, by):
    order = billing.ran(filtered={"known_bot": 700})
    browser = web(lead)
    seen = text(browser.get(f"/orders/{order.pk}/?tab=delivery&by={by}"))
    assert "322,100" in seen  # gross of all
    made = browser.get(f"/orders/{order.pk}/counts/?by={by}&export=csv").content.decode("utf-8-sig").splitlines()
    assert made[0].endswith("Gross,Net,Filtered,Viewable,Clicks,Audible,Conversions")
    assert sum(int(row.split(",")[-6]) for row in made[1:]) == 320_000
    assert browser.get(f"/orders/{order.pk}/counts/?by=colour").status_code == 404


def test_what_was_heard_and_what_followed_a_click_is_shown_where_there_is_any(web, lead):
    order = billing.ran()
    browser, path = web(lead), f"/orders/{order.pk}/?tab=delivery"
    assert "Conversions" not in text(browser.get(path))
    assert "Conversions" not in text(browser.get(f"/reports/{order.pk}/"))
    first = delivery.Fact.objects.order_by("pk").first()
    delivery.Fact.objects.filter(pk=first.pk).update(audible=61_234, conversions=417)
    seen, report = text(browser.get(path)), text(browser.get(f"/reports/{order.pk}/"))
    for words in ("Audible", "Conversions", "61,234", "417"):
        assert words in seen
        assert words in report


def test_whom_a_campaign_reached_is_shown_where_anybody_is_known(web, lead):
    order = billing.ran()
    browser, pages = web(lead), (f"/orders/{order.pk}/?tab=delivery", f"/reports/{order.pk}/")
    reach = Reach.objects.create(order=order, people=0, impressions=0, of_nobody=320_000, as_of=NOW)
    assert not any("eople reached" in text(browser.get(page)) for page in pages)
    Reach.objects.filter(pk=reach.pk).update(people=53_210, impressions=160_000, of_nobody=160_000)
    tab, report = (text(browser.get(page)) for page in pages)
    assert all(words in tab for words in ("People reached", "53,210", "3.0", "50.0"))
    assert all(words in report for words in ("People reached", "53,210", "3.0 impressions each"))


def test_an_adjustment_stands_on_the_bill_and_the_campaign(web, finance):
    from makegood.billing.actions import adjusting

    bill = billing.issued(billing.ran(bill_cap="none"), finance)
    delivery.count(bill.order.lines.get(), {billing.COUNTED[0] + datetime.timedelta(days=1): 5_000})
    adjusting.notice(adjusting.overlapping(billing.COUNTED[0], billing.COUNTED[0]), why="events that came late", by=finance, at=NOW)
    seen = text(web(finance).get(f"/billing/invoices/{bill.pk}/"))
    assert "Counts that changed since" in seen
    assert "120,000 → 125,000" in seen
    assert "+50.00" in seen and "$50.00 gross waits for the next bill." in seen
    assert "Counts changed since" in text(web(finance).get(f"/orders/{bill.order_id}/?tab=money"))


def test_what_was_counted_since_stands_on_the_next_bill_and_what_was_counted_less_is_credited_from_the_page(web, finance):
    bill = billing.issued(billing.ran(bill_cap="none"), finance)
    delivery.count(bill.order.lines.get(), {billing.COUNTED[0] + datetime.timedelta(days=1): 5_000})
    second = billing.issued(bill.order, finance, billing.BROADCAST[1])
    seen = text(web(finance).get(f"/billing/invoices/{second.pk}/?line=2"))
    assert f"counted since {bill.number}" in seen and "5,000 impressions counted since: events that came late" in seen
    assert "Counts changed since" not in text(web(finance).get(f"/orders/{bill.order_id}/?tab=money"))
    Fact.objects.filter(hour__date=billing.COUNTED[0]).update(gross=100_000, net=100_000)
    page = f"/billing/invoices/{bill.pk}/"
    seen = text(web(finance).get(page))
    assert f">Invoice {second.number}</a>" in seen
    assert "$200.00 gross was billed too much." in seen
    assert web(finance).post(f"{page}credit-counts/").status_code == 303
    seen = text(web(finance).get(page))
    assert "line 1: -20,000 units" in seen and "billed too much" not in seen


def test_counting_is_not_called_by_looking(web, lead, settings):
    """The operators' page reads the log's lengths; it counts nothing."""
    settings.EVENTS_FOLDER.mkdir(parents=True)
    (settings.EVENTS_FOLDER / "2026112009-1.seg").write_bytes(b"{}\n" * 10)
    web(lead).get("/operations/")
    assert counting.count(settings.EVENTS_FOLDER, at=NOW).read == 0
