"""VAST as players get it, validated against the IAB's schema where the machine has it."""

import os
import pathlib
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from lxml import etree

from tests.adserver import plans
from tests.adserver.conftest import Server

SHARED_CASES = pathlib.Path(__file__).parents[3] / "shared" / "cases"
SCHEMA = pathlib.Path(os.environ.get("MAKEGOOD_CASES", SHARED_CASES)) / "vast/xsd/vast_4.2.xsd"
NS = {"v": "http://www.iab.com/VAST"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("vast")).start()
    yield started
    started.stop()


def vast(server: Server, placement: str) -> etree._Element:
    reply = server.get(f"/vast?placement={placement}", Origin="https://player.example")
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (200, "https://player.example")
    return etree.fromstring(reply.body)


def faults(vast: etree._Element) -> list[str]:
    """What the published schema finds wrong, once the macros are filled as a player does: a bracket is in no xs:anyURI."""
    if not SCHEMA.exists():
        pytest.skip("the IAB schema is not on this machine: set MAKEGOOD_CASES")
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.validate(etree.fromstring(re.sub(rb"\[([A-Z]+)\]", rb"900", etree.tostring(vast))))
    return [str(one) for one in schema.error_log]


@pytest.mark.parametrize("placement", ["audio", "video", "wrapped", "quiet"])
def test_valid_against_the_schema(server: Server, placement: str) -> None:
    assert faults(vast(server, placement)) == []


def test_the_schema_finds_a_fault(server: Server) -> None:
    broken = vast(server, "video")
    broken.find(".//v:Duration", NS).text = "soon"
    assert len(faults(broken)) == 1


def test_every_url_of_an_inline_ad_works(server: Server) -> None:
    ad = vast(server, "video")
    before = len(server.logged())
    quartiles = ["start", "firstQuartile", "midpoint", "thirdQuartile", "complete"]
    steps = [(t.get("event"), t.get("offset")) for t in ad.findall(".//v:Tracking", NS)]
    assert steps == [*((kind, None) for kind in quartiles), ("progress", "00:00:02.000"), ("progress", "00:00:03.000"), ("progress", "00:00:10.000")]
    for element in (
        *ad.findall(".//v:Impression", NS),
        *ad.findall(".//v:Tracking", NS),
        *ad.findall(".//v:Viewable", NS),
    ):
        assert server.get(element.text.replace("[PLAYERSTATE]", "autoplayed,fullscreen")).status == 204
    assert server.get(ad.findtext(".//v:Error", None, NS).replace("[ERRORCODE]", "403")).status == 204
    assert server.get(ad.findtext(".//v:ClickTracking", None, NS)).status == 204
    assert server.get(ad.findtext(".//v:ClickThrough", None, NS)).headers["location"] == plans.CLICK
    assert server.get(ad.findtext(".//v:MediaFile", None, NS)).headers["content-type"] == "video/mp4"
    assert ad.findtext(".//v:Duration", None, NS) == "00:00:15.500"
    events = server.logged()[before:]
    expected = ["impression", *quartiles, "audible", "progress", "progress", "viewable", "error", "click", "click"]
    assert [event.kind for event in events] == expected
    assert [event.reason for event in events if event.reason] == ["3", "10", "403"]
    assert len({event.id for event in events}) == len(expected) - 1


@pytest.mark.parametrize(("state", "heard"), [("muted", 0), ("autoplayed,muted", 0), ("[PLAYERSTATE]", 0), ("-1", 0), ("-2", 0), ("", 1), ("fullscreen", 1)])
def test_it_is_audible_only_where_the_player_says_that_it_is_not_muted(server: Server, state: str, heard: int) -> None:
    ad = vast(server, "video")
    (url,) = [t.text for t in ad.findall(".//v:Tracking", NS) if "/e/audible" in t.text]
    before = server.kinds().count("audible")
    assert server.get(url.replace("[PLAYERSTATE]", quote(state))).status == 204
    assert server.kinds().count("audible") - before == heard


def test_what_a_player_adds_to_an_error_is_a_code_or_nothing(server: Server) -> None:
    url = vast(server, "video").findtext(".//v:Error", None, NS)
    for said in ("[ERRORCODE]", "0", "9999", "4 3", "<b>"):
        assert server.get(url.replace("[ERRORCODE]", quote(said))).status == 204
    assert {event.reason for event in server.logged() if event.kind == "error"} <= {"", "403"}


def test_a_third_party_tag_is_wrapped_and_nothing_is_an_empty_document(server: Server) -> None:
    wrapped = vast(server, "wrapped")
    assert wrapped.findtext(".//v:VASTAdTagURI", None, NS) == plans.TAG
    assert len(vast(server, "quiet")) == 0
    assert server.get("/vast?placement=home").status == 400
