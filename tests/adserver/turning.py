"""One plan behind turns and behind asyncio's own transports, in one process, and clients of every manner for both.

Chance is the same at every draw, so that what is answered does not depend on who comes first.
"""

import asyncio
import dataclasses
import json
import os
import pathlib
import socket
import struct

import numpy as np

from makegood.adserver import server
from makegood.adserver.application import Application
from makegood.adserver.connections import Connections
from makegood.adserver.metrics import Metrics
from makegood.adserver.protocol import HttpConnection
from makegood.adserver.reading import Limits
from makegood.adserver.settings import Settings
from makegood.adserver.state import State
from makegood.adserver.turns.turns import Turns
from tests.adserver import plans
from tests.adserver.straight import Standing, request

LIMITS = Limits()
LITTLE, MUCH = 8192, 1 << 20
"""Bytes a socket keeps for a peer: a few answers fill the one."""
ORDINARY = request(b'{"slots":[{"placement":"home","id":"a"}],"geo":"US-CA"}')
STREAMS = {
    "ordinary": [ORDINARY],
    "another": [request(b'{"slots":[{"placement":"feed"}],"page":"https://p.example/"}', b"Accept: */*")],
    "two slots": [request(b'{"slots":[{"placement":"home"},{"placement":"feed"}]}')],
    "nowhere": [request(b'{"slots":[{"placement":"nowhere"}]}')],
    "wrong": [request(b'{"slots":')],
    "get": [b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"],
    "two at once": [ORDINARY + ORDINARY],
    "mixed": [ORDINARY + b"GET /nothing HTTP/1.1\r\n\r\n" + ORDINARY],
    "one inside another": [request(ORDINARY).removesuffix(ORDINARY), ORDINARY],
    "long": [request(b'{"slots":[{"placement":"home"}],"page":"%s"}' % (b"x" * 9000))],
    "last": [request(b'{"slots":[{"placement":"home"}]}', b"Connection: close")],
    "nonsense": [b"nonsense\r\n\r\n"],
}
"""What is sent on a connection, in which pieces."""


class Fixed:
    """The same draw and nonce always."""

    def u(self) -> float:
        return 0.3

    def nonce(self) -> str:
        return "A" * 16

    def many(self, count: int):
        return np.full(count, 0.3), np.full(16 * count, 65, np.uint8)


@dataclasses.dataclass
class Served:
    """A server's state, where it listens, and the turns that serve it, if any do."""

    state: State
    port: int
    connections: Connections
    turns: Turns | None
    stop: asyncio.AbstractServer | None


class Both:
    """`turned` and `plain`."""

    def __init__(self, folder: pathlib.Path, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        (folder / "plan.json").write_bytes(plans.plan().to_json())
        self.turned, self.plain = self._served(folder, "turned"), self._served(folder, "plain")

    def _served(self, folder: pathlib.Path, name: str) -> Served:
        where = Settings(folder / "plan.json", folder / name, folder / "assets", plans.keys(folder / "keys.json"), public_url="http://ads.example")
        state, listening = server.prepare(where, Standing(), Fixed()), server.listen("127.0.0.1", 0)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LITTLE)
        connections, application = Connections(LIMITS, Metrics()), Application(state, self.loop)
        connections.sweep(self.loop.time(), Standing.ms)
        state.journal.start(self.loop)
        port, turns, stop = listening.getsockname()[1], None, None

        def made() -> HttpConnection:
            return HttpConnection(application, connections, LIMITS)

        if name == "turned":
            turns = Turns(state, connections, self.loop, made)
            turns.listen(listening, 100)
        else:
            stop = self.loop.run_until_complete(self.loop.create_server(made, sock=listening))
        return Served(state, port, connections, turns, stop)

    def close(self) -> None:
        assert self.turned.turns and self.plain.stop
        self.turned.turns.deaf()
        self.turned.turns.close()
        self.plain.stop.close()
        self.pause(3)
        for side in (self.turned, self.plain):
            side.state.journal.close()

    def pause(self, times: int = 2) -> None:
        """Let the loop turn."""
        for _ in range(times):
            self.loop.run_until_complete(asyncio.sleep(0))


class Client:
    """One connection to one of them that sends what it is told to, piece by piece."""

    def __init__(self, port: int, *, little: bool = False) -> None:
        self.socket, self.received, self.open, self._little = socket.socket(), b"", True, little
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF) if little else ():
            self.socket.setsockopt(socket.SOL_SOCKET, option, LITTLE)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setblocking(False)
        self._waiting = b""

    def send(self, data: bytes) -> None:
        """Send what goes, and the rest with the next."""
        self._waiting += data
        try:
            self._waiting = self._waiting[self.socket.send(self._waiting) :] if self._waiting else b""
        except BlockingIOError:
            pass
        except OSError:
            self._waiting = b""

    def read(self) -> None:
        """Take what has come."""
        if self._little:
            self._little = False
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MUCH)
        try:
            while part := self.socket.recv(1 << 16):
                self.received += part
            self.open = False
        except BlockingIOError:
            pass
        except OSError:
            self.open = False

    def end(self) -> None:
        """Send no more, once everything is sent; whether it is."""
        self.send(b"")
        if not self._waiting:
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                self.open = False

    @property
    def sent(self) -> bool:
        return not self._waiting

    def reset(self) -> None:
        """Go without a word."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        self.socket.close()
        self.open = False

    def answers(self) -> bytes:
        """What came, without what depends on whether the end was seen before the answer was made."""
        return self.received.replace(b"connection: close\r\n", b"")


def open_files() -> int:
    """Files and sockets this process has."""
    return len(os.listdir("/proc/self/fd"))


def statuses(received: bytes) -> list[int]:
    """Of all answers."""
    return [int(part[:3]) for part in received.split(b"HTTP/1.1 ")[1:]]


def flights(received: bytes) -> list[object]:
    """Shown by whole answers, in order."""
    found = []
    for part in received.split(b"HTTP/1.1 ")[1:]:
        head, _, body = part.partition(b"\r\n\r\n")
        length = int(head.partition(b"content-length: ")[2].split(b"\r\n")[0])
        found.append(json.loads(body[:length])["slots"][0].get("flight"))
    return found
