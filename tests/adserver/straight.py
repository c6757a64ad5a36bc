"""Two servers in this process, one with turns and their straight path and one without, that are asked the same with the same chance."""

import asyncio
import dataclasses
import pathlib
import socket

import numpy as np

from makegood.adserver import server
from makegood.adserver.application import Application
from makegood.adserver.clock import SeededRandom
from makegood.adserver.connections import Connections
from makegood.adserver.metrics import Metrics
from makegood.adserver.protocol import HttpConnection
from makegood.adserver.reading import Limits
from makegood.adserver.settings import Settings
from makegood.adserver.state import State
from makegood.adserver.turns.turns import Turns
from makegood.engine.plan import ServingPlan
from tests.adserver import plans

PEER = ("192.0.2.77", 4000)
AGENT = b"Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36"


class Standing:
    """A clock that is put."""

    ms = 1_790_000_000_000

    def now_ms(self) -> int:
        return self.ms


class Chance:
    """Draws that begin again with every request, and again for one that goes the general way in the end."""

    def __init__(self) -> None:
        self.begin(0)

    def begin(self, seed: int) -> None:
        self._seed, self._made = seed, SeededRandom(seed)

    def u(self) -> float:
        return self._made.u()

    def nonce(self) -> str:
        return self._made.nonce()

    def many(self, count: int):
        return SeededRandom(self._seed).many(count)


class Transport:
    """Keeps what is written."""

    def __init__(self) -> None:
        self.sent, self.closed = b"", False

    def get_extra_info(self, name: str):
        return PEER

    def write(self, data: bytes) -> None:
        self.sent += data

    def can_write_eof(self) -> bool:
        return False

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    pause_reading = resume_reading = write_eof = lambda self: None


@dataclasses.dataclass
class Side:
    """One of the servers."""

    state: State
    application: Application
    connections: Connections
    turns: Turns

    def made(self) -> HttpConnection:
        """A new connection's protocol."""
        return HttpConnection(self.application, self.connections, Limits())

    def log(self) -> bytes:
        """All event lines so far."""
        return b"".join(path.read_bytes() for path in sorted(self.state.settings.events.glob("*.*")))


class Pair:
    """`straight` and `general`, of one plan."""

    def __init__(self, folder: pathlib.Path, plan: ServingPlan, loop: asyncio.AbstractEventLoop, **settings) -> None:
        self.loop, self.clock, self.chance = loop, Standing(), Chance()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.json").write_bytes(plan.to_json())
        self.straight, self.general = (self._side(folder, name, settings) for name in ("straight", "general"))

    def _side(self, folder: pathlib.Path, name: str, more) -> Side:
        where = Settings(
            folder / "plan.json", folder / name, folder / "assets", plans.keys(folder / "keys.json"),
            public_url="http://ads.example", **more,
        )  # fmt: skip
        state = server.prepare(where, self.clock, self.chance)
        connections = Connections(Limits(), Metrics())
        connections.sweep(0.0, self.clock.ms)
        state.journal.start(self.loop)
        application = Application(state, self.loop)
        turns = Turns(state, connections, self.loop, lambda: HttpConnection(application, connections, Limits()))
        return Side(state, application, connections, turns)

    def ask(self, data: bytes, seed: int) -> tuple[bytes, bytes, bytes, bytes]:
        """Send `data` to both; what each answers and what each adds to its log."""
        (one, logged), (other, logged_too) = self._straightly(data, seed), self._generally(data, seed)
        return one, other, logged, logged_too

    def _straightly(self, data: bytes, seed: int) -> tuple[bytes, bytes]:
        """Over a real socket."""
        side, (ours, theirs) = self.straight, socket.socketpair()
        before = len(side.log())
        self.chance.begin(seed)
        side.turns.path.draw()
        side.turns.take(ours, PEER)
        with theirs:
            theirs.setblocking(False)
            theirs.sendall(data)
            sent = self.read(theirs)
        self.pause()
        return sent, side.log()[before:]

    def read(self, peer: socket.socket) -> bytes:
        """All that comes while the loop turns a few times."""
        found = b""
        for _ in range(4):
            self.pause()
            while part := _come(peer):
                found += part
        return found

    def _generally(self, data: bytes, seed: int) -> tuple[bytes, bytes]:
        """Into the protocol itself."""
        side, transport = self.general, Transport()
        before = len(side.log())
        self.chance.begin(seed)
        connection = side.made()
        connection.connection_made(transport)
        connection.data_received(data)
        self.pause()
        return transport.sent, side.log()[before:]

    def pause(self) -> None:
        """Let the loop turn once."""
        self.loop.run_until_complete(asyncio.sleep(0))

    def close(self) -> None:
        for side in (self.straight, self.general):
            side.turns.close()
            side.state.journal.close()

    @property
    def straightly(self) -> int:
        """How many requests the straight path has answered."""
        return self.straight.state.metrics.straight


def _come(peer: socket.socket) -> bytes:
    try:
        return peer.recv(1 << 20)
    except BlockingIOError:
        return b""


def request(body: bytes, *fields: bytes) -> bytes:
    """A POST /ad as a browser sends it, with further header fields."""
    head = [b"POST /ad HTTP/1.1", b"Host: ads.example", b"User-Agent: " + AGENT, b"Content-Type: application/json"]
    return b"\r\n".join([*head, *fields, b"Content-Length: %d" % len(body), b"", body])


def texts(data: bytes):
    """Bytes as kernels take them."""
    return np.frombuffer(bytearray(data), dtype=np.uint8)
