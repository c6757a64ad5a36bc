"""A real server over real HTTP: JSON, frame, clicks, assets, previews, limits of what it believes."""

import dataclasses
import json
import re
import signal
import time
from typing import Any

import pytest

from makegood.adserver import keys, signing
from tests.adserver import plans, publisher
from tests.adserver.conftest import Server, token


def test_json_ad_is_shown_seen_and_clicked(server: Server) -> None:
    slot = server.ad("home", geo="US-CA", device="mobile", audiences=["b", "a"], consent=True, unknown=1)["slots"][0]
    creative = slot["creative"]
    assert (creative["id"], creative["version"], slot["flight"], slot["id"]) == (21, 121, 31, "s0")
    assert server.get(creative["url"]).headers["content-type"] == "image/png"
    assert server.get(slot["impression_urls"][0]).status == 204
    seen = server.get(slot["viewable_url"], Accept="image/avif,image/*")
    assert (seen.status, seen.headers["content-type"], seen.body[:6]) == (200, "image/gif", b"GIF89a")
    click = server.get(slot["click_url"])
    assert (click.status, click.headers["location"]) == (302, plans.CLICK)
    assert server.kinds() == ["request", "served", "impression", "viewable", "click"]
    request, served, impression = server.logged()[:3]
    assert (request.flight_id, request.audiences, request.placement_id) == (0, ("a", "b"), 1)
    assert served.id.removesuffix(".served") == impression.id.removesuffix(".impression")
    assert (impression.flight_id, impression.line_id, impression.order_id, impression.version_id) == (31, 131, 231, 121)
    assert (impression.geo, impression.device, impression.ip, impression.bot) == ("US-CA", "mobile", "127.0.0.0/24", "")


def test_every_slot_answers_and_an_empty_one_is_only_requested(server: Server) -> None:
    slots = server.ad("empty", "fallback", "wrapped")["slots"]
    assert [slot["creative"] and slot["creative"]["id"] for slot in slots] == [None, 21, 25]
    assert (slots[1]["flight"], slots[2]["creative"]["vast_url"]) == (None, plans.TAG)
    assert server.kinds() == ["request", "request", "served", "request", "served"]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("{", "body: not JSON"),
        ("[]", "body: expected `object`, got `array`"),
        ("{}", "slots: missing"),
        ('{"slots": [{"placement": "nowhere"}]}', "slots[0].placement: 'nowhere' is not in the plan"),
        ('{"slots": [{"placement": "home"}], "geo": ["US"]}', "geo: expected `str | null`, got `array`"),
        ('{"slots": [{"placement": "home"}], "audiences": "a"}', "audiences: expected `array | null`"),
        ('{"slots": [{"placement": "home"}], "key_values": {"k": {}}}', "key_values.k: expected `int | str`"),
    ],
)
def test_bad_json_is_named_by_its_place(shared: Server, body: str, place: str) -> None:
    reply = shared.get("/ad", "POST", body.encode())
    assert reply.status == 400
    assert reply.json()["error"].startswith(place)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    started = Server(tmp_path_factory.mktemp("shared")).start()
    yield started
    started.stop(signal.SIGKILL)


def test_click_never_leads_to_anything_in_the_request(shared: Server) -> None:
    url = shared.ad("home")["slots"][0]["click_url"]
    for more in ("&url=https://evil.example", "&click_url=https://evil.example", "&redirect=//evil.example"):
        assert shared.get(url + more).headers["location"] == plans.CLICK
    assert shared.get("/click?url=https://evil.example").status == 403


def test_flipped_swapped_and_stale_tokens_are_refused_and_logged_apart(server: Server) -> None:
    slot = server.ad("home")["slots"][0]
    good = token(slot["impression_urls"][0])
    fields = good.split("~")
    for n, character in enumerate(good):
        if n % 7 == 0:
            bad = good[:n] + ("A" if character != "A" else "B") + good[n + 1 :]
            assert server.get(f"/e/impression?t={bad}").status == 403
    swapped = "~".join([*fields[:5], "20", *fields[6:]])
    assert server.get(f"/e/impression?t={swapped}").json() == {"error": "forged"}
    assert server.get(f"/e/viewable?t={good}").json() == {"error": "forged"}
    assert server.get(f"/e/impression?t=k9~{good[3:]}").json() == {"error": "unknown_key"}
    assert server.get("/e/impression").json() == {"error": "forged"}
    counted = [event for event in server.logged() if event.kind == "impression"]
    refused = [event for event in server.logged() if event.kind == "refused"]
    assert counted == []
    assert {event.reason for event in refused} == {"forged", "unknown_key"}
    assert {event.flight_id for event in refused} == {0}


def test_an_expired_click_still_leads_on_but_does_not_count(server: Server) -> None:
    secrets = keys.load(server.keys)
    grant = signing.Grant("n" * 16, 1, 2, 1, 31, 131, 231, 21, 121, 1, False, "mobile", "")
    stale = signing.sign(secrets, "click", grant.payload("k2"))
    assert server.get(f"/click?t={stale}").headers["location"] == plans.CLICK
    pixel = signing.sign(secrets, "impression", grant.payload("k2"))
    assert (server.get(f"/e/impression?t={pixel}").status, server.kinds()) == (410, ["refused", "refused"])
    assert {(event.reason, event.flight_id) for event in server.logged()} == {("expired", 31)}


def test_a_key_that_is_no_longer_current_still_verifies(server: Server) -> None:
    soon = int(time.time()) + 60
    grant = signing.Grant("n" * 16, 1, soon, 1, 31, 131, 231, 21, 121, 1, False, "mobile", "")
    older = keys.Keys("k1", {name: bytes.fromhex(value) for name, value in plans.KEYS["keys"].items()})
    assert server.get(f"/e/impression?t={signing.sign(older, 'impression', grant.payload('k1'))}").status == 204


def test_replays_have_the_same_id(server: Server) -> None:
    url = server.ad("home")["slots"][0]["impression_urls"][0]
    for _ in range(3):
        server.get(url)
    assert len({event.id for event in server.logged() if event.kind == "impression"}) == 1


def test_frame_shows_the_creative_inside_its_sandbox(shared: Server) -> None:
    image = shared.get("/frame?placement=home&kv.team=reds&test=1")
    text = image.body.decode()
    assert f"/assets/{plans.SHA['image']}/banner.png" in text
    assert re.search(r"<script(?! src=)", text) is None
    assert image.headers["content-security-policy"].startswith("sandbox allow-scripts allow-popups")
    bundle = shared.get("/frame?placement=feed").body.decode()
    assert "clickTag=http%3A//127.0.0.1" in bundle or "clickTag=http%3A%2F%2F127.0.0.1" in bundle
    assert 'data-empty="1"' in shared.get("/frame?placement=empty").body.decode()
    assert '<video id="ad"' in shared.get("/frame?placement=video").body.decode()
    assert shared.get("/tag.js").headers["content-type"] == "text/javascript; charset=utf-8"
    assert shared.get("/frame.css").status == 200


def test_assets_are_immutable_ranged_and_never_outside_their_folder(shared: Server) -> None:
    audio = f"/assets/{plans.SHA['audio']}/spot.mp3"
    whole = shared.get(audio)
    assert (whole.headers["content-type"], len(whole.body)) == ("audio/mpeg", 1_024_000)
    assert "immutable" in whole.headers["cache-control"]
    for asked, status, got in (
        ("bytes=10-19", 206, bytes(range(10, 20))),
        ("bytes=1023998-", 206, b"\xfe\xff"),
        ("bytes=-2", 206, b"\xfe\xff"),
    ):
        part = shared.get(audio, Range=asked)
        assert (part.status, part.body) == (status, got)
    assert shared.get(audio, Range="bytes=2000000-").status == 416
    assert shared.get(audio, "HEAD").body == b""
    document = shared.get(f"/assets/{plans.SHA['html']}/index.html")
    assert document.headers["content-security-policy"].startswith("sandbox allow-scripts")
    for path in ("../../keys.json", "..%2f..%2fkeys.json", "%2e%2e/%2e%2e/keys.json", "", "ad%00.js", "nothing"):
        assert shared.get(f"/assets/{plans.SHA['html']}/{path}").status == 404
    assert shared.get("/assets/..%2f/keys.json").status == 404
    assert shared.get(f"/assets/{plans.SHA['draft']}/index.html").status == 404  # exists, but is in no plan


def test_preview_opens_one_folder_until_it_expires(shared: Server) -> None:
    secrets, soon = keys.load(shared.keys), int(time.time()) + 60
    url = signing.preview_url(secrets, shared.url, plans.SHA["draft"], "index.html", soon)
    page = shared.get(url)
    assert (page.status, page.body) == (200, plans.HTML)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts; ")
    assert policy.endswith("frame-ancestors http://app.example")
    other = url.replace(plans.SHA["draft"], plans.SHA["image"])
    assert shared.get(other).status == 403
    assert (
        shared.get(signing.preview_url(secrets, shared.url, plans.SHA["draft"], "index.html", soon - 100)).status == 410
    )


def test_caps_are_kept_only_with_consent(server: Server) -> None:
    without = [server.ad("capped")["slots"][0]["creative"] is not None for _ in range(4)]
    assert without == [True] * 4
    caps, filled = "", []
    for _ in range(4):
        reply = server.ad("capped", consent=True, caps=caps)
        caps = reply["caps"]
        filled.append(reply["slots"][0]["creative"] is not None)
    assert filled == [True, True, False, False]
    framed = server.get("/frame?placement=capped&consent=1", Cookie=f"mgcap={caps}")
    assert 'data-empty="1"' in framed.body.decode()
    assert server.ad("capped", consent=True, caps=caps + "x")["slots"][0]["creative"] is not None


def test_withdrawn_consent_takes_the_cookie_away(make_server: Any) -> None:
    server = make_server("--public-url", "https://ads.example")
    body = {"slots": [{"placement": "capped"}]}

    def told(cookie: str | None, **more: Any) -> str | None:
        headers = {} if cookie is None else {"Cookie": cookie}
        return server.get("/ad", "POST", json.dumps(body | more).encode(), **headers).headers.get("set-cookie")

    kept = told(None, consent=True)
    assert kept
    cookie, *attributes = kept.split("; ")
    gone = "; ".join(["mgcap=", "Max-Age=0", *attributes[1:]])  # a browser takes away what is named as it was set
    for _ in range(3):  # the straight path learns, and has to leave these alone
        assert told(f"other=1; {cookie}", consent=False) == told(cookie, consent="1YYN") == gone
        assert told(cookie) == told(cookie, consent=None) == told("other=1", consent=False) == told(None, consent=False) is None
    framed = server.get("/frame?placement=capped&consent=0", Cookie=cookie)
    assert framed.headers.get("set-cookie") == gone


def test_without_consent_nobody_is_recognised_and_audiences_decide_nothing(make_server: Any) -> None:
    server = make_server()
    flight = dataclasses.replace(plans.plan().flights[0], targeting={"audiences": {"include": ["parents"]}})
    publisher.publish(server, dataclasses.replace(plans.plan(), flights=(flight,)))
    answers = {
        given: server.get("/ad", "POST", json.dumps({"slots": [{"placement": "home"}], "audiences": ["parents"], "consent": given}).encode())
        for given in (False, True, "1YNN", "1YYN", "CQuZP8AQuZP8AAfACAENAKEgAMAAAEAAAAAAHCQAgACgOEAAMQAQkAEAAoAA", "DBABrw~CAAgAAAAAABA.QA~BAQAAABA.QA", "DBABrw~CAAgAAAAAABA.QA~BAQAAABA.QA;7")
    }  # fmt: skip
    filled = [answer.json()["slots"][0]["creative"] is not None for answer in answers.values()]
    assert filled == [False, True, True, False, False, False, True]
    numbered = ["set-cookie" in answer.headers for answer in answers.values()]
    assert numbered == [False, True, True, False, True, False, True]
    assert [bool(event.person) for event in server.logged() if event.kind == "served"] == [one for one, shown in zip(numbered, filled, strict=True) if shown]
    asked = [event.audiences for event in server.logged() if event.kind == "request"]
    assert asked == [("parents",) if one else () for one in filled]


def test_robots_and_data_centres_are_flagged(make_server: Any, tmp_path: Any) -> None:
    ranges = tmp_path / "ranges.txt"
    ranges.write_text("# loopback\n127.0.0.0/8\n")
    server = make_server("--datacentres", str(ranges))
    url = server.ad("home")["slots"][0]["impression_urls"][0]
    server.get(url, User_Agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    event = server.logged()[-1]
    assert (event.kind, event.bot, event.datacentre) == ("impression", "googlebot", True)


def test_unknown_paths_and_methods(shared: Server) -> None:
    assert shared.get("/nothing").status == 404
    refused = shared.get("/ad")
    assert (refused.status, refused.headers["allow"]) == (405, "POST")
    preflight = shared.get("/ad", "OPTIONS", Origin="https://news.example")
    assert (preflight.status, preflight.headers["access-control-allow-origin"]) == (204, "*")
    assert json.loads(shared.get("/health").body)["status"] == "ok"
    assert b"makegood_plan_version 1\n" in shared.get("/metrics").body
