"""The calendar adds up, the panel's sum is exact, holds are placed, extended and released, and clients see none of it."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.orders.models import Order
from makegood.orders.queries.calendar import calendar
from makegood.sales import queries
from makegood.sales.models import Hold
from makegood.workflows import holding
from tests import personas
from tests.factories import accounts, catalog, orders
from tests.factories.accounts import NOW
from tests.interfaces.web.components.test_gallery import dress, violations

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2026, 12, 7)
DAY = datetime.timedelta(days=1)


def text(response) -> str:
    """The page's words without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def mobile(db):
    """Run of site, 100,000 requests a day, and a takeover."""
    accounts.seller()
    catalog.takeover()
    return catalog.run_of_site(requests=100_000)


def cell(person, product, week=MONDAY):
    """The cell of a product in a week."""
    found = calendar(person, monday=week, weeks=1, at=NOW)
    return next(row.cells[0] for _, rows in found.groups for row in rows if row.product == product)


def test_a_cell_is_forecast_less_reserved_less_held(lead, mobile):
    before = cell(lead, mobile)
    assert (before.sold, before.held, before.left) == (0, 0, before.capacity)
    made = orders.order()
    orders.line(made, mobile, quantity=140_000)
    orders.booked(made)
    accounts_of = accounts.advertiser("Pinecone Toys")
    from tests.factories import sales

    sales.hold(mobile, accounts_of, by=lead, start=MONDAY, end=MONDAY + 6 * DAY, units=50_000)
    after = cell(lead, mobile)
    assert (after.sold, after.held) == (70_000, 50_000)
    assert after.left == before.capacity - 120_000


def test_an_exclusive_week_names_who_has_it_and_until_when(lead, mobile):
    takeover = catalog.Product.objects.get(code="takeover")
    made = orders.order(name="Big day")
    orders.line(made, takeover, quantity=1, start=MONDAY + DAY, end=MONDAY + DAY)
    orders.booked(made)
    owners = cell(lead, takeover).owners
    assert [(owner.name, owner.days, owner.held) for owner in owners] == [("Oatfield Foods", (MONDAY + DAY,), False)]


def test_the_page_and_its_panel(web, lead, mobile):
    browser = web(lead)
    page = browser.get("/inventory/")
    assert page.status_code == 200
    assert "Run of site" in text(page) and "exclusive, 1 buyer a day" in text(page)
    start = timezone.now().date() + 14 * DAY
    ask = f"/inventory/cell/?product={mobile.pk}&start={start}&end={start + 6 * DAY}"
    assert "matched" in text(browser.get(ask)) and "available" in text(browser.get(ask))
    assert "Short by" in text(browser.get(f"{ask}&units=99000000"))
    assert Hold.objects.count() == 0
    assert browser.get("/inventory/cell/").status_code == 200
    assert browser.get("/inventory/cell/?product=x&week=nonsense").status_code == 200


@pytest.fixture
def sold(lead, mobile):
    """Meridian Rail has 400,000 of the next weeks, Pinecone Toys holds 100,000 of them."""
    start = timezone.now().date() + 14 * DAY
    made = orders.order(name="Winter", advertiser=accounts.advertiser("Meridian Rail"), start=start, end=start + 6 * DAY)
    orders.line(made, mobile, quantity=400_000, start=start, end=start + 6 * DAY)
    orders.booked(made)
    holding.place(
        mobile, accounts.advertiser("Pinecone Toys"), start=start, end=start + 6 * DAY, units=100_000, by=lead, at=timezone.now(),
        expires_at=timezone.now() + 3 * DAY,
    )  # fmt: skip
    return f"/inventory/cell/?product={mobile.pk}&start={start}&end={start + 6 * DAY}"


def test_a_what_if_says_who_loses_what_and_it_adds_up(web, finance, sold):
    browser = web(finance)
    assert "Who loses what Nobody loses anything" in text(browser.get(f"{sold}&units=1000"))
    free = browser.get(sold).context["answer"].available
    page = browser.get(f"{sold}&units={free + 150_000}")
    said = text(page)
    assert f"1 Pinecone Toys −100,000 100.0 % of 100,000 held 2 Meridian Rail ({Order.objects.get(name='Winter').number}) −50,000" in said
    assert "Run of site, guaranteed: 12.5 % of 400,000 promised, $600" in said
    assert f"There, harming nobody {free:,} + lost by others 150,000 + stays short 0 = asked {free + 150_000:,}" in said
    assert "80 % within" in said
    assert (Hold.objects.count(), Order.objects.count()) == (1, 1)


def test_a_taken_day_is_not_booked_over_anybody_and_the_unknown_is_not_called_there(web, lead, mobile):
    takeover = catalog.Product.objects.get(code="takeover")
    start = timezone.now().date() + 14 * DAY
    made = orders.order(name="Big day", start=start, end=start)
    orders.line(made, takeover, quantity=1, start=start, end=start)
    orders.booked(made)
    browser = web(lead)
    assert "nobody else can be booked on a day that is taken" in text(browser.get(f"/inventory/cell/?product={takeover.pk}&start={start}&end={start}&units=1"))
    mobile.placements.get().supply_days.all().delete()
    said = text(browser.get(f"/inventory/cell/?product={mobile.pk}&start={start}&end={start}&units=1"))
    assert ("Not enough counted to say" in said, "It is there" in said, "loses" in said) == (True, False, False)


def test_a_what_if_asks_as_often_whoever_would_lose(web, lead, mobile, sold):
    browser, counts = web(lead), []
    for _ in range(3):
        browser.get(f"{sold}&units=9000000")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"{sold}&units=9000000")
        counts.append(len(seen))
        start = timezone.now().date() + 14 * DAY
        made = orders.order(start=start, end=start + 6 * DAY)
        orders.line(made, mobile, quantity=10_000, start=start, end=start + 6 * DAY)
        orders.booked(made)
    assert counts[0] == counts[2] <= 25


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_what_if_in_a_browser(page, account_manager, sold, mobile):
    seen = page(account_manager)
    seen.goto("/inventory/")
    panel = seen.locator("#mg-panel")
    seen.get_by_role("button", name="What if").click()
    panel.get_by_label("Product").select_option(str(mobile.pk))
    start = timezone.now().date() + 14 * DAY
    panel.get_by_label("First day").fill(start.isoformat())
    panel.get_by_label("Last day").fill((start + 6 * DAY).isoformat())
    panel.get_by_label("Units").fill("1000")
    panel.get_by_role("button", name="Look").click()
    panel.get_by_text("Nobody loses anything").wait_for()
    panel.get_by_label("Units").fill("5000000")
    panel.get_by_role("button", name="Look").click()
    losers = panel.locator("#mg-losers")
    losers.get_by_text("Meridian Rail").wait_for()
    assert "−400,000" in losers.inner_text() and "Pinecone Toys" in losers.inner_text()
    assert (Hold.objects.count(), Order.objects.count()) == (1, 1)


def test_holds_are_placed_extended_and_released(web, sales, finance, mobile):
    client = accounts.advertiser("Pinecone Toys")
    start = timezone.now().date() + 14 * DAY
    asked = {"product": mobile.pk, "advertiser": client.pk, "start": start, "end": start + 6 * DAY, "units": 50_000, "days": 3, "reason": "Brief"}
    assert web(finance).post("/inventory/hold/", asked).status_code == 403
    browser = web(sales)
    wrong = browser.post("/inventory/hold/", asked | {"end": start - DAY})
    assert (wrong.status_code, Hold.objects.count()) == (422, 0)
    assert browser.post("/inventory/hold/", asked).status_code == 303
    hold = Hold.objects.get()
    assert (hold.units, hold.owner) == (50_000, sales)
    assert browser.post(f"/inventory/holds/{hold.pk}/extend/", {"days": 20, "why": "x"}).status_code == 422
    assert browser.post(f"/inventory/holds/{hold.pk}/extend/", {"days": 9, "why": "The client decides on Friday"}).status_code == 303
    hold.refresh_from_db()
    assert hold.expires_at > timezone.now() + 8 * DAY
    assert web(finance).post(f"/inventory/holds/{hold.pk}/release/").status_code == 403
    assert browser.post(f"/inventory/holds/{hold.pk}/release/").status_code == 303
    hold.refresh_from_db()
    assert hold.status == "released"


@pytest.fixture
def queued(web, sales, mobile):
    """Pinecone Toys holds a day of the takeover; Velo City is second, Meridian Rail third."""
    takeover = catalog.Product.objects.get(code="takeover")
    start = timezone.now().date() + 14 * DAY
    for name in ("Pinecone Toys", "Velo City", "Meridian Rail"):
        asked = {"product": takeover.pk, "start": start, "end": start, "units": 1, "days": 3, "advertiser": accounts.advertiser(name).pk}
        assert web(sales).post("/inventory/hold/", asked).status_code == 303
    return f"/inventory/cell/?product={takeover.pk}&start={start}&end={start}&units=1"


def holds_by_name():
    return {one.advertiser.party.name: one for one in Hold.objects.select_related("advertiser__party")}


def test_the_next_hold_waits_and_the_panel_shows_the_queue(web, sales, lead, queued):
    said = text(web(sales).get(queued))
    assert "Pinecone Toys 100 % Owen Park, since" in said and "Velo City Owen Park Challenge Leave Meridian Rail" in said
    assert ("Go before" in said, "Go before" in text(web(lead).get(queued))) == (False, True)
    page = web(sales).get("/plans/holds/")
    assert all(name in text(page) for name in ("Pinecone Toys", "Velo City", "Meridian Rail"))


def test_the_queue_is_worked_by_its_buttons(web, sales, lead, queued):
    found, browser = holds_by_name(), web(sales)
    second, third, first = found["Velo City"], found["Meridian Rail"], found["Pinecone Toys"]
    assert browser.post(f"/inventory/holds/{third.pk}/challenge/").status_code == 409
    assert browser.post(f"/inventory/holds/{third.pk}/jump/", {"place": 2, "why": "x"}).status_code == 403
    assert web(lead).post(f"/inventory/holds/{third.pk}/jump/", {"place": 2, "why": "The board asked"}).status_code == 303
    assert browser.post(f"/inventory/holds/{third.pk}/challenge/").status_code == 303
    assert "Meridian Rail asks for it: to be booked by" in text(browser.get(queued))
    assert browser.post(f"/inventory/holds/{third.pk}/withdraw/").status_code == 303
    assert browser.post(f"/inventory/holds/{first.pk}/hand-over/").status_code == 303
    assert [one.status for one in (holds_by_name()[name] for name in ("Pinecone Toys", "Meridian Rail", "Velo City"))] == ["handed_over", "held", "queued"]
    assert "The hold for Meridian Rail is yours now" in text(browser.get("/")) and "Meridian Rail has what Pinecone Toys held" in text(browser.get("/"))
    assert browser.get(f"/inventory/holds/{second.pk}/").status_code == 302


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_the_queue_is_challenged_in_a_browser_and_passes_axe(page, sales, lead, queued, theme, width):
    seen = page(sales, width=width)
    seen.goto(f"/inventory/holds/{holds_by_name()['Pinecone Toys'].pk}/")
    dress(seen, theme)
    seen.locator("#mg-panel").get_by_role("button", name="Challenge").click()
    seen.goto(f"/inventory/holds/{holds_by_name()['Velo City'].pk}/")
    dress(seen, theme)
    seen.locator("#mg-panel").get_by_text("Velo City asks for it").wait_for()
    assert violations(seen) == []
    boss = page(lead, width=width)
    for path in (f"/inventory/holds/{holds_by_name()['Pinecone Toys'].pk}/", "/inventory/holds/rules/", "/inventory/hold/"):
        boss.goto(path)
        dress(boss, theme)
        assert (violations(boss), boss.evaluate("document.documentElement.scrollWidth")) == ([], width), path


def test_the_rules_of_holds_are_changed_by_form(web, lead, sales, mobile):
    asked = {"longest_days": 21, "challenge_days": 3, "sales": 1, "account_manager": 2, "campaign_manager": 3, "lead": 4, "why": "New year"}
    assert (web(sales).get("/inventory/holds/rules/").status_code, web(lead).get("/inventory/holds/rules/").status_code) == (403, 200)
    assert web(lead).post("/inventory/holds/rules/", asked | {"lead": -1}).status_code == 422
    assert web(lead).post("/inventory/holds/rules/", asked).status_code == 303
    rules = queries.policy()
    assert (rules.longest_days, rules.challenge_days, rules.extend_days) == (21, 3, {"sales": 1, "account_manager": 2, "campaign_manager": 3, "lead": 4})


def test_queries_do_not_grow_with_what_is_sold(web, lead, mobile):
    browser, counts = web(lead), []
    for _ in range(3):
        made = orders.order()
        orders.line(made, mobile, quantity=10_000)
        orders.booked(made)
        browser.get("/inventory/")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/inventory/?product={mobile.pk}&week={MONDAY}")
        counts.append(len(seen))
    assert counts[0] == counts[2]
    assert counts[2] <= 25


def test_clients_see_no_inventory(web, mobile):
    contact = personas.client_of(accounts.advertiser("Velo City").party, "Lena Ortiz")
    asked = f"/inventory/cell/?product={mobile.pk}&start={MONDAY}&end={MONDAY}&units=9000000"
    assert [web(contact).get(path)["Location"] for path in ("/inventory/", asked)] == ["/portal/", "/portal/"]
    assert calendar(contact, monday=MONDAY, weeks=1, at=NOW).groups == ()
