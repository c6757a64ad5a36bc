"""Fifty and more creatives that try to get out of our real ad and preview frames, in a real browser: none does, and the click works."""

import contextlib
import pathlib
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests import browser
from tests.adserver import publisher
from tests.adserver.conftest import Server
from tests.adserver.escapes import watching
from tests.adserver.escapes.attempts import ATTEMPTS, Attempt

pytestmark = pytest.mark.browser
FAKES = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--disable-features=LocalNetworkAccessChecks"]
FRAMES = {"ad": watching.ad_frames, "preview": watching.preview_frames}
OF_THE_TAG = {"forged-empty", "forged-empty-directly"}  # there is no slot to close in a preview
BY_THE_BROWSER = {"popup", "forged-empty-directly"}
QUICK = ("top-location", "parent-document", "cookie", "form", "alert", "camera")


def of(kind: str) -> list[Attempt]:
    return [one for one in ATTEMPTS if kind == "ad" or one.name not in OF_THE_TAG]


@pytest.fixture(scope="module")
def outside() -> Iterator[watching.Outside]:
    made = watching.Outside()
    yield made
    made.close()


@pytest.fixture(scope="module")
def escapes(tmp_path_factory: pytest.TempPathFactory, outside: watching.Outside) -> Iterator[tuple[Server, str]]:
    """An ad server with a placement for each attempt, and the landing page of all of them."""
    folder: pathlib.Path = tmp_path_factory.mktemp("escapes")
    server = Server(folder)
    (folder / "shop").mkdir()
    (folder / "shop" / "index.html").write_text("<title>Shop</title>")
    with publisher.site(folder / "shop", "127.0.0.1") as landing:
        watching.lay_out(server, ATTEMPTS, outside.url)
        server.publish(watching.plan(ATTEMPTS, landing).to_json())
        yield server.start("--app-origin", watching.SITE), landing
        server.stop()


@pytest.fixture(scope="module")
def strict(chromium: Browser) -> Iterator[Browser]:
    """A browser that blocks pop-ups as people's do (Playwright's default lets them open), with a camera to be had."""
    found = _browser(chromium, less=["--disable-popup-blocking"])
    yield found
    found.close()


@pytest.fixture
def context(strict: Browser) -> Iterator[BrowserContext]:
    made = strict.new_context(viewport={"width": 800, "height": 900}, geolocation={"latitude": 52.5, "longitude": 13.4})
    yield made
    made.close()


def run(context: BrowserContext, server: Server, outside: watching.Outside, kind: str, attempts: list[Attempt], *, weak: bool = False) -> watching.Watched:
    html = FRAMES[kind](server, attempts, weak)
    with watching.watched(context, server, html, outside, weak) as seen:
        for _ in range(400):
            if len(seen.tried) >= len(attempts):
                break
            seen.page.wait_for_timeout(50)
        seen.page.wait_for_timeout(300 if weak else 1000)
        seen.gestures(attempts)
        if kind == "ad" and seen.page.url.endswith("/page.html"):
            closed = seen.page.locator("[data-makegood-state=empty]").evaluate_all("all => all.map(one => one.id)")
            seen.signs |= set(closed)
    return seen


@pytest.mark.parametrize("kind", FRAMES)
def test_nobody_gets_out(context, escapes, outside, kind):
    seen = run(context, escapes[0], outside, kind, of(kind))
    assert seen.tried == {one.name for one in of(kind)}
    assert len(seen.tried) > 50
    assert seen.signs == set()
    blank = ["about:blank"] if kind == "ad" else []  # a click may open a window in an ad, not in a preview; it holds nothing
    assert [page.url for page in context.pages] == [f"{watching.SITE}/page.html", *blank]
    assert seen.page.title() == "News"


@pytest.mark.parametrize("declared", ['var clickTag = ""', 'let clickTag = ""', 'var clickTAG = ""', 'window.clicktag = "https://elsewhere.example/"'])
def test_the_click_still_works(context, escapes, outside, declared):
    """Whatever a bundle calls its click tag: it is filled, and the click leads through our count to the landing page."""
    server, _ = escapes
    number, one = next((n, one) for n, one in enumerate(ATTEMPTS, 1) if one.name == "top-document")
    name = declared.split()[0].removeprefix("window.") if "window" in declared else declared.split()[1]
    with rewritten(server, one, lambda page: page.replace(', clickTag = "";', f"; {declared};").replace("window.open(clickTag)", f"window.open({name})")):
        before = sum(event.kind == "click" and event.flight_id == number for event in server.logged())
        with watching.watched(context, server, watching.ad_frames(server, [one], False), outside, False) as seen:
            with context.expect_page() as opened:
                seen.page.frame_locator("#top-document iframe").frame_locator("iframe").locator("#ad").click()
            opened.value.wait_for_load_state()
            assert opened.value.title() == "Shop"
    publisher.await_event(server, lambda _: sum(e.kind == "click" and e.flight_id == number for e in server.logged()) == before + 1)


def test_timers_and_workers_end_with_the_ad(context, escapes, outside):
    server, _ = escapes
    ticking = Attempt("ticking", "setInterval(function () { new Image().src = OUT; }, 50); new Worker(URL.createObjectURL(new Blob("
                      "['setInterval(function () { fetch(\"' + OUT + '\", {mode: \"no-cors\"}); }, 50)'])));")  # fmt: skip
    here = ATTEMPTS[0]
    html, page = watching.ad_frames(server, [here], False), ticking.files(outside.url)["index.html"]
    with rewritten(server, here, lambda _: page), watching.watched(context, server, html, outside, False) as seen:
        until = time.monotonic() + 20
        while len(outside.came) <= 10:
            assert time.monotonic() < until
            seen.page.wait_for_timeout(50)
        seen.page.evaluate("document.querySelector('[data-makegood]').remove()")
        seen.page.wait_for_timeout(500)
        outside.came.clear()
        seen.page.wait_for_timeout(600)
        assert outside.came == []


@contextlib.contextmanager
def rewritten(server: Server, one: Attempt, how: Callable[[str], str]) -> Iterator[None]:
    """The attempt's page changed for a while."""
    page = server.assets / one.folder / "index.html"
    before = page.read_text()
    page.write_text(how(before))
    yield
    page.write_text(before)


@pytest.mark.parametrize("name", QUICK)
def test_without_the_sandbox_it_would_be_seen(context, escapes, outside, name):
    _seen_when_weak(context, escapes[0], outside, "ad", next(one for one in ATTEMPTS if one.name == name))


@pytest.mark.nightly
@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("one", ATTEMPTS, ids=lambda one: one.name)
def test_without_the_sandbox_each_would_be_seen(context, escapes, outside, one, kind):
    if one in of(kind) and one.name not in BY_THE_BROWSER:
        _seen_when_weak(context, escapes[0], outside, kind, one)


def _seen_when_weak(context: BrowserContext, server: Server, outside: watching.Outside, kind: str, one: Attempt) -> None:
    assert one.name in run(context, server, outside, kind, [one], weak=True).signs


def test_a_popup_without_a_click_opens_where_the_browser_lets_it(chromium: Browser, escapes, outside):
    """The control of what the browser itself holds back."""
    lax = _browser(chromium, less=[])
    popup = [one for one in ATTEMPTS if one.name == "popup"]
    try:
        assert "popup" in run(lax.new_context(), escapes[0], outside, "ad", popup).signs
    finally:
        lax.close()


def _browser(beside: Browser, less: list[str]) -> Browser:
    return beside.browser_type.launch(executable_path=browser.executable(), args=[*browser.ARGUMENTS, *FAKES], ignore_default_args=less)
