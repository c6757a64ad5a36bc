"""Two machines: 127.0.0.2, which may be fetched from and redirects where it is told, and this one, where a canary listens."""

import contextlib
import ipaddress
import itertools
import socket
import threading
import urllib.parse
from collections.abc import Iterator

import pytest

from makegood.connectors import web
from makegood.connectors.web import addresses, names
from tests import strangers
from tests.connectors.web import forms

DENIED = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "169.254.169.254")
PAGE = b"<!doctype html><title>Public</title><p>Nothing to hide.</p>"


class Canary:
    """Listens on this machine's own numbers; whoever connects is written down."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        self._sockets = [socket.create_server(("127.0.0.1", 0))]
        self.port = self._sockets[0].getsockname()[1]
        with contextlib.suppress(OSError):
            self._sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for listening in self._sockets:
            threading.Thread(target=self._listen, args=(listening,), daemon=True).start()

    def _listen(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(0.5)
                self.hits.append(connection.recv(200).partition(b"\r\n")[0].decode("latin-1"))
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 6\r\nconnection: close\r\n\r\nsecret")

    def close(self) -> None:
        for listening in self._sockets:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()


class Public(strangers.Stranger):
    """`/302?to=…` leads on; `/drip`, `/huge` and `/loop` misbehave; everything else is a page."""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        with contextlib.suppress(OSError):
            if path[1:] in map(str, forms.STEPS):
                self.reply(int(path[1:]), b"", Location=urllib.parse.parse_qs(query)["to"][0].replace("\r\n", ""))
            elif path == "/loop":
                self.reply(302, b"", Location="/loop")
            elif path == "/huge":
                self.reply(200, b"x" * 3_000_000)
            elif path == "/drip":
                self._drip()
            else:
                self.reply(200, PAGE)

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in itertools.count():
            self.wfile.write(f"x-{number}: y\r\n".encode())
            self.wfile.flush()
            threading.Event().wait(0.05)


@pytest.fixture(scope="module")
def public() -> Iterator[int]:
    with strangers.served(Public) as port:
        yield port


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


@pytest.fixture
def ports(canary: Canary, public: int) -> forms.Ports:
    return forms.Ports(canary.port, public)


@pytest.fixture
def limits(ports: forms.Ports) -> web.Limits:
    """The usual ones, with the two machines' ports: a canary that is refused for its port alone shows nothing."""
    return web.Limits(ports=frozenset({80, 443, ports.canary, ports.public}), also=(ipaddress.ip_network("127.0.0.2"),), within_s=3)


@pytest.fixture
def ask() -> web.Resolve:
    """Names of the tests; a name that means an allowed machine when asked first and this one from then on; numbers as the system reads them."""
    turns = itertools.count()

    def answer(host: str) -> list[str]:
        host = host.removesuffix(".").lower()
        if host == "rebind.test":
            return ["127.0.0.2"] if next(turns) % 2 == 0 else ["127.0.0.1"]
        numbers = [(0, 0, 0, "", (one, 0)) for one in forms.NAMES.get(host, ())] or socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
        return list(dict.fromkeys(str(entry[4][0]) for entry in numbers))

    return answer


@pytest.fixture
def host_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard of a control: known bad names are refused, and the machine's number is not looked at."""

    def named_only(written: str, url: str) -> str:
        if written.lower() in DENIED:
            raise web.Barred("a bad name", url)
        return written

    monkeypatch.setattr(addresses, "_host", named_only)
    monkeypatch.setattr(names, "public", lambda *_: True)
