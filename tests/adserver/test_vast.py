"""VAST as players get it, validated against the IAB's schema where the machine has it."""

import os
import pathlib
from collections.abc import Iterator

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


@pytest.mark.parametrize("placement", ["audio", "video", "wrapped", "quiet"])
def test_valid_against_the_schema(server: Server, placement: str) -> None:
    if not SCHEMA.exists():
        pytest.skip("the IAB schema is not on this machine: set MAKEGOOD_CASES")
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    assert schema.validate(vast(server, placement)), schema.error_log


def test_every_url_of_an_inline_ad_works(server: Server) -> None:
    ad = vast(server, "video")
    before = len(server.logged())
    assert [t.get("event") for t in ad.findall(".//v:Tracking", NS)] == [
        "start",
        "firstQuartile",
        "midpoint",
        "thirdQuartile",
        "complete",
    ]
    for element in (
        *ad.findall(".//v:Impression", NS),
        *ad.findall(".//v:Tracking", NS),
        *ad.findall(".//v:Viewable", NS),
    ):
        assert server.get(element.text).status == 204
    assert server.get(ad.findtext(".//v:ClickTracking", None, NS)).status == 204
    assert server.get(ad.findtext(".//v:ClickThrough", None, NS)).headers["location"] == plans.CLICK
    assert server.get(ad.findtext(".//v:MediaFile", None, NS)).headers["content-type"] == "video/mp4"
    assert ad.findtext(".//v:Duration", None, NS) == "00:00:15.500"
    events = server.logged()[before:]
    expected = [
        "impression",
        "start",
        "firstQuartile",
        "midpoint",
        "thirdQuartile",
        "complete",
        "viewable",
        "click",
        "click",
    ]
    assert [event.kind for event in events] == expected
    assert len({event.id for event in events}) == len(expected) - 1


def test_a_third_party_tag_is_wrapped_and_nothing_is_an_empty_document(server: Server) -> None:
    wrapped = vast(server, "wrapped")
    assert wrapped.findtext(".//v:VASTAdTagURI", None, NS) == plans.TAG
    assert len(vast(server, "quiet")) == 0
    assert server.get("/vast?placement=home").status == 400
