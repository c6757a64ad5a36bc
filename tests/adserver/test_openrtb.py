"""OpenRTB 2.6: what is asked is answered by the standard's rules, what is not bid has its reason, what is bid is counted when won."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from makegood.adserver import keys
from makegood.adserver.adrequest import BadRequest
from makegood.adserver.http import Request
from makegood.adserver.openrtb import callers, person, read
from makegood.adserver.openrtb.node import Node
from tests.adserver import auctions, plans, publisher
from tests.adserver.auctions import imp, request
from tests.adserver.conftest import Reply, Server

COPPA, GDPR = {"coppa": 1}, {"gdpr": 1}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("openrtb"))
    made.publish(auctions.plan().to_json())
    started = made.start()
    yield started
    started.stop()


def post(server: Server, asked: object) -> Reply:
    return server.get(auctions.endpoint(server), "POST", json.dumps(asked).encode())


def bids(server: Server, asked: dict[str, Any]) -> list[dict[str, Any]]:
    reply = post(server, asked)
    assert reply.status == 200, reply.body
    assert auctions.faults(reply.json(), asked) == []
    return [bid for seat in reply.json()["seatbid"] for bid in seat["bid"]]


def reason(server: Server, one: dict[str, Any], **more: Any) -> tuple[int, str]:
    """nbr and the reason for the single imp."""
    asked = request(one, **more)
    reply = post(server, asked)
    assert reply.status == 200, (reply.status, reply.body)
    assert auctions.faults(reply.json(), asked) == []
    return reply.json()["nbr"], reply.json()["ext"]["makegood"]["reasons"][one["id"]]


def test_several_imps_of_every_kind_are_bid_for(server: Server) -> None:
    asked = request(imp("side"), imp("tall"), imp("film"), imp("tag"), imp("feed"))
    found = {bid["impid"]: bid for bid in bids(server, asked)}
    assert {key: bid["mtype"] for key, bid in found.items()} == {"side": 1, "tall": 1, "film": 2, "tag": 2, "feed": 4}
    side, film = found["side"], found["film"]
    assert (side["price"], side["w"], side["h"], side["adomain"], side["cat"]) == (12.5, 300, 250, ["advertiser.example"], ["IAB8-5"])
    assert (side["crid"], side["cid"], film["dur"], film["protocol"], found["tag"]["protocol"]) == ("155", "165", 4, 13, 14)
    assert etree.fromstring(film["adm"].encode()).tag == "{http://www.iab.com/VAST}VAST"
    assert {bid["mtype"] for bid in bids(server, request(imp("break"), test=1)) or [{"mtype": 3}]} == {3}


def test_a_bid_is_served_when_it_has_won_and_billed_apart(server: Server) -> None:
    before = len(server.logged())
    (bid,) = bids(server, request(imp("side")))
    assert [event.kind for event in server.logged()[before:]] == ["request"]
    for address in (bid["nurl"], bid["burl"], bid["nurl"]):
        assert server.get(address).status == 204
    framed = server.get(etree.fromstring(bid["adm"].encode(), etree.HTMLParser()).find(".//iframe").get("src"))
    assert framed.status == 200
    shown = etree.fromstring(framed.body, etree.HTMLParser()).find(".//body").get("data-impression")
    assert server.get(shown).status == 204
    events = server.logged()[before:]
    assert [event.kind for event in events] == ["request", "served", "billing", "served", "impression"]
    assert {event.id.partition(".")[0] for event in events} == {bid["id"]}
    assert (events[0].flight_id, events[1].flight_id, events[0].geo, events[0].device, events[0].ip) == (0, 65, "US-CA-803", "mobile", "203.0.113.0/24")


def test_native_has_the_assets_that_were_asked_for(server: Server) -> None:
    assets = [{"id": 1, "title": {"len": 90}}, {"id": 2, "img": {"type": 3}}, {"id": 3, "data": {"type": 1}}, {"id": 4, "data": {"type": 12, "len": 3}}, {"id": 5, "data": {"type": 99}}]
    native = {"request": json.dumps({"native": {"ver": "1.2", "assets": assets, "eventtrackers": [{"event": 1, "methods": [1, 2]}]}})}
    (bid,) = bids(server, request(imp("feed", native=native)))
    shown = json.loads(bid["adm"])
    assert shown["ver"] == "1.2"
    assert [(one["id"], *(one.get("title") or one.get("img") or one.get("data")).values()) for one in shown["assets"]] == [
        (1, "Made for mornings"), (2, 3, "https://cdn.example/i.png"), (3, 1, "Reds"),
    ]  # fmt: skip
    assert [(one["event"], one["method"]) for one in shown["eventtrackers"]] == [(1, 1), (1, 1)]
    assert "[" not in shown["eventtrackers"][1]["url"]
    assert server.get(shown["eventtrackers"][0]["url"]).status == 204
    assert server.get(shown["link"]["url"]).headers["location"] == plans.CLICK
    assert reason(server, imp("feed", native={"request": {"assets": [{"id": 1, "required": 1, "title": {"len": 5}}]}}))[1].startswith("imp[0].native.request.assets[0]: required")


def test_native_can_be_asked_for_without_an_auction(server: Server) -> None:
    reply = server.get("/native?placement=feed", Origin="https://app.example")
    shown = reply.json()
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (200, "https://app.example")
    assert [one["id"] for one in shown["assets"]] == [1, 11, 12, 22, 23]
    assert [one["event"] for one in shown["eventtrackers"]] == [1, 1, 2]
    assert server.get("/native?placement=side").status == 400
    assert server.get("/native?placement=nowhere").status == 400


@pytest.mark.parametrize(
    ("tag", "more", "nbr", "said"),
    [
        ("side", {"tagid": ""}, 2, "tagid: missing"),
        ("nowhere", {"banner": {}}, 2, "tagid: 'nowhere' is not in the plan"),
        ("film", {"video": None, "banner": {}}, 2, "video: missing"),
        ("side", {"banner": {"format": [{"w": 728, "h": 90}]}}, 2, "banner.format: 'side' is 300x250"),
        ("side", {"banner": {"btype": [4]}}, 2, "banner.btype"),
        ("side", {"bidfloor": 12.51, "bidfloorcur": "EUR"}, 501, "bidfloor: sold at 12.50 EUR"),
        ("side", {"bidfloor": 1}, 501, "bidfloorcur: sold in EUR"),
        ("side", {"pmp": {"private_auction": 1, "deals": [{"id": "other"}]}}, 501, "pmp: a private auction"),
        ("side", {"pmp": {"deals": [{"id": "IO-7-1", "bidfloor": 20, "bidfloorcur": "EUR"}]}}, 501, "bidfloor: sold at 12.50"),
        ("film", {"video": {"mimes": ["video/webm"]}}, 501, "video.mimes: the ad is video/mp4"),
        ("film", {"video": {"maxduration": 3}}, 501, "video.minduration"),
        ("film", {"video": {"protocols": [2, 3]}}, 501, "video.protocols: the answer is VAST 4.2"),
        ("tag", {"video": {"protocols": [13]}}, 501, "video.protocols: the answer is VAST 4.2 as a wrapper"),
        ("film", {"video": {"linearity": 2}}, 501, "video.linearity"),
    ],
)  # fmt: skip
def test_what_is_not_bid_has_its_reason(server: Server, tag: str, more: dict[str, Any], nbr: int, said: str) -> None:
    code, words = reason(server, imp(tag, **more))
    assert (code, words.startswith(said)) == (nbr, True), words


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"cur": ["USD"]}, "cur: sold in EUR"), ({"cur": None}, "cur: sold in EUR"), ({"badv": ["advertiser.example"]}, "badv, bcat: advertiser.example"),
        ({"bcat": ["IAB8-5"]}, "badv, bcat:"), ({"wseat": ["other"]}, "wseat, bseat"), ({"bseat": ["makegood"]}, "wseat, bseat"),
    ],
)  # fmt: skip
def test_the_auctions_terms_hold_for_every_imp(server: Server, more: dict[str, Any], said: str) -> None:
    assert reason(server, imp("side"), **more)[1].startswith(said)


def test_a_deal_is_named_where_the_buyer_named_it(server: Server) -> None:
    deals = {"private_auction": 1, "deals": [{"id": "other"}, {"id": "IO-7-1", "bidfloor": 12.5, "bidfloorcur": "EUR"}]}
    (bid,) = bids(server, request(imp("side", pmp=deals, bidfloor=99)))
    assert bid["dealid"] == "IO-7-1"
    (open_market,) = bids(server, request(imp("side")))
    assert "dealid" not in open_market


def test_nothing_eligible_is_204_and_a_test_says_why(server: Server, make_server) -> None:
    unpriced = make_server()  # flights without a price
    asked = request({"id": "1", "tagid": "home", "banner": {}})
    assert (post(unpriced, asked).status, post(unpriced, asked).body) == (204, b"")
    told = post(unpriced, asked | {"test": 1}).json()
    assert (told["nbr"], told["ext"]["makegood"]["reasons"]) == (0, {"1": "nothing with a price is eligible"})
    assert {event.test for event in unpriced.logged()} == {False, True}


def test_robots_are_not_bid_for_and_unsupported_parts_are_named(server: Server) -> None:
    before = len(server.logged())
    reply = post(server, request(imp("side")) | {"device": {"ua": "Googlebot/2.1", "ip": "203.0.113.9"}})
    assert (reply.json()["nbr"], len(server.logged())) == (3, before)
    parts = post(server, request(imp("film", video={"podid": "p", "poddur": 60}, instl=1))).json()["ext"]["makegood"]["unsupported"]
    assert parts == ["imp[0].video.podid", "imp[0].video.poddur", "imp[0].instl"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "body: not JSON"), ("[]", "body: expected"), ("{}", "id: missing"), ('{"id":"1"}', "imp: expected 1 to 20"),
        ('{"id":"1","imp":[{}]}', "imp[0].id: missing"), ('{"id":"1","imp":[{"id":"a"},{"id":"a"}]}', "imp: two have the same id"),
        ('{"id":"1","imp":[{"id":"a","banner":3}]}', "imp[0].banner"), ('{"id":"1","imp":[{"id":"a"}],"regs":{"gdpr":"yes"}}', "regs.gdpr: expected a whole number"),
        ('{"id":"1","imp":[{"id":"a","tagid":"feed","native":{"request":"{"}}],"cur":["EUR"]}', "imp[0].native.request: not JSON"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_its_place(server: Server, body: str, said: str) -> None:
    reply = server.get(auctions.endpoint(server), "POST", body.encode())
    assert (reply.status, reply.json()["error"].startswith(said)) == (400, True), reply.body


TCF = "CQuZP8AQuZP8AAfACAENAKEgAMAAAEAAAAAAHCQAgACgOEAAMQAQkAEAAoAA"  # purposes 1 and 2, not 4
GPP = "DBABrw~CAAgAAAAAABA.QA~BAQAAABA.QA"  # usnat: not opted out; usca: opted out of sale


@pytest.mark.parametrize(
    ("regs", "user", "consent"),
    [
        ({}, {}, ""), ({"gdpr": 0}, {}, "1"), ({"ext": {"gdpr": 0}}, {}, "1"), (GDPR, {}, "0"), (GDPR, {"consent": TCF}, TCF), (GDPR, {"ext": {"consent": TCF}}, TCF),
        (COPPA, {"consent": TCF}, ""), ({"gpp": GPP, "gpp_sid": [7]}, {}, f"{GPP};7"), ({"gpp": GPP}, {}, f"{GPP};"), ({"gpp": GPP, "gpp_sid": [-1], "gdpr": 0}, {}, "1"),
        ({"us_privacy": "1YYN", "gpp": GPP, "gpp_sid": [7]}, {}, f"{GPP};7 1YYN"), ({"ext": {"us_privacy": "1YNN"}}, {}, "1YNN"),
    ],
)  # fmt: skip
def test_consent_is_taken_from_wherever_it_stands(regs: dict[str, Any], user: dict[str, Any], consent: str) -> None:
    assert person.about(Node({"regs": regs, "user": user})).consent == consent


def test_audiences_count_only_with_consent(make_server) -> None:
    server = make_server()
    server.stop()
    server.publish(auctions.plan(targeting={"audiences": ["parents"]}).to_json())
    server.start()
    user = {"data": [{"segment": [{"id": "parents"}]}]}
    asked = [request(imp("side"), user=user, regs=regs) for regs in ({}, {"gdpr": 0}, {"gdpr": 0, "coppa": 1}, {"gpp": GPP, "gpp_sid": [8]})]
    assert [post(server, one).status for one in asked] == [204, 200, 204, 204]


def test_only_callers_with_a_token_learn_prices(server: Server) -> None:
    body, good = json.dumps(request(imp("side"))).encode(), auctions.endpoint(server)
    token = good.partition("caller=")[2]
    assert server.get("/openrtb", "POST", body, Authorization=f"Bearer {token}").status == 200
    for bad in ("/openrtb", "/openrtb?caller=", good[:-1], good.replace("prebid", "rival"), f"/openrtb?caller={quote('k2~ü~x')}"):
        refused = server.get(bad, "POST", body)
        assert (refused.status, refused.json()["error"].partition(":")[0]) == (401, "caller")
    with pytest.raises(ValueError, match="caller: 'a b'"):
        callers.token(keys.load(server.keys), "a b")


def test_an_ended_callers_token_asks_for_nothing_more(make_server: Callable[..., Server]) -> None:
    server = make_server()
    publisher.publish(server, auctions.plan())
    body, good = json.dumps(request(imp("side"))).encode(), auctions.endpoint(server)
    publisher.publish(server, dataclasses.replace(auctions.plan(), ended_callers=("rival",)))
    assert server.get(good, "POST", body).status == 200
    publisher.publish(server, dataclasses.replace(auctions.plan(), ended_callers=("prebid", "rival")))
    refused = server.get(good, "POST", body)
    assert (refused.status, "ended" in refused.json()["error"]) == (401, True)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "tagid", "ext", "data", "geo", "country", "format", "w", "deals", "request", "assets", "type", "bidfloor"]), inner, max_size=4), max_leaves=12)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(["imp", "regs", "user", "site", "app", "device", "cur", "badv", "wseat", "test"]), JSON, max_size=5), st.sampled_from(["side", "film", "feed", "break"]), st.dictionaries(st.sampled_from(["banner", "video", "audio", "native", "pmp", "bidfloor", "secure", "ext"]), JSON, max_size=4))
def test_whatever_is_sent_is_answered_or_refused_by_name(server: Server, more: dict[str, Any], tag: str, parts: dict[str, Any]) -> None:
    reply = post(server, {"id": "x", "imp": [imp(tag, **parts)], **more})
    assert reply.status in (200, 204, 400), reply.body
    if reply.status == 400:
        assert ":" in reply.json()["error"]


def test_the_rules_find_a_fault() -> None:
    asked = request(imp("side"))
    wrong = {"id": "r2", "cur": "euro", "seatbid": [{"bid": [{"id": "1", "impid": "x", "price": "1", "mtype": 2, "nurl": "x", "colour": 1}]}, {"bid": []}]}
    assert len(auctions.faults(wrong, asked)) == 8
    assert auctions.faults({"id": "r1"}, asked) == ["neither bids nor a reason for none"]


def test_an_unknown_country_is_no_place() -> None:
    for country, region, geo in (("DEU", "", "DE"), ("ZZZ", "CA", None), ("us", "US-NY", "US-NY")):
        assert person.about(Node({"device": {"geo": {"country": country, "region": region}}})).geo == geo
    with pytest.raises(BadRequest, match=r"device\.geo: expected an object"):
        read(Request("POST", "/openrtb", "", {}, b'{"id":"1","imp":[{"id":"1"}],"device":{"geo":1}}', ""))
