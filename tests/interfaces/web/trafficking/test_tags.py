"""Tags of every kind for every format, and what of them is whose."""

import html
import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.adserver.http import Request
from makegood.adserver.openrtb import callers, read
from makegood.catalog.models import Placement
from makegood.core.models import Activity
from makegood.trafficking.models import Caller
from makegood.trafficking.plan import writing
from makegood.trafficking.queries import tags
from makegood.workflows import publishing
from tests.factories import accounts, trafficking
from tests.factories import creatives as make
from tests.personas import client_of


@pytest.fixture
def place(db):
    return trafficking.product().placements.get()


@pytest.fixture
def places(place):
    """One of each format."""
    more = [Placement.objects.create(property=place.property, code=one, name=one.title(), format=one) for one in ("audio", "video", "native")]
    return [place, *more]


def text(client, place, **query) -> str:
    """The tag on its page."""
    answer = client.get(f"/trafficking/tags/{place.pk}/", query)
    assert answer.status_code == 200
    found = re.search(r'<pre id="tag-text"[^>]*>(.*?)</pre>', answer.content.decode(), re.DOTALL)
    return html.unescape(found[1]) if found else ""


def test_every_kind_that_suits_a_placement_is_offered(places, trafficker, web):
    suits = {one.format: tags.kinds(one) for one in places}
    assert suits == {
        "display": ("script", "iframe", "openrtb"), "audio": ("vast", "script", "iframe", "openrtb"), "video": ("vast", "script", "iframe", "openrtb"),
        "native": ("native", "openrtb"),
    }  # fmt: skip
    client = web(trafficker)
    for one in places:
        for kind in suits[one.format]:
            assert one.code in text(client, one, kind=kind)
        assert text(client, one, kind="nonsense") == text(client, one)


def test_options_and_macros_stand_in_the_tag(places, trafficker, web):
    client, (display, audio, *_) = web(trafficker), places
    given = {"section": "news/sport", "key_values": 'team=reds, page="home"'}
    assert 'data-section="news/sport" data-kv-team="reds" data-kv-page="&quot;home&quot;"' in text(client, display, kind="script", **given)
    framed = text(client, display, kind="iframe", macros="gam", **given)
    assert "section=news%2Fsport&amp;kv.team=reds&amp;kv.page=%22home%22&amp;cb=%%CACHEBUSTER%%" in framed
    vast = text(client, audio, kind="vast", macros="vast", ads="3")
    assert vast == f"{settings.ADSERVER_URL}/vast?placement=audio&consent=[GDPRCONSENT]&cb=[CACHEBUSTING]&pod=3"


def test_what_cannot_be_is_said_beside_its_field(place, trafficker, web):
    client = web(trafficker)
    for query, said in (({"refresh_s": "5"}, "after seconds in view: 30 seconds"), ({"key_values": "Team"}, "no pair"), ({"refresh_s": "x"}, "A whole number")):
        page = client.get(f"/trafficking/tags/{place.pk}/", {"kind": "script", **query}).content.decode()
        assert (said in html.unescape(page), 'id="tag-text"' in page) == (True, False)


def test_the_bid_request_is_one_we_read(places, trafficker, web):
    for one in places:
        body = text(web(trafficker), one, kind="openrtb", section="news").partition("\n")[2]
        auction = read(Request("POST", "/openrtb", "", {}, body.encode(), ""))
        assert (auction.imps[0].placement, auction.about.section, list(json.loads(body)["imp"][0])[2]) == (one.code, "news", "banner" if one.format == "display" else one.format)


def test_a_callers_token_is_for_those_who_publish(place, trafficker, reviewer, web):
    secrets = writing.signing_keys()
    asked = {"kind": "openrtb", "caller": "acme"}
    assert "caller=TOKEN" in text(web(trafficker), place, **asked)  # nobody gave it one yet
    assert web(trafficker).post(f"/trafficking/tags/{place.pk}/callers/", {"caller": "acme"}, follow=True).redirect_chain[-1][1] == 303
    given = text(web(trafficker), place, kind="openrtb", caller="acme").splitlines()[0].partition("caller=")[2]
    assert callers.name_of(secrets, Request("POST", "/openrtb", f"caller={given}", {}, b"", "")) == "acme"
    assert "caller=TOKEN" in text(web(reviewer), place, kind="openrtb", caller="acme")
    assert web(reviewer).post(f"/trafficking/tags/{place.pk}/callers/", {"caller": "beta"}).status_code == 403
    assert list(Caller.objects.values_list("name", flat=True)) == ["acme"]
    assert 'name="caller"' not in web(reviewer).get(f"/trafficking/tags/{place.pk}/", {"kind": "openrtb"}).content.decode()


def test_giving_and_ending_a_token_leave_their_rows_and_the_plan_knows(place, trafficker, web):
    client, path = web(trafficker), f"/trafficking/tags/{place.pk}/callers/"
    publishing.publish(by=trafficker, at=accounts.NOW, why="first")
    for _ in range(2):
        client.post(path, {"caller": "acme"})
    assert writing.current().ended_callers == ()
    client.post(path, {"caller": "acme", "do": "end"})
    assert writing.current().ended_callers == ("acme",)
    rows = Activity.objects.filter(subject_type="trafficking.caller").order_by("pk").values_list("verb", "actor", "subject_label")
    assert list(rows) == [("caller.token_given", trafficker.pk, "Caller acme"), ("caller.token_ended", trafficker.pk, "Caller acme")]
    page = client.get(f"/trafficking/tags/{place.pk}/", {"kind": "openrtb", "caller": "acme"}).content.decode()
    assert "caller=TOKEN" in page and "ended" in page
    for again in ({"caller": "acme"}, {"caller": "acme", "do": "end"}, {"caller": "No Name"}):
        assert client.post(path, again).status_code in (409, 422)
    assert client.post(path, {"caller": "nobody", "do": "end"}).status_code == 404
    assert Caller.objects.count() == 1 and rows.count() == 2


def test_a_client_sees_no_tags(place, web):
    client = web(client_of(make.advertiser().party, "Lena Ortiz"))
    assert {client.get(f"/trafficking/tags/{more}").status_code for more in ("", f"{place.pk}/", f"{place.pk}/test/", f"{place.pk}/events/")} == {302}


def test_the_list_asks_the_same_whatever_its_length(place, trafficker, web):
    client, counts = web(trafficker), []
    for more in ("one", "two"):
        client.get("/trafficking/tags/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/trafficking/tags/")
        counts.append(len(asked))
        trafficking.product(more, ("728x90", "160x600"))
    assert counts[0] == counts[1]
