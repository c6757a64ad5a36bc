"""The trafficking sheet from assigning to publishing by two people, in pages; clients and rivals stay outside."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.delivery.models import Fact
from makegood.trafficking.actions import assigning, fitting
from makegood.trafficking.models import Assignment, Publication, QaRun
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW
from tests.personas import client_of


@pytest.fixture(autouse=True)
def _today():
    """Pages ask the clock; the story is set in November 2026."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def order(db, campaign_manager):
    return trafficking.order(make.advertiser(), campaign_manager, trafficking.product())


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200
    return len(seen), response.content.decode()


def test_from_missing_to_published_by_two_people(order, reviewer, trafficker, campaign_manager, web):
    sheet = f"/trafficking/{order.pk}/"
    version = make.approved(order.advertiser, reviewer)
    flight = trafficking.flight(order)
    maker, second = web(trafficker), web(campaign_manager)
    assert "an approved one only needs assigning" in maker.get(sheet).content.decode()
    assigned = maker.post(f"/trafficking/flights/{flight.pk}/assign/", {"version": version.pk, "weight": 100, "click_url": ""})
    assert (assigned.status_code, Assignment.objects.get().version) == (303, version)
    assert "your run informs" in maker.get(sheet).content.decode()
    assert second.post(f"{sheet}check/").status_code == 303
    assert QaRun.objects.get().passed is True
    fields = second.get(f"{sheet}?view=qa").content.decode()
    assert fields.count("Agrees") == QaRun.objects.get().fields
    assert maker.post(f"{sheet}publish/").status_code == 303
    flight.refresh_from_db()
    assert (flight.status, Publication.objects.get().flights) == ("ready", 1)


def test_publishing_without_qa_says_what_is_missing(order, reviewer, trafficker, web):
    make.approved(order.advertiser, reviewer, root=("orders.order", order.pk))
    client = web(trafficker)
    client.post(f"/trafficking/{order.pk}/assign-all/")
    refused = client.post(f"/trafficking/{order.pk}/publish/")
    assert (refused.status_code, "no QA has been run" in refused.content.decode(), Publication.objects.count()) == (409, True, 0)


def test_an_assignment_is_changed_paused_and_taken_off(order, reviewer, trafficker, web):
    make.approved(order.advertiser, reviewer)
    row, = fitting.assign_all(order, by=trafficker, at=NOW)
    client, url = web(trafficker), f"/trafficking/assignments/{row.pk}/"
    client.post(url, {"weight": 30, "click_url": "https://brightwater.example/new"})
    for do, status in (("pause", "paused"), ("resume", "active"), ("remove", "removed")):
        assert client.post(url, {"do": do}).status_code == 303
        row.refresh_from_db()
        assert (row.status, row.weight) == (status, 30)


def test_tags_name_the_placement(order, trafficker, web, settings):
    page = web(trafficker).get(f"/trafficking/{order.pk}/?view=tags").content.decode()
    assert "data-makegood=&quot;ros-300x250&quot; data-width=&quot;300&quot;" in page
    assert f"{settings.ADSERVER_URL}/tag.js" in page


def test_the_sheet_is_a_workbook(order, reviewer, trafficker, web):
    make.approved(order.advertiser, reviewer)
    fitting.assign_all(order, by=trafficker, at=NOW)
    answer = web(trafficker).get(f"/trafficking/{order.pk}/sheet.xlsx")
    assert (answer.status_code, answer.content[:2], f"{order.number}-trafficking.xlsx" in answer["Content-Disposition"]) == (200, b"PK", True)


def test_queries_do_not_grow_with_lines_or_orders(order, campaign_manager, trafficker, web):
    one, _ = queries(web(trafficker), f"/trafficking/{order.pk}/")
    wide = trafficking.order(order.advertiser, campaign_manager, *(trafficking.product(f"p{n}") for n in range(3)), name="Wide")
    three, page = queries(web(trafficker), f"/trafficking/{wide.pk}/")
    assert (three, page.count('<tr class="grp"')) == (one, 3)
    assert one <= 25
    two, _ = queries(web(trafficker), "/trafficking/")
    trafficking.order(order.advertiser, campaign_manager, trafficking.product("more"), name="More")
    assert queries(web(trafficker), "/trafficking/")[0] == two


def test_clients_and_rivals_see_nothing(order, web, finance):
    for contact in (client_of(order.advertiser.party, "Own Client"), client_of(make.advertiser("Harrow Mutual").party, "Rival Client")):
        client = web(contact)
        seen = [client.get(url) for url in ("/trafficking/", f"/trafficking/{order.pk}/", f"/trafficking/{order.pk}/sheet.xlsx")]
        assert [(page.status_code, page["Location"]) for page in seen] == [(302, "/portal/")] * 3
        assert client.post(f"/trafficking/{order.pk}/publish/").status_code == 403
    assert web(finance).post(f"/trafficking/{order.pk}/publish/").status_code == 403


def test_a_rotation_is_chosen_and_says_what_it_has_learnt(order, reviewer, trafficker, web):
    flight = trafficking.flight(order)
    for n in range(2):
        version = make.approved(order.advertiser, reviewer, name=f"Saver {n}", seed=n)
        assigning.assign(flight, version, by=trafficker, at=NOW)
    client, url = web(trafficker), f"/trafficking/flights/{flight.pk}/rotation/"
    assert "Optimised for clicks" in client.get(f"/trafficking/{order.pk}/").content.decode(), "it is offered"
    assert client.post(url, {"turns": "optimised-clicks", "roadblock": "on"}).status_code == 303
    where = {"flight": flight, "version": version, "placement_id": flight.placement_ids[0], "device": "desktop"}
    Fact.objects.create(hour=NOW - datetime.timedelta(hours=2), served=1_200, gross=1_200, net=1_200, clicks=6, **where)
    page = client.get(f"/trafficking/{order.pk}/").content.decode()
    assert "Optimised for clicks, roadblock" in page and "6 clicks of 1,200 net impressions so far" in page
    refused = client.post(url, {"turns": "optimised-completes"})
    assert (refused.status_code, "Aim at clicks or conversions" in refused.content.decode()) == (409, True)
    assert client.post("/trafficking/flights/987654/rotation/", {"turns": "even"}).status_code == 404
