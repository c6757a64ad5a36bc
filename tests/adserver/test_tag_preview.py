"""A reviewer sees a VAST tag played on the ad server's origin: film, events as they would be reported, nothing reported."""

import shutil
import time

import pytest
from playwright.sync_api import Browser

from makegood.adserver import signing
from makegood.adserver.keys import Keys
from makegood.documents.creatives import samples
from tests.adserver import media, plans
from tests.adserver.conftest import Server

KEYS = Keys("k2", {name: bytes.fromhex(key) for name, key in plans.KEYS["keys"].items()})
WRAPPER = "<VAST version='4.2'><Ad><Wrapper><VASTAdTagURI>https://other.example/tag</VASTAdTagURI></Wrapper></Ad></VAST>"


@pytest.fixture
def tag(server: Server) -> str:
    """The address under which the preview plays."""
    folder = server.assets / plans.SHA["draft"]
    url = signing.preview_url(KEYS, server.url, plans.SHA["draft"], "tag.xml", int(time.time()) + 900)
    media.lay_out(server)
    shutil.copy(server.assets / plans.SHA["video"] / "spot.mp4", folder / "spot.mp4")
    samples.vast(folder / "tag.xml", media.BRAND, media_url=url.replace("tag.xml", "spot.mp4"), click_url="https://shop.example/", seconds=4)
    return f"{url}?play=1"


def test_the_player_is_locked_in(server: Server, tag: str) -> None:
    answer = server.get(tag)
    policy = answer.headers["content-security-policy"]
    assert answer.status == 200
    assert policy.startswith("sandbox allow-scripts; default-src 'none'; ")
    assert ("frame-ancestors http://app.example" in policy, "unsafe-inline" in policy) == (True, False)
    assert server.get(tag.replace("?play=1", "")).headers["content-type"].startswith(("application/xml", "text/xml"))


@pytest.mark.browser
def test_it_plays_and_reports_nothing(make_server, chromium: Browser, tag: str, server: Server) -> None:
    page, asked = chromium.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(tag)
    page.locator("video").wait_for()
    page.evaluate("document.querySelector('video').play()")
    page.locator("li.reached", has_text="complete").wait_for(timeout=20_000)
    assert page.locator("li.reached").all_inner_texts() == ["start", "firstQuartile", "midpoint", "thirdQuartile", "complete"]
    assert [url for url in asked if "track.adhouse" in url] == []
    (server.assets / plans.SHA["draft"] / "tag.xml").write_text(WRAPPER)
    page.reload()
    assert page.locator("li").inner_text() == "Wraps https://other.example/tag"
    page.close()
