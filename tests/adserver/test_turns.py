"""Connections served in turns behave as asyncio's own do, whatever their clients do; what fails part way is told or mended."""

import asyncio
import collections
import contextlib
import ctypes
import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.adserver.straight import desk as places
from makegood.adserver.turns import room, turns
from tests.adserver import straight, turning
from tests.adserver.turning import Both, Client

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
PATIENCE_S = 10.0


@contextlib.contextmanager
def alone():
    """The browser of other tests keeps its event loop marked as running in this thread; meanwhile ours runs."""
    borrowed = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(borrowed)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    loop = asyncio.new_event_loop()
    with alone():
        made = Both(tmp_path_factory.mktemp("both"), loop)
        for side in (made.turned, made.plain):  # which open their logs
            client = Client(side.port)
            asked(made, client, turning.ORDINARY)
            client.close()
    yield made
    with alone():
        made.close()
        loop.close()


@st.composite
def clients(draw):
    """What one client sends, in which pieces, whether it reads meanwhile, and how it goes."""
    streams = draw(st.lists(st.sampled_from(sorted(turning.STREAMS)), min_size=1, max_size=8))
    whole = [piece for name in streams for piece in turning.STREAMS[name]]
    data = b"".join(whole)
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=4)))
    pieces = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    return draw(st.sampled_from([whole, whole, pieces])), draw(st.booleans()), draw(st.sampled_from(["end", "end", "reset", "close"]))


@SLOW
@given(st.lists(clients(), min_size=1, max_size=5))
def test_whatever_clients_do_both_answer_the_same(both, manners):
    files = turning.open_files()
    answers, lines = [], []
    for side in (both.turned, both.plain):
        before = collections.Counter(logged(side))
        answers.append(played(both, side.port, manners))
        lines.append(collections.Counter(logged(side)) - before)
    files_after(both, files)
    assert answers[0] == answers[1]
    if all(how == "end" for *_, how in manners):
        assert lines[0] == lines[1]


def played(both, port, manners) -> list[bytes]:
    """What each client that waits for its answers got."""
    made = [Client(port, little=not reads) for _, reads, _ in manners]
    for step in range(max(len(pieces) for pieces, *_ in manners)):
        for client, (pieces, reads, _) in zip(made, manners, strict=True):
            if step < len(pieces):
                client.send(pieces[step])
            if reads:
                client.read()
        both.pause()
    for client, (*_, how) in zip(made, manners, strict=True):
        if how != "end":
            getattr(client, how)()
    finished(both, [client for client, (*_, how) in zip(made, manners, strict=True) if how == "end"])
    return [client.answers() for client, (*_, how) in zip(made, manners, strict=True) if how == "end"]


def finished(both, made) -> None:
    """Every client has sent all, ended, and read to the end."""
    deadline = time.monotonic() + PATIENCE_S
    while any(client.open for client in made):
        assert time.monotonic() < deadline
        for client in made:
            if client.open:
                client.end()
                client.read()
        both.pause()
    for client in made:
        client.close()


def logged(side) -> list[bytes]:
    return [line for path in side.state.settings.events.glob("*.*") for line in path.read_bytes().splitlines()]


def files_after(both, files) -> None:
    """Nothing stays open of what clients opened."""
    deadline = time.monotonic() + PATIENCE_S
    while turning.open_files() > files:
        assert time.monotonic() < deadline
        both.pause()


def asked(both, client, data) -> bytes:
    """The answer to one request."""
    before, deadline = len(client.received), time.monotonic() + PATIENCE_S
    client.send(data)
    while len(client.received) == before:
        assert time.monotonic() < deadline
        both.pause()
        client.read()
    return client.received[before:]


def test_ordinary_requests_do_not_reach_python_and_mixed_connections_come_back(both):
    client, metrics = Client(both.turned.port), both.turned.state.metrics
    asked(both, client, turning.ORDINARY)
    before = metrics.straight
    for _ in range(5):
        asked(both, client, turning.ORDINARY)
    assert metrics.straight == before + 5
    for stream in ("get", "two slots", "wrong", "long"):
        assert asked(both, client, *turning.STREAMS[stream])
        assert metrics.straight == before + 5
    asked(both, client, turning.ORDINARY)
    assert metrics.straight == before + 6
    client.close()


def test_an_ordinary_request_behind_one_that_waits_for_the_disk_is_answered_behind_it(both):
    client = Client(both.turned.port)
    answer = asked(both, client, turning.ORDINARY)
    beacon = answer.partition(b'"viewable_url":"http://ads.example')[2].partition(b'"')[0]
    client.send(b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % beacon)
    both.pause()
    client.send(turning.ORDINARY)
    finished(both, [client])
    assert turning.statuses(client.received) == [200, 204, 200]


def test_a_request_inside_another_is_part_of_that(both):
    """Or whoever writes another's body would write requests of theirs."""
    client = Client(both.turned.port)
    asked(both, client, turning.ORDINARY)
    for piece in turning.STREAMS["one inside another"]:
        client.send(piece)
        both.pause()
    finished(both, [client])
    assert turning.statuses(client.received) == [200, 400]


def test_a_reader_that_takes_nothing_stops_the_server_from_reading_and_gets_all_in_the_end(both):
    client, count = Client(both.turned.port, little=True), 0
    while client.sent:
        client.send(turning.ORDINARY)
        both.pause(1)
        count += 1
        assert count < 50_000, "the server reads on although nobody takes its answers"
    finished(both, [client])
    assert turning.statuses(client.received) == [200] * count
    assert len(turning.flights(client.received)) == count


def test_more_connections_than_there_is_room_for_at_first(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "_HANDLES", 4)
    loop = asyncio.new_event_loop()
    both = Both(tmp_path, loop)
    made = [Client(both.turned.port) for _ in range(40)]
    for _ in range(2):
        for client in made:
            assert asked(both, client, turning.ORDINARY).startswith(b"HTTP/1.1 200")
    assert both.turned.state.metrics.straight >= 79
    for client in made:
        client.close()
    both.close()
    loop.close()


def test_many_who_ask_the_same_for_the_first_time_at_once_are_answered_straight(tmp_path):
    loop = asyncio.new_event_loop()
    both = Both(tmp_path, loop)
    made = [Client(both.turned.port) for _ in range(90)]
    both.pause(5)
    for client in made:
        client.send(turning.ORDINARY)
    for _ in range(10):
        both.pause()
    for client in made:
        client.read()
    assert [turning.statuses(client.received) for client in made] == [[200]] * 90
    assert both.turned.state.metrics.straight == 90
    for client in made:
        client.close()
    both.close()
    loop.close()


def test_what_was_answered_past_its_protocol_keeps_a_connection_from_being_idle(both):
    client, side = Client(both.turned.port), both.turned
    asked(both, client, turning.ORDINARY)
    asked(both, client, turning.ORDINARY)
    side.turns.look()
    side.connections.sweep(side.connections.now + 70, straight.Standing.ms)
    asked(both, client, turning.ORDINARY)
    side.turns.look()
    side.connections.sweep(side.connections.now + 70, straight.Standing.ms)
    assert asked(both, client, turning.ORDINARY).startswith(b"HTTP/1.1 200")
    side.connections.sweep(side.connections.now + 76, straight.Standing.ms)
    finished(both, [client])
    assert turning.statuses(client.received) == [200] * 4


WRITE = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_size_t)


@pytest.fixture
def in_place_of(both):
    """Puts another function in the place of one the kernels call."""
    desk, kept = both.turned.turns.path._desk, []

    def put(place: int, function) -> None:
        kept.append((place, int(desk[place]), WRITE(function)))
        desk[place] = ctypes.cast(kept[-1][2], ctypes.c_void_p).value

    yield put
    for place, address, _ in kept:
        desk[place] = address


def test_lines_that_are_torn_are_taken_out_and_written_again(both, in_place_of):
    def half(handle, text, length, unused) -> int:
        done.append(length)
        return os.write(handle, ctypes.string_at(text, length // 2)) if len(done) % 2 else -1

    client, done = Client(both.turned.port), list[int]()
    asked(both, client, turning.ORDINARY)
    before = logged(both.turned)
    in_place_of(places.WRITE, half)
    assert asked(both, client, turning.ORDINARY).startswith(b"HTTP/1.1 200")
    assert len(done) == 2
    assert logged(both.turned)[len(before) :] == before[-2:]
    client.close()


def test_a_mac_that_fails_is_made_the_general_way(both, in_place_of):
    client = Client(both.turned.port)
    expected, metrics = asked(both, client, turning.ORDINARY), both.turned.state.metrics
    before = metrics.straight
    in_place_of(places.MAC_END, lambda *given: 0)
    assert asked(both, client, turning.ORDINARY) == expected
    assert metrics.straight == before
    client.close()


def test_a_connection_whose_protocol_fails_is_cut_and_no_other(both, monkeypatch):
    one, other = Client(both.turned.port), Client(both.turned.port)
    asked(both, one, turning.ORDINARY)
    asked(both, other, turning.ORDINARY)
    monkeypatch.setattr(turns.Connected, "received", lambda self, data: 1 / 0)
    one.send(*turning.STREAMS["get"])
    finished(both, [one])
    assert turning.statuses(one.received) == [200]
    assert asked(both, other, turning.ORDINARY).startswith(b"HTTP/1.1 200")
    other.close()
