"""The tag on a publisher's page in a real browser: shown in its sandbox, seen, clicked, and counted so - and only so."""

import pathlib
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.adserver import plans, publisher
from tests.adserver.conftest import Server
from tests.adserver.publisher import await_kind, nonces

pytestmark = pytest.mark.browser
BUNDLE = b"""<!doctype html><title>bundle</title><body><script>
try { parent.parent.document.title = "broken out"; } catch (e) { document.body.id = "contained"; }
</script>"""
SLOT = '<div id="{id}" data-makegood="{code}" data-width="300" data-height="{height}" {more}></div>'
ABSENT = '<div id="none" data-makegood="empty" data-width="300" data-height="250"></div>'
FAR = '<div style="height:5000px"></div>'


def slot(code: str, more: str = "", height: int = 250) -> str:
    return SLOT.format(id=code, code=code, height=height, more=more)


def counted(server: Server, kind: str, flight: int) -> int:
    return sum(event.kind == kind and event.flight_id == flight for event in server.logged())


@pytest.fixture
def news(server: Server, chromium: Browser, tmp_path: pathlib.Path) -> Iterator[object]:
    """news(body): the news page open in a browser, the tag on it; what it asks for is in `.asked`."""
    from PIL import Image

    Image.new("RGB", (300, 250), "teal").save(server.assets / plans.SHA["image"] / "banner.png")
    (server.assets / plans.SHA["html"] / "index.html").write_bytes(BUNDLE)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "index.html").write_text("<title>Shop</title><h1>Welcome</h1>")
    with publisher.site(tmp_path / "news") as site, publisher.site(tmp_path / "shop", "127.0.0.1") as landing:
        publisher.publish(server, publisher.leading_to(plans.plan(), landing))
        context = chromium.new_context(viewport={"width": 1000, "height": 1000})

        def opened(body: str, head: str = "") -> Page:
            tag = f'<script async src="{server.url}/tag.js"></script>'
            name = f"{len(context.pages)}.html"
            (tmp_path / "news" / name).write_text(f"<!doctype html><title>News</title>{head}<h1>News</h1>{body}{tag}")
            page = context.new_page()
            page.goto(site + name)
            return page

        yield opened
        context.close()


def test_served_rendered_viewable_clicked_and_landed(server: Server, news) -> None:
    page = news(slot("home", 'data-kv-team="reds"') + slot("feed", height=600) + ABSENT)
    for flight in (31, 32):
        await_kind(server, "impression", flight)
        await_kind(server, "viewable", flight)
    bundle = page.frame_locator("#feed iframe").frame_locator("iframe")
    assert bundle.locator("body").get_attribute("id") == "contained"
    assert page.title() == "News"
    page.wait_for_selector("#none[data-makegood-state=empty]", state="attached")
    with page.context.expect_page() as opened:
        page.frame_locator("#home iframe").locator("a").click()
    opened.value.wait_for_load_state()
    assert opened.value.title() == "Shop"
    await_kind(server, "click", 31)
    kinds = [event.kind for event in server.logged() if event.flight_id == 31]
    assert kinds == ["served", "impression", "viewable", "click"]
    assert len(nonces(server, 31)) == 1
    assert {event.bot for event in server.logged() if event.kind == "impression"} == {"headlesschrome"}


def test_out_of_view_hidden_and_removed_slots_are_not_viewable(server: Server, news) -> None:
    hidden = f'<div style="visibility:hidden">{slot("home", "data-lazy=off")}</div>'
    gone = slot("capped") + "<script>document.getElementById('capped').remove()</script>"
    news(hidden + gone + FAR + slot("feed", "data-lazy=off", 600) + slot("fallback"))
    await_kind(server, "served", 31)  # a browser may put off drawing what is hidden, and so the impression
    await_kind(server, "served", 32)
    time.sleep(3.5)
    assert (counted(server, "viewable", 31), counted(server, "viewable", 32)) == (0, 0)
    assert {event.placement_id for event in server.logged()} == {1, 2}  # neither the removed one nor the far one was asked for


def test_a_far_slot_is_asked_when_it_comes_near_and_a_transparent_one_is_not_seen(server: Server, news) -> None:
    page = news(f'<div style="opacity:0">{slot("feed", height=600)}</div>' + FAR + slot("home"))
    await_kind(server, "impression", 32)
    assert counted(server, "served", 31) == 0
    page.evaluate("document.getElementById('home').scrollIntoView()")
    await_kind(server, "viewable", 31)
    assert counted(server, "viewable", 32) == 0


def test_a_picture_that_cannot_be_drawn_is_no_impression(server: Server, news) -> None:
    (server.assets / plans.SHA["image"] / "banner.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    news(slot("home") + slot("feed", height=600))
    await_kind(server, "viewable", 32)
    assert (counted(server, "served", 31), counted(server, "impression", 31)) == (1, 0)


def test_refresh_waits_for_thirty_seconds_in_view_and_ends(server: Server, news) -> None:
    page = news("<p>still</p>")
    page.clock.install()
    page.evaluate(
        """(html) => { const more = document.createElement('div'); more.innerHTML = html; document.body.append(more); makegood.fill(); }""",
        slot("home", "data-refresh=5 data-refresh-most=2") + FAR + slot("feed", "data-refresh=30 data-lazy=off", 600),
    )
    page.clock.run_for(2000)
    await_kind(server, "impression", 31)
    page.wait_for_selector("#home[data-makegood-state=filled]")
    page.clock.run_for(20_000)
    assert counted(server, "served", 31) == 1  # five seconds were asked for, thirty are the least
    for times in (2, 3):
        page.clock.run_for(31_000)
        deadline = time.monotonic() + 20
        while counted(server, "impression", 31) < times:
            assert time.monotonic() < deadline, server.kinds()
            time.sleep(0.1)
        page.wait_for_selector("#home[data-makegood-state=filled]")
    page.clock.run_for(90_000)
    page.wait_for_timeout(300)
    assert (counted(server, "served", 31), counted(server, "served", 32)) == (3, 1)  # at most two more; none out of view
    assert len(nonces(server, 31)) == 3


def test_the_iframe_tag_needs_no_script_on_the_page(server: Server, news) -> None:
    tag = f'<iframe src="{server.url}/frame?placement=home" width="300" height="250" sandbox="allow-scripts allow-popups"></iframe>'
    news(tag)
    await_kind(server, "viewable", 31)
    assert [event.kind for event in server.logged() if event.flight_id == 31] == ["served", "impression", "viewable"]


def test_consent_is_asked_of_the_page_and_without_it_nobody_is_recognised(server: Server, news) -> None:
    platform = """<script>window.__tcfapi = (what, version, then) => setTimeout(() => then(
      {eventStatus: "tcloaded", gdprApplies: true, tcString: "%s"}, true), 50);</script>"""
    page = news(slot("capped"), platform % "1")
    await_kind(server, "impression", 39)
    assert "consent=1" in page.locator("#capped iframe").get_attribute("src")
    page = news(slot("home"), "<script>window.__gpp = (what, then) => then({gppString: 'DBABLA~x', applicableSections: [7, -1]})</script>")
    await_kind(server, "impression", 31)
    assert "consent=DBABLA~x%3B7" in page.locator("#home iframe").get_attribute("src")
