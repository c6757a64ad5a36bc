"""What a stranger can make long, slow or malformed has an end; pipelined requests keep their order."""

import json
import socket
import time

import pytest

from makegood.adserver.answers import Send
from makegood.adserver.connections import Connections
from makegood.adserver.http import Request, json_response
from makegood.adserver.metrics import Metrics
from makegood.adserver.protocol import HttpConnection
from makegood.adserver.reading import Limits
from tests.adserver.conftest import Server


def talk(server: Server, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as peer:
        peer.sendall(data)
        peer.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: peer.recv(65536), b""))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    started = Server(tmp_path_factory.mktemp("limits")).start()
    yield started
    started.stop()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /health HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", b"431"),
        (b"GET /health HTTP/1.1\r\nX: " + b"a" * 40_000, b"431"),
        (b"GET /health HTTP/1.1\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(100)) + b"\r\n", b"431"),
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"POST /ad HTTP/1.1\r\nContent-Length: 70000\r\n\r\n", b"413"),
        (
            b"POST /ad HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n" + b"a" * 70_000 + b"\r\n0\r\n\r\n",
            b"413",
        ),
        (b"POST /ad HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", b"400"),
        (b"POST /ad HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " + b"a" * 400_000, b"413"),
        (b"POST /ad HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"1;" + b"x" * 10_000 + b"\r\na\r\n") * 40, b"413"),
        (b"nonsense\r\n\r\n", b"400"),
        (b"POST /ad HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
    ],
)
def test_breaches_are_answered_and_the_connection_closed(server: Server, data: bytes, status: bytes) -> None:
    answer = talk(server, data)
    assert answer.split(b" ", 2)[1] == status
    assert b"connection: close" in answer


def test_a_sender_that_goes_on_gets_its_answer_all_the_same(server: Server) -> None:
    """Closing on bytes not read would reset the connection, and the answer would be lost on its way."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as peer:
        peer.sendall(b"POST /ad HTTP/1.1\r\nContent-Length: 70000\r\n\r\n")
        for _ in range(20):
            peer.sendall(b"a" * 10_000)
            time.sleep(0.01)
        answer = b"".join(iter(lambda: peer.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 413") and b"connection: close" in answer


def test_a_sender_that_never_ends_is_cut_off(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as peer:
        peer.sendall(b"nonsense\r\n\r\n")
        assert b"".join(iter(lambda: peer.recv(65536), b"")).startswith(b"HTTP/1.1 400")
        time.sleep(Limits().parting_s + 1.5)
        with pytest.raises(OSError):
            for _ in range(100):
                peer.sendall(b"a" * 10_000)
                time.sleep(0.01)


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    body = json.dumps({"slots": [{"placement": "empty"}]}).encode()
    ad = b"POST /ad HTTP/1.1\r\nUser-Agent: x\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    answer = talk(server, (ad + b"GET /nothing HTTP/1.1\r\n\r\n") * 20 + b"nonsense\r\n\r\n")
    statuses = [part.split(b" ")[0] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200", b"404"] * 20 + [b"400"]


class Transport:
    """Collects what a connection writes; the connection itself is real."""

    def __init__(self) -> None:
        self.written, self.closed = b"", False

    def get_extra_info(self, name: str) -> None:
        return None

    def write(self, data: bytes) -> None:
        self.written += data

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    abort = close
    pause_reading = resume_reading = lambda self: None


class Echo:
    def answer(self, request: Request, send: Send) -> None:
        send(json_response(200, request.path))


def connected(limits: Limits) -> tuple[Connections, HttpConnection, Transport]:
    connections, transport = Connections(limits, Metrics()), Transport()
    connection = HttpConnection(Echo(), connections, limits)
    connection.connection_made(transport)  # type: ignore[arg-type]
    return connections, connection, transport


def test_a_slow_sender_gets_408_and_an_idle_one_is_let_go() -> None:
    connections, connection, transport = connected(Limits())
    connection.data_received(b"GET / HTTP/1.1\r\nHo")
    connections.sweep(connections.now + 9)
    assert not transport.closed
    connection.data_received(b"s")
    connections.sweep(connections.now + 9)
    assert transport.written.startswith(b"HTTP/1.1 408")
    assert transport.closed
    connections, connection, transport = connected(Limits())
    connection.data_received(b"GET / HTTP/1.1\r\n\r\n")
    connections.sweep(connections.now + 74)
    assert not transport.closed
    connections.sweep(connections.now + 74)
    assert transport.closed
    assert transport.written.startswith(b"HTTP/1.1 200")


def test_connections_are_limited() -> None:
    limits = Limits(connections=1)
    connections, _, _ = connected(limits)
    turned_away = Transport()
    HttpConnection(Echo(), connections, limits).connection_made(turned_away)  # type: ignore[arg-type]
    assert turned_away.written.startswith(b"HTTP/1.1 503")
    assert turned_away.closed
