"""A player's VAST library from npm and plain media elements play what we answer, and the log has every step."""

import pathlib
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from makegood.documents.creatives import samples
from tests.adserver import breaks, media, plans, publisher
from tests.adserver.conftest import Server
from tests.clients import build

pytestmark = pytest.mark.browser
PLAYED = ["request", "served", "impression", "start", "firstQuartile", "midpoint", "thirdQuartile", "complete", "progress", "audible"]
PAGE = "<!doctype html><title>Player</title><{kind} controls playsinline></{kind}><button>Play</button><script src=player.js></script>"


@pytest.fixture
def player(make_server, chromium: Browser, tmp_path: pathlib.Path) -> Iterator[object]:
    """player(kind): the server and a page with the player, clicked on so that sound may start."""
    server: Server = make_server()
    media.lay_out(server)
    tag = f"{server.url}/assets/{plans.SHA['draft']}/tag.xml"
    samples.vast(
        server.assets / plans.SHA["draft"] / "tag.xml", media.BRAND, media_url=f"{server.url}/assets/{plans.SHA['video']}/spot.mp4",
        click_url="https://shop.example/", tracking_url="https://track.example", seconds=4,
    )  # fmt: skip
    publisher.publish(server, breaks.plan(tag))
    shutil.copy(build.ready() / "player.js", tmp_path)
    context = chromium.new_context()
    with publisher.site(tmp_path) as site:

        def opened(kind: str) -> tuple[Server, Page]:
            (tmp_path / f"{kind}.html").write_text(PAGE.format(kind=kind))
            page = context.new_page()
            page.goto(f"{site}{kind}.html")
            page.click("button")
            return server, page

        yield opened
    context.close()


def test_a_break_of_audio_plays_in_sequence_and_every_quartile_arrives(player) -> None:
    server, page = player("audio")
    played = page.evaluate("url => playVast(url)", f"{server.url}/vast?placement=break&pod=3&pod_s=38&companions=side")
    ads = played["ads"]
    assert len(ads) >= 1
    assert played["ends"] == ["ended"] * len(ads)
    assert [ad["sequence"] for ad in ads] == [str(n + 1) for n in range(len(ads))]
    assert {tuple(ad["files"]) for ad in ads} == {("audio/mpeg", "audio/ogg")}
    for ad in ads:
        publisher.await_kinds(server, ad["servingId"], PLAYED)
    shown = [event.flight_id for event in server.logged() if event.kind == "impression"]
    assert (65 in shown) == (61 in shown)  # the companion stands beside its own campaign only


def test_a_film_plays_is_clicked_and_third_parties_get_their_macros(player) -> None:
    server, page = player("video")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    played = page.evaluate("url => playVast(url)", f"{server.url}/vast?placement=film&companions=side")
    page.evaluate("tracker.click()")
    nonce = played["ads"][0]["servingId"]
    publisher.await_kinds(server, nonce, [*PLAYED, "click"])
    assert played["ads"][0]["files"] == ["video/mp4", "video/mp4"]
    assert not any("[" in url for url in asked), asked


def test_an_advertisers_tag_plays_through_our_wrapper(player) -> None:
    server, page = player("video")
    page.evaluate("document.querySelector('video').muted = true")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    played = page.evaluate("url => playVast(url)", f"{server.url}/vast?placement=tag")
    assert (played["ends"], played["ads"][0]["files"]) == (["ended"], ["video/mp4"])
    (nonce,) = publisher.nonces(server, 68)
    publisher.await_kinds(server, nonce, PLAYED[:-1])  # muted
    assert {f"https://track.example/{step}" for step in ("start", "midpoint", "complete")} <= set(asked)


def test_a_file_that_does_not_play_is_an_error_with_its_code_and_no_impression(player) -> None:
    server, page = player("video")
    (server.assets / plans.SHA["video"] / "spot.mp4").write_bytes(b"nothing to see")
    played = page.evaluate("url => playVast(url)", f"{server.url}/vast?placement=film")
    assert played["ends"] == ["error"]
    assert publisher.await_kind(server, "error", 64).reason == "405"
    publisher.await_kinds(server, played["ads"][0]["servingId"], ["request", "served", "error"])


def test_a_film_in_the_tag_is_viewable_after_two_seconds_of_play(player, tmp_path: pathlib.Path) -> None:
    server, page = player("video")
    (tmp_path / "news.html").write_text(
        f'<!doctype html><div data-makegood="film" data-width="320" data-height="180"></div><div data-makegood="tag"></div>'
        f'<script async src="{server.url}/tag.js"></script>'
    )
    page.goto(page.url.replace("video.html", "news.html"))
    publisher.await_kind(server, "complete", 64)
    at = {event.kind: event.at for event in server.logged() if event.flight_id == 64}
    assert set(at) == {"served", "impression", "viewable", "start", "firstQuartile", "midpoint", "thirdQuartile", "complete"}
    assert at["viewable"] - at["impression"] >= 1900
    assert [event.kind for event in server.logged() if event.placement_id == 6] == ["request"]  # a frame follows no tag


def test_a_film_is_audible_after_two_seconds_with_its_sound_on(player, tmp_path: pathlib.Path) -> None:
    server, page = player("video")
    (tmp_path / "news.html").write_text(
        f'<!doctype html><div data-makegood="film" data-width="320" data-height="180"></div><script async src="{server.url}/tag.js"></script>'
    )
    for volume, stopped_after_ms, heard in ((0.05, 0, False), (1, 1000, False), (1, 0, True)):
        page.goto(page.url.rpartition("/")[0] + "/news.html")
        film = page.frame_locator("iframe").locator("video")
        film.click()  # a person's: sound may start
        film.evaluate("(film, volume) => { film.loop = true; film.volume = volume; film.muted = false; return film.play(); }", volume)
        if stopped_after_ms:
            page.wait_for_timeout(stopped_after_ms)
            film.evaluate("film => { film.muted = true; }")
        page.wait_for_timeout(3000)
        assert ("audible" in server.kinds()) == heard
    (event,) = [event for event in server.logged() if event.kind == "audible"]
    assert (event.flight_id, event.id.rpartition(".")[2]) == (64, "audible")
