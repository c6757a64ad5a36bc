"""What a person does after a click: reported with the click's token, once an order, within the line's days, or refused and kept apart."""

import dataclasses
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from makegood.adserver import server as servers
from makegood.adserver import signing
from makegood.adserver.clock import SeededRandom
from makegood.adserver.http import Request
from makegood.adserver.routes import clicks, conversions
from makegood.adserver.settings import Settings
from tests.adserver import plans, publisher
from tests.adserver.conftest import Server

SHOP = "https://shop.example/offer?mg_click=[MG_CLICK]&a=1#top"
DAY_MS = 86_400_000


class Clock:
    """A time that a test moves."""

    ms = 1_800_000_000_000

    def now_ms(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path, clock):
    """A server's state without its sockets; flight 31 counts conversions for 7 days, the others for 30."""
    plan = publisher.leading_to(plans.plan(), SHOP)
    first, *others = plan.flights
    plan = dataclasses.replace(plan, flights=(dataclasses.replace(first, conversion_days=7), *others))
    (tmp_path / "plan.json").write_bytes(plan.to_json())
    return servers.prepare(
        Settings(tmp_path / "plan.json", tmp_path / "events", tmp_path / "assets", plans.keys(tmp_path / "keys.json")), clock, SeededRandom(1)
    )


def grant(clock: Clock, flight: int = 31, nonce: str = "n1") -> signing.Grant:
    now_s = clock.ms // 1000
    return signing.Grant(nonce, now_s, now_s + 86_400, 1, flight, flight + 100, flight + 200, 21, 121, 1, False, "mobile", "US")


def clicked(state, clock: Clock, flight: int = 31, nonce: str = "n1") -> str:
    """The token the landing page is told."""
    token = signing.sign(state.keys, "click", grant(clock, flight, nonce).payload("k2"))
    answer = clicks.get(state, Request("GET", "/click", f"t={token}", {"user-agent": "Mozilla"}, b"", "127.0.0.1"))
    location = next(line for line in answer.response.head.decode().split("\r\n") if line.startswith("location: "))
    return parse_qs(urlsplit(location.removeprefix("location: ")).query, keep_blank_values=True)["mg_click"][0]


def post(state, **told: str):
    return conversions.report(state, Request("POST", "/conversion", "", {"user-agent": "curl/8"}, json.dumps(told).encode(), "127.0.0.1"))


def test_from_the_ad_to_the_order(server: Server) -> None:
    publisher.publish(server, publisher.leading_to(plans.plan(), SHOP))
    (slot,) = server.ad("home")["slots"]
    location = server.get(slot["click_url"]).headers["location"]
    assert location.startswith("https://shop.example/offer?mg_click=k2~")
    assert location.endswith("&a=1#top")
    token = parse_qs(urlsplit(location).query)["mg_click"][0]
    assert server.get(f"/conversion?click={token}&order=A-1").status == 204
    assert server.get(f"/conversion?click={token}&order=A-1", Accept="image/avif,image/webp,*/*;q=0.8").body[:3] == b"GIF"
    assert server.get("/conversion", "POST", json.dumps({"click": token, "order": "A-2"}).encode()).status == 204
    found = [event for event in server.logged() if event.kind == "conversion"]
    assert [(event.flight_id, event.line_id, event.order_id) for event in found] == [(31, 131, 231)] * 3
    assert [event.id == found[0].id for event in found] == [True, True, False]
    assert [bool(event.bot or event.sender) for event in found] == [True, True, False]  # of the advertiser's server nothing is judged
    assert "A-1" not in (server.events.glob("*").__next__()).read_text()


def test_a_landing_page_that_asks_for_no_token_is_as_it_was_approved(server: Server) -> None:
    (slot,) = server.ad("home")["slots"]
    assert server.get(slot["click_url"]).headers["location"] == plans.CLICK


def test_an_order_counts_once_for_a_line_and_a_click_without_one_once(state, clock) -> None:
    first, second, other = clicked(state, clock), clicked(state, clock, nonce="n2"), clicked(state, clock, flight=32)
    ids = [post(state, **told).events[0].id for told in (
        {"click": first, "order": "A-1"}, {"click": second, "order": "A-1"}, {"click": other, "order": "A-1"}, {"click": first, "order": "A-2"},
        {"click": first}, {"click": first}, {"click": second},
    )]  # fmt: skip
    assert ids[0] == ids[1]
    assert ids[4:] == ["n1.conversion", "n1.conversion", "n2.conversion"]
    assert len(set(ids)) == 5
    assert max(map(len, ids)) <= 60  # what counting remembers


@pytest.mark.parametrize(("flight", "days"), [(31, 7), (32, 30)])
def test_the_window_is_the_lines(state, clock, flight: int, days: int) -> None:
    token = clicked(state, clock, flight)
    clock.ms += days * DAY_MS - 1000
    (event,) = post(state, click=token).events
    assert (event.kind, event.age_ms) == ("conversion", days * DAY_MS - 1000)
    clock.ms += 1000
    late = post(state, click=token)
    assert (late.response.status, late.events[0].kind, late.events[0].reason) == (410, "refused", "expired")


def test_a_click_that_came_too_late_and_an_ad_of_nobody_bring_no_token(state, clock) -> None:
    token = signing.sign(state.keys, "click", grant(clock).payload("k2"))
    clock.ms += 2 * DAY_MS
    late = clicks.get(state, Request("GET", "/click", f"t={token}", {}, b"", "127.0.0.1"))
    assert b"mg_click=&a=1" in late.response.head
    assert clicked(state, clock, flight=0) == ""


def test_forgeries_are_refused_and_kept_apart(state, clock) -> None:
    genuine = clicked(state, clock)
    payload, _, tag = genuine.rpartition("~")
    longer = payload.replace("~31~", "~32~") if "~31~" in payload else payload.replace("~1f~", "~20~")
    beacon = signing.sign(state.keys, "click", grant(clock).payload("k2"))
    for token, status, reason in (
        (beacon, 403, "forged"), (f"{longer}~{tag}", 403, "forged"), (genuine[:-1], 403, "forged"), ("", 403, "forged"),
        (genuine.replace("k2", "k9", 1), 403, "unknown_key"),
    ):  # fmt: skip
        answer = post(state, click=token, order="A-1")
        assert (answer.response.status, [(event.kind, event.reason, event.flight_id) for event in answer.events]) == (status, [("refused", reason, 0)])
    spent = clicks.get(state, Request("GET", "/click", f"t={genuine}", {}, b"", "127.0.0.1"))
    assert spent.response.status == 403  # nor is a click's token a click


@pytest.mark.parametrize("body", [b"", b"[]", b'{"order": "A-1"}', b'{"click": 1}', json.dumps({"click": "x", "order": "A" * 201}).encode()])
def test_what_cannot_be_read_is_named(state, body: bytes) -> None:
    answer = conversions.report(state, Request("POST", "/conversion", "", {}, body, "127.0.0.1"))
    assert (answer.response.status, answer.events) == (400, ())
    assert b"expected click" in answer.response.body
