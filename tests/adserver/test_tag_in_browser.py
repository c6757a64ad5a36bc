"""The tag on a publisher's page in a real browser: shown in its sandbox, seen, clicked, and counted so."""

import functools
import http.server
import pathlib
import threading
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.adserver import plans
from tests.adserver.conftest import Server

pytestmark = pytest.mark.browser
BUNDLE = b"""<!doctype html><title>bundle</title><body><script>
try { parent.parent.document.title = "broken out"; } catch (e) { document.body.id = "contained"; }
</script>"""
PAGE = """<!doctype html><title>News</title><h1>News</h1>
<div id="one" data-makegood="home" data-width="300" data-height="250" data-kv-team="reds"></div>
<div id="two" data-makegood="feed" data-width="300" data-height="600"></div>
<div id="none" data-makegood="empty" data-width="300" data-height="250"></div>
<div style="height:5000px"></div><div id="below" data-makegood="fallback" data-width="300" data-height="250"></div>
<script async src="{url}/tag.js"></script>"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *ignored: object) -> None:
        pass


@pytest.fixture
def publisher(server: Server, tmp_path: pathlib.Path) -> Iterator[str]:
    from PIL import Image

    Image.new("RGB", (300, 250), "teal").save(server.assets / plans.SHA["image"] / "banner.png")
    (server.assets / plans.SHA["html"] / "index.html").write_bytes(BUNDLE)
    (tmp_path / "index.html").write_text(PAGE.format(url=server.url))
    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://localhost:{site.server_address[1]}/"
    site.shutdown()
    site.server_close()


def counted(server: Server, kind: str, flight: int) -> int:
    return sum(event.kind == kind and event.flight_id == flight for event in server.logged())


def wait_until(server: Server, kind: str, flight: int) -> None:
    deadline = time.monotonic() + 30
    while not counted(server, kind, flight):
        assert time.monotonic() < deadline, (kind, flight, server.kinds())
        time.sleep(0.1)


def test_served_rendered_viewable_clicked(server: Server, publisher: str, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 1000, "height": 1000}) as context:
        page = context.new_page()
        asked: list[str] = []
        page.context.on("request", lambda request: asked.append(request.url))
        page.goto(publisher)
        for flight in (31, 32):
            wait_until(server, "impression", flight)
            wait_until(server, "viewable", flight)
        bundle = page.frame_locator("#two iframe").frame_locator("iframe")
        assert bundle.locator("body").get_attribute("id") == "contained"
        assert page.title() == "News"
        page.wait_for_selector("#none[data-makegood-state=empty]", state="attached")
        assert counted(server, "viewable", 0) == 0
        page.frame_locator("#one iframe").locator("a").click()
        wait_until(server, "click", 31)
        page.wait_for_timeout(300)
    assert counted(server, "click", 31) == 1
    assert plans.CLICK in asked
    assert {event.bot for event in server.logged() if event.kind == "impression"} == {"headlesschrome"}
