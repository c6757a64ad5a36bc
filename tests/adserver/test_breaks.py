"""Breaks of several ads and what stands beside them: in sequence, once each, not a second too long, counted once."""

import dataclasses
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from lxml import etree

from makegood.adserver import capping, keys
from tests.adserver import breaks, plans, publisher
from tests.adserver.conftest import Server
from tests.adserver.test_vast import NS, faults


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("breaks"))
    made.publish(breaks.plan().to_json())
    started = made.start()
    yield started
    started.stop()


def ask(server: Server, query: str) -> etree._Element:
    reply = server.get(f"/vast?{query}")
    assert reply.status == 200, reply.body
    return etree.fromstring(reply.body)


def ids(vast: etree._Element) -> list[str]:
    return [ad.get("id") for ad in vast.findall("v:Ad", NS)]


def test_a_break_has_each_campaign_once_in_sequence(server: Server) -> None:
    sizes = set()
    for _ in range(200):  # two orders of 27 fill it: a companion keeps to its group
        vast = ask(server, "placement=break&pod=3")
        found = ids(vast)
        assert len(set(found)) == len(found)
        assert [ad.get("sequence") for ad in vast.findall("v:Ad", NS)] == [str(n + 1) for n in range(len(found))]
        sizes.add(len(found))
    assert max(sizes) == 3
    assert ask(server, "placement=break").find("v:Ad", NS).get("sequence") is None


def test_a_break_is_not_a_second_too_long(server: Server) -> None:
    for _ in range(30):
        assert "153" not in ids(ask(server, "placement=break&pod=5&pod_s=29"))  # 30 seconds long
    assert any("153" in ids(ask(server, "placement=break&pod=5&pod_s=38")) for _ in range(30))


def test_what_is_not_in_the_document_was_not_served(server: Server) -> None:
    before = len(server.logged())
    documents = [ask(server, "placement=break&pod=5&companions=side,tall,other") for _ in range(20)]
    events = server.logged()[before:]
    shown = sum(len(ids(d)) + len(d.findall(".//v:Companion", NS)) for d in documents)
    assert sum(event.kind == "served" for event in events) == shown
    assert sum(event.kind == "request" for event in events) == 20 * 8
    assert not any(event.flight_id == 67 for event in events)


def test_companions_are_of_the_same_campaign_and_count_for_themselves(server: Server) -> None:
    vast = next(v for v in (ask(server, "placement=break&companions=side,tall,other") for _ in range(60)) if ids(v) == ["151"])
    image, bundle = vast.findall(".//v:Companion", NS)
    assert [(c.get("adSlotId"), c.get("width"), c.get("height")) for c in (image, bundle)] == [("side", "300", "250"), ("tall", "300", "600")]
    assert server.get(image.findtext("v:StaticResource", None, NS)).headers["content-type"] == "image/png"
    before = len(server.logged())
    assert server.get(image.findtext("v:TrackingEvents/v:Tracking", None, NS)).status == 204
    assert server.get(image.findtext("v:CompanionClickThrough", None, NS)).status == 302
    framed = server.get(bundle.findtext("v:IFrameResource", None, NS))
    assert b"data-impression=" in framed.body
    assert [(event.kind, event.flight_id) for event in server.logged()[before:]] == [("impression", 65), ("click", 65)]
    lonely = next(v for v in (ask(server, "placement=break&companions=side") for _ in range(60)) if ids(v) != ["151"])
    assert lonely.findall(".//v:Companion", NS) == []


def test_a_framed_companion_is_shown_only_by_its_own_token(server: Server) -> None:
    vast = next(v for v in (ask(server, "placement=break&companions=tall") for _ in range(60)) if ids(v) == ["151"])
    url = vast.findtext(".//v:IFrameResource", None, NS)
    assert server.get(url[:-1] + ("A" if url[-1] != "A" else "B")).status == 403
    assert server.get("/creative").status == 403


def test_every_file_is_offered_and_served(server: Server) -> None:
    files = ask(server, "placement=film").findall(".//v:MediaFile", NS)
    assert [(f.get("width"), f.get("bitrate"), f.get("type")) for f in files] == [("320", "500", "video/mp4"), ("160", "200", "video/mp4")]
    assert server.get(files[0].text).status == 200
    audio = next(v for v in (ask(server, "placement=break") for _ in range(60)) if ids(v) == ["151"])
    assert [f.get("bitrate") for f in audio.findall(".//v:MediaFile", NS)] == ["192", "96"]
    # A rendition may lie in another folder, which the plan opens: this file is not there, its folder is.
    assert server.get(audio.findall(".//v:MediaFile", NS)[1].text).json() == {"error": "no such file"}


def test_a_fallback_that_does_not_play_is_no_ad(make_server) -> None:
    plan = breaks.plan()
    places = tuple(dataclasses.replace(place, fallback_creative_id=55) for place in plan.placements)
    server = make_server()
    publisher.publish(server, dataclasses.replace(plan, flights=(), placements=places))
    assert ids(ask(server, "placement=film")) == []
    assert server.kinds() == ["request"]
    assert 'id="ad"' in server.get("/frame?placement=side").body.decode()


def test_a_capped_companion_that_is_not_shown_is_not_counted(server: Server) -> None:
    answers = [server.get("/vast?placement=break&companions=other&consent=1") for _ in range(3)]
    tokens = [answer.headers["set-cookie"].partition("mgcap=")[2].partition(";")[0] for answer in answers]
    assert [capping.read(keys.Keys("k2", {"k2": bytes.fromhex(plans.KEYS["keys"]["k2"])}), token).counts for token in tokens] == [{}] * 3


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("pod=0", "pod: '0' is not a whole number from 1 to 10"), ("pod=eleven", "pod: 'eleven'"), ("pod_s=-1", "pod_s: '-1'"),
        ("pod=²", "pod: '²'"), ("companions=a,b,c,d,e,f", "companions: 6 placements"), ("companions=nowhere", "slots[1].placement: 'nowhere'"),
    ],
)  # fmt: skip
def test_odd_breaks_are_refused_by_name(server: Server, query: str, said: str) -> None:
    reply = server.get(f"/vast?placement=break&{quote(query, safe='=,&')}")
    assert (reply.status, reply.json()["error"].startswith(said)) == (400, True), reply.body


@pytest.mark.parametrize("query", ["placement=film", "placement=break&pod=3&companions=side,tall", "placement=break&companions=tall", "placement=tag"])
def test_valid_against_the_schema(server: Server, query: str) -> None:
    assert [faults(ask(server, query)) for _ in range(5)] == [[]] * 5
