"""The straight path gives byte for byte what the general one gives, and takes nothing the hardened parsers would not."""

import asyncio
import dataclasses
import datetime as dt
import json

import httptools
import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.serving import world
from makegood.adserver import adrequest, warming
from makegood.adserver.plans import LivePlan
from makegood.adserver.reading import Limits, RequestReader
from makegood.adserver.straight import bodies, columns, heads, known, learnt, questions, scanning
from makegood.adserver.turns import answering
from makegood.engine import plan as serving
from tests.adserver import plans, straight

SLOW = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
PLACES = ("home", "feed", "audio", "video", "wrapped", "empty", "fallback", "capped", "nowhere")
NAMES = ("slots", "geo", "device", "section", "language", "category", "audiences", "key_values", "consent", "test", "page", "caps")
WORDS = st.sampled_from(["US", "US-CA-803", "DE", "mobile", "tv", "news/sport", "en", "auto", "a b", "ü", 'q"', "", "x" * 257, "~"])
FIELDS = st.sampled_from([
    b"Accept: */*", b"Connection: keep-alive", b"Connection: close", b"Transfer-Encoding: chunked", b"X-Forwarded-For: 198.51.100.9",
    b"Sec-Purpose: prefetch", b"Cookie: a=b", b"cookie: mgcap=x", b"X-Odd:", b"user-agent: curl/8", b"Expect: 100-continue", b"A b: c", b"Content-Length: 5",
])  # fmt: skip


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Kinds of every creative, and a placement whose flights are targeted."""
    loop = asyncio.new_event_loop()
    made = straight.Pair(tmp_path_factory.mktemp("pair"), targeted(), loop, trust_forwarded=True)
    yield made
    made.close()
    loop.close()


def targeted() -> serving.ServingPlan:
    """The plan of the other tests, and flights for geography, device, section and hour on one more placement."""
    whole, wanted = plans.plan(), [{"geo": ["US-CA"]}, {"device": ["mobile"]}, {"section": ["news"]}, {"hour_of_week": [3]}, {}]
    model = dataclasses.replace(whole.flights[0], priority="guaranteed", share=None, theta=0.3, placement_ids=(10,))
    flights = [dataclasses.replace(model, id=60 + n, line_id=70 + n, targeting=one) for n, one in enumerate(wanted)]
    place = dataclasses.replace(whole.placements[0], id=10, code="targeted")
    return dataclasses.replace(whole, flights=(*whole.flights, *flights), placements=(*whole.placements, place))


@st.composite
def ad_requests(draw) -> bytes:
    """JSON of one slot or more, mostly ordinary."""
    slot = st.fixed_dictionaries({"placement": st.sampled_from((*PLACES, "targeted"))}, optional={"id": WORDS | st.integers(0, 9), "size": WORDS})
    optional = dict.fromkeys(("geo", "device", "section", "language", "category", "page"), WORDS)
    rest = {
        "audiences": st.lists(WORDS, max_size=3), "consent": st.booleans() | st.none() | WORDS, "test": st.booleans(), "n": st.integers(-1, 10**16),
        "key_values": st.none() | st.dictionaries(WORDS, WORDS, max_size=2), "caps": st.none() | WORDS,
    }  # fmt: skip
    row = draw(st.fixed_dictionaries({"slots": st.lists(slot, min_size=1, max_size=draw(st.sampled_from([1, 1, 1, 2])))}, optional=optional | rest))
    separators = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\n", "\t: ")]))
    return json.dumps(row, separators=separators, ensure_ascii=draw(st.booleans())).encode()


@SLOW
@given(ad_requests(), st.lists(FIELDS, max_size=2), st.integers(0, 2**30))
def test_both_paths_answer_the_same(pair, body, fields, seed):
    data = straight.request(body, *fields)
    for _ in range(4):  # the first times teach: who asks, what is asked, which ad
        one, other, logged, logged_too = pair.ask(data, seed)
        assert one == other
        assert logged == logged_too


def test_most_of_what_a_page_sends_goes_the_straight_way(pair):
    body = b'{"slots":[{"placement":"targeted","id":"top"}],"geo":"US-CA-803","section":"news/sport","audiences":["a"],"page":"https://p.example/1"}'
    before = pair.straightly
    for seed in range(40):
        one, other, logged, logged_too = pair.ask(straight.request(body), seed)
        assert (one, logged) == (other, logged_too)
    assert pair.straightly - before >= 30


def test_a_forwarded_address_counts_as_whoever_it_names(pair):
    body = b'{"slots":[{"placement":"home"}]}'
    for address in (b"198.51.100.7", b"203.0.113.9, 198.51.100.7", b"203.0.113.9"):
        for seed in range(3):
            one, other, logged, logged_too = pair.ask(straight.request(body, b"X-Forwarded-For: " + address), seed)
            assert (one, logged) == (other, logged_too)
        assert json.loads(logged.splitlines()[0])["ip"] == ("203.0.113.0/24" if address.endswith(b"9") else "198.51.100.0/24")


def test_without_a_trusted_proxy_the_socket_names_it(tmp_path, loop):
    pair = straight.Pair(tmp_path, targeted(), loop)
    for address in (b"198.51.100.7", b"203.0.113.9"):
        for seed in range(3):
            *_, logged, logged_too = pair.ask(straight.request(b'{"slots":[{"placement":"home"}]}', b"X-Forwarded-For: " + address), seed)
            assert logged == logged_too
        assert json.loads(logged.splitlines()[0])["ip"] == "192.0.2.0/24"
    assert pair.straightly
    pair.close()


def test_who_is_eligible_is_forgotten_when_a_flight_ends_and_when_the_hour_turns(tmp_path, loop):
    """Monday 03:00 in Berlin brings one flight in; another ends two seconds after it."""
    plan, three = targeted(), dt.datetime(2026, 11, 30, 2, tzinfo=dt.UTC)
    ends = (three + dt.timedelta(seconds=2)).isoformat()
    flights = [dataclasses.replace(f, ends_at=ends) if f.id == 64 else f for f in plan.flights]
    pair = straight.Pair(tmp_path, dataclasses.replace(plan, flights=tuple(flights)), loop)
    shown = {}
    for second in (-2, 0, 1, 2, 3):
        pair.clock.ms = int(three.timestamp() * 1000) + second * 1000
        for seed in range(60):
            one, other, *_ = pair.ask(straight.request(b'{"slots":[{"placement":"targeted"}]}'), seed)
            assert one == other
            shown.setdefault(second, set()).add(json.loads(one.partition(b"\r\n\r\n")[2])["slots"][0].get("flight"))
    assert [64 in shown[second] for second in (-2, 0, 1, 2, 3)] == [True, True, True, False, False]
    assert [63 in shown[second] for second in (-2, 0, 1, 2, 3)] == [False, True, True, True, True]
    assert pair.straightly > 200
    pair.close()


def test_a_new_plan_is_answered_by_at_once(tmp_path, loop):
    pair = straight.Pair(tmp_path, targeted(), loop)
    body = straight.request(b'{"slots":[{"placement":"home"}]}')
    for _ in range(4):
        pair.ask(body, 1)
    for side in (pair.straight, pair.general):
        side.state.plans.current = LivePlan(dataclasses.replace(targeted(), version=7), 0)
    for _ in range(4):
        one, other, *_ = pair.ask(body, 1)
        assert one == other
        assert b'{"plan":7,' in one
    pair.close()


def test_whoever_there_is_no_room_for_is_answered_all_the_same(tmp_path, loop, monkeypatch):
    monkeypatch.setattr(learnt, "MOST_SOURCES", 4)
    pair = straight.Pair(tmp_path, targeted(), loop, trust_forwarded=True)
    for number in range(30):
        for _ in range(2):
            one, other, *_ = pair.ask(straight.request(b'{"slots":[{"placement":"home"}]}', b"X-Forwarded-For: 198.51.%d.1" % number), number)
            assert one == other
            assert one.startswith(b"HTTP/1.1 200")
    pair.close()


def test_a_log_that_cannot_be_written_is_a_503_and_nothing_counts(tmp_path, loop):
    pair = straight.Pair(tmp_path, targeted(), loop)
    body = straight.request(b'{"slots":[{"placement":"home"}]}')
    for _ in range(4):
        pair.ask(body, 1)
    before = pair.straightly
    pair.straight.state.journal._disk.fault = pair.general.state.journal._disk.fault = "the event log cannot be written: no space"
    one, other, logged, _ = pair.ask(body, 1)
    assert one == other
    assert one.startswith(b"HTTP/1.1 503")
    assert not logged
    assert pair.straightly == before + 1
    pair.close()


def test_what_goes_wrong_inside_goes_the_general_way(tmp_path, loop, monkeypatch):
    pair = straight.Pair(tmp_path, targeted(), loop)
    monkeypatch.setattr(pair.straight.turns.path, "_say", lambda *given: 1 / 0)
    one, other, *_ = pair.ask(straight.request(b'{"slots":[{"placement":"home"}]}'), 1)
    assert one == other
    assert one.startswith(b"HTTP/1.1 200")
    pair.close()


def test_what_set_up_compiles_is_what_requests_need(pair):
    """One signature each: a second would be compiled while a page waits."""
    warming.warm()
    for seed in range(4):
        pair.ask(straight.request(b'{"slots":[{"placement":"home"}]}'), seed)
    for kernel in (answering.serve, known.put, known.find, questions.source_key, questions.asking_key):
        assert len(kernel.signatures) == 1, kernel


@pytest.fixture
def loop():
    made = asyncio.new_event_loop()
    yield made
    made.close()


def mutated(whole: bytes):
    """`whole` with a few bytes changed, put in or taken out."""
    special = st.sampled_from(list(b'\r\n :,"\\{}[]\t\x00\x7f\xc3-0123456789aZ'))
    edits = st.lists(st.tuples(st.integers(0, len(whole)), st.integers(0, 2), special | st.integers(0, 255)), max_size=3)
    return edits.map(lambda changes: _edited(whole, changes))


def _edited(whole: bytes, changes) -> bytes:
    data = bytearray(whole)
    for place, taken, byte in changes:
        data[place : place + taken] = bytes([byte])
    return bytes(data)


REQUEST = straight.request(b'{"slots":[{"placement":"home","id":"a"}]}', b"X-Forwarded-For: 198.51.100.9", b"Connection: keep-alive", b"Accept: */*")
BODY = b'{"slots": [{"placement":"home","id":"a", "n":1}] ,"geo":"US-CA","device":"tv","audiences":["a","b"],"consent":null,"test":false,"page":"p","x":12,"y":true}'


@settings(max_examples=1500, deadline=None)
@given(mutated(REQUEST))
def test_what_it_takes_for_a_request_llhttp_takes_for_the_same(data):
    row, text = np.zeros(columns.WIDTH, np.int64), straight.texts(data)
    if not data.startswith(heads.START):
        return
    body = heads.body_of(text, 0, len(text), row)
    if body == scanning.NONE:
        return
    reader = RequestReader(Limits(), "")
    reader.feed(data)
    ((read, keep_alive),) = reader.complete
    assert reader.fault is None
    assert keep_alive
    assert (read.method, read.path, read.query_string, read.body) == ("POST", "/ad", "", data[body:])
    assert read.headers.get("user-agent", "").encode() == data[row[columns.AGENT] : row[columns.AGENT + 1]]
    assert read.headers.get("x-forwarded-for", "").encode() == data[row[columns.FORWARDED] : row[columns.FORWARDED + 1]]
    assert "transfer-encoding" not in read.headers
    assert "sec-purpose" not in read.headers


@settings(max_examples=2500, deadline=None)
@given(mutated(BODY))
def test_what_it_takes_for_an_ad_request_msgspec_takes_for_the_same(data):
    row, text = np.zeros(columns.WIDTH, np.int64), straight.texts(data)
    if not bodies.read(text, 0, len(text), row):
        return
    ad = adrequest.from_json(data)
    assert len(ad.slots) == 1
    assert not ad.key_values
    assert not ad.consent
    assert not ad.test
    found = {name: data[row[column] : row[column + 1]].decode() or None for name, column in NAMED.items()}
    assert found == {name: getattr(ad, name) for name in NAMED}
    assert ad.slots[0].placement.encode() == data[row[columns.PLACEMENT] : row[columns.PLACEMENT + 1]]
    assert (ad.slots[0].id or "") == data[row[columns.SLOT] : row[columns.SLOT + 1]].decode()


NAMED = {name: getattr(columns, name.upper()) for name in ("geo", "device", "section", "language", "category")}


def test_the_comparisons_see_both_kinds():
    """Ordinary ones are taken; a lenient reader that took these would be caught by the tests above."""
    row = np.zeros(columns.WIDTH, np.int64)
    for data in (REQUEST, *(straight.request(body) for body in world.bodies(20, np.random.default_rng(1)))):
        row[:] = 0
        assert heads.body_of(straight.texts(data), 0, len(data), row) > 0
    row[:] = 0
    assert bodies.read(straight.texts(BODY), 0, len(BODY), row)
    for wrong in (REQUEST.replace(b"Accept:", b"Accept :"), REQUEST.replace(b"*/*", b"*\n*"), REQUEST + b"x", REQUEST[:-1]):
        row[:] = 0
        assert heads.body_of(straight.texts(wrong), 0, len(wrong), row) == scanning.NONE
    with pytest.raises(httptools.HttpParserError):
        httptools.HttpRequestParser(None).feed_data(REQUEST.replace(b"Accept:", b"Accept :"))
    for wrong in (BODY[:-1], BODY + b"}", BODY.replace(b"12", b"012"), BODY.replace(b"true", b"tru"), BODY.replace(b'"y"', b'"geo"')):
        row[:] = 0
        assert not bodies.read(straight.texts(wrong), 0, len(wrong), row)
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(BODY.replace(b"12", b"012"))


@settings(max_examples=500, deadline=None)
@given(st.binary(min_size=8, max_size=8) | st.text(st.characters(min_codepoint=30, max_codepoint=130), min_size=8, max_size=8).map(lambda t: t.encode()[:8]))
def test_eight_at_once_lets_nothing_through(data):
    word = int.from_bytes(data, "little", signed=True)
    visible, plain = all(32 <= c <= 126 for c in data), all(32 <= c <= 126 and c not in b'"\\' for c in data)
    assert not scanning.eight_visible(word) or visible
    assert not scanning.eight_plain(word) or plain
    if all(c in b"abcdefghij0123456789" for c in data):
        assert scanning.eight_plain(word)
