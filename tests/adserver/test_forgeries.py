"""R15: of 10,000 (at night 100,000) forged beacons and clicks none is billable and none redirects off the list; genuine ones all pass."""

import dataclasses
import random
from urllib.parse import quote

import pytest

from makegood.adserver import server, signing
from makegood.adserver.clock import SeededRandom
from makegood.adserver.events import BEACONS
from makegood.adserver.http import Request
from makegood.adserver.keys import Keys
from makegood.adserver.routes import beacons, clicks
from makegood.adserver.settings import Settings
from tests.adserver import plans

NOW_S, GENUINE = 1_800_000_000, 2_000
SHOWN = ("impression", "viewable", "click")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~!%."


class Standing:
    def now_ms(self) -> int:
        return NOW_S * 1000


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forged")
    (folder / "plan.json").write_bytes(plans.plan().to_json())
    where = Settings(folder / "plan.json", folder / "events", folder / "assets", plans.keys(folder / "keys.json"))
    return server.prepare(where, Standing(), SeededRandom(1))


def grant(draw: random.Random, number: int) -> signing.Grant:
    line = draw.choice((21, 22, 24))
    return signing.Grant(f"{number:016d}", NOW_S - 60, NOW_S + 60, 1, line + 10, line, line, line, line + 100, 1, False, "mobile", "US")


def call(state, kind: str, query: str):
    route, path = (clicks.get, "/click") if kind == "click" else (beacons.report, f"/e/{kind}")
    return route(state, Request("GET", path, query, {"user-agent": "Mozilla"}, b"", "127.0.0.1"))


def billable(answers) -> list[str]:
    """Ids of events that would count, as often as they came."""
    return [event.id for answer in answers for event in answer.events if event.kind in BEACONS and not event.reason]


def forged(state, draw: random.Random, number: int) -> tuple[str, str]:
    """One forgery of a kind: flipped, expired, another line's facts or another kind's tag, an unknown or stolen key id."""
    kind, real = draw.choice(SHOWN), grant(draw, number)
    token = signing.sign(state.keys, kind, real.payload("k2"))
    payload, _, tag = token.rpartition("~")
    way = number % 6
    if way == 0:
        at = draw.randrange(len(token))
        token = token[:at] + draw.choice(ALPHABET.replace(token[at], "")) + token[at + 1 :]
    elif way == 1:
        token = signing.sign(state.keys, kind, dataclasses.replace(real, expires_s=NOW_S - draw.randrange(86_400)).payload("k2"))
    elif way == 2:
        token = dataclasses.replace(real, line_id=real.line_id + 1, flight_id=real.flight_id + 1).payload("k2") + f"~{tag}"
    elif way == 3:
        token = signing.sign(state.keys, draw.choice([other for other in BEACONS if other != kind]), real.payload("k2"))
    elif way == 4:
        token = signing.sign(Keys("k2", {"k2": draw.randbytes(32)}), kind, real.payload("k2"))
    else:
        token = f"{draw.choice(['k1', 'k9', ''])}{payload[2:]}~{tag}"
    return kind, token


@pytest.mark.parametrize("forgeries", [10_000, pytest.param(100_000, marks=pytest.mark.nightly)])
def test_no_forgery_is_billable_and_no_redirect_leaves_the_list(state, forgeries) -> None:
    draw, redirects, counted, elsewhere = random.Random(5), set(), [], quote("https://evil.example/")
    for number in range(forgeries):
        kind, token = forged(state, draw, number)
        answer = call(state, kind, f"t={token}&url={elsewhere}&r={elsewhere}")
        counted += billable([answer])
        assert answer.response.status in (302, 403, 410)
        if answer.response.status == 302:
            redirects.add(answer.response.head.split(b"\r\n")[0])
    assert counted == []
    assert redirects == {f"location: {plans.CLICK}".encode()}  # genuine but late clicks, to the stored address


def test_every_genuine_one_counts_once_however_often_it_is_sent_and_under_either_key(state) -> None:
    draw, answers = random.Random(6), []
    for number in range(GENUINE):
        real, key = grant(draw, number), draw.choice(("k1", "k2"))  # k1 is the key of before the rotation
        old = Keys(key, {name: bytes.fromhex(value) for name, value in plans.KEYS["keys"].items()})
        for kind in SHOWN:
            token = signing.sign(old, kind, real.payload(key))
            answers += [call(state, kind, f"t={token}") for _ in range(1 + draw.randrange(3))]
    assert all(answer.response.status in (204, 302) for answer in answers)
    ids = billable(answers)
    assert len(set(ids)) == 3 * GENUINE
    assert len(ids) > len(set(ids))  # the control: without the nonce in the id, a replay would be billed again


def test_control_a_check_that_leaves_out_the_tag_lets_forgeries_through(state, monkeypatch) -> None:
    monkeypatch.setattr(Keys, "matches", lambda *_: True)
    draw = random.Random(5)
    assert billable(call(state, *(kind, f"t={token}")) for kind, token in (forged(state, draw, 6 * n + 2) for n in range(20)))
