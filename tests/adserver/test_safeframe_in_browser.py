"""A bundle made for SafeFrame works in our sandbox in a real browser: it knows where it is and what it may not."""

import json
import pathlib
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame

from tests.adserver import plans, publisher
from tests.adserver.conftest import Server

pytestmark = pytest.mark.browser
BUNDLE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>made for SafeFrame</title></head><body>é<script>
window.said = [];
var ext = $sf.ext;
window.first = { geom: ext.geom(), supports: ext.supports(), status: ext.status(), spec: $sf.specVersion, tag: new URLSearchParams(location.search).get("clickTag") };
ext.register(300, 600, function (status, data) { said.push([status, data]); });
</script></body></html>"""
PAGE = """<!doctype html><title>News</title><body style="margin:0"><div style="height:{above}px"></div>
<div id="feed" style="margin-left:40px" data-makegood="feed" data-width="300" data-height="600" data-lazy="off"></div><div style="height:3000px"></div>
<script async src="{server}/tag.js"></script>"""


@pytest.fixture
def opened(server: Server, chromium: Browser, tmp_path: pathlib.Path) -> Iterator[object]:
    """opened(above, tag): the page with the ad so many pixels down, and the bundle's own frame."""
    (server.assets / plans.SHA["html"] / "index.html").write_text(BUNDLE)
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    with publisher.site(tmp_path) as site:

        def at(above: int, page_of: str = PAGE):
            (tmp_path / "news.html").write_text(page_of.format(above=above, server=server.url))
            page = context.new_page()
            page.goto(f"{site}news.html")
            publisher.await_kind(server, "impression", 32)
            return page, next(frame for frame in page.frames if "/assets/" in frame.url)

        yield at
    context.close()


def until(frame: Frame, condition: str) -> None:
    """Asked from outside: a browser draws nothing for a frame out of view, and so would not look."""
    deadline = time.monotonic() + 10
    while not frame.evaluate(condition):
        assert time.monotonic() < deadline, (condition, frame.evaluate("[$sf.ext.inViewPercentage(), $sf.ext.geom()]"))
        time.sleep(0.05)


def test_it_knows_where_it_is_before_it_registers_and_hears_of_changes(opened) -> None:
    page, bundle = opened(200)
    first = bundle.evaluate("first")
    assert first["geom"]["self"] | {"z": ""} == {"t": 200, "l": 40, "b": 800, "r": 340, "w": 300, "h": 600, "z": "", "xiv": 1, "yiv": 1, "iv": first["geom"]["self"]["iv"]}
    assert (first["geom"]["win"]["w"], first["geom"]["win"]["h"]) == (1000, 800)
    assert first["geom"]["exp"] == {"t": 0, "l": 0, "b": 0, "r": 0, "xs": False, "yx": True}
    assert (first["spec"], first["tag"].split("?")[0].rpartition("/")[2]) == ("1.1", "click")
    until(bundle, "$sf.ext.inViewPercentage() === 100")
    page.evaluate("window.scrollTo(0, 500)")  # 300 of 600 pixels are above the window now
    until(bundle, "$sf.ext.geom().self.t === -300 && $sf.ext.inViewPercentage() === 50")
    here = bundle.evaluate("$sf.ext.geom().self")
    assert (here["yiv"], here["xiv"], here["iv"], here["b"]) == (0.5, 1, 0.5, 300)
    assert "geom-update" in {status for status, _ in bundle.evaluate("said")}
    page.evaluate("window.scrollTo(0, 2500)")
    until(bundle, "$sf.ext.inViewPercentage() === 0")
    page.set_viewport_size({"width": 600, "height": 500})
    until(bundle, "$sf.ext.geom().win.w === 600")


def test_what_it_may_not_is_refused_with_the_reason(opened) -> None:
    page, bundle = opened(0)
    assert bundle.evaluate("first.supports") == {"exp-ovr": False, "exp-push": False, "read-cookie": False, "write-cookie": False}
    bundle.evaluate("said.length = 0; $sf.ext.expand({t: 100}); $sf.ext.expand({b: 9, push: true}); $sf.ext.cookie('a'); $sf.ext.cookie('a', {value: 1}); $sf.ext.collapse()")
    failed = [data["cmd"] for status, data in bundle.evaluate("said") if status == "failed"]
    assert failed == ["exp-ovr", "exp-push", "read-cookie", "write-cookie"]
    assert bundle.evaluate("[$sf.ext.status(), $sf.ext.meta('pos'), $sf.ext.hostURL(), $sf.ext.winHasFocus()]") == ["collapsed", "", "", True]
    box = page.locator("#feed iframe").bounding_box()
    assert (box["width"], box["height"]) == (300, 600)
    assert bundle.evaluate("(() => { try { return parent.document.title; } catch (e) { return 'contained'; } })()") == "contained"


def test_in_a_plain_frame_it_knows_what_is_in_view_and_no_more(opened, server: Server) -> None:
    plain = '<!doctype html><body style="margin:0"><div style="height:{above}px"></div><iframe src="{server}/frame?placement=feed" width="300" height="600" sandbox="allow-scripts"></iframe>'
    _, bundle = opened(500, plain)
    until(bundle, "$sf.ext.inViewPercentage() === 50")
    assert bundle.evaluate("[first.geom, $sf.ext.geom()]") == [None, None]


def test_the_file_is_as_it_was_approved_but_for_our_script(server: Server) -> None:
    path = server.assets / plans.SHA["html"] / "index.html"
    url = f"/assets/{plans.SHA['html']}/index.html"
    click, frame = (f'<script src="{server.url}/{name}.js"></script>' for name in ("click", "safeframe"))
    for before, behind in (
        *(BUNDLE.split("<head>"),), ("", "<p>none</p>"), ("", ""), ("\ufeff <!doctype html>", "x"), (BUNDLE.split("<head>")[0], "</head>" + "x" * 300_000),
    ):  # fmt: skip
        head = "<head>" if before.startswith("<!DOCTYPE") else ""
        path.write_text(f"{before}{head}{behind}", encoding="utf-8")
        plain, ours = server.get(url), server.get(f"{url}?safeframe=1&clickTag=x")
        assert plain.body.decode() == f"{before}{head}{click}{behind}"
        assert ours.body.decode() == f"{before}{head}{click}{frame}{behind}"
        assert ours.headers["content-length"] == str(len(ours.body))
    assert server.get(f"/assets/{plans.SHA['html']}/ad.js?safeframe=1").body == b"document.body.id='x'"
    assert json.loads(server.get("/health").body)["status"] == "ok"
