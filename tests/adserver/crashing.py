"""A server that is killed over and over, clients that write down what it acknowledged, and what its log then holds.

Servers are forked from one process that has already imported everything: a restart takes as long as the restart, not the import.
"""

import collections
import contextlib
import dataclasses
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time

from makegood.adserver import segments
from tests.adserver.conftest import AGENT, Server

NURSERY = """
import os, sys
from makegood.adserver import __main__, journal
from makegood.engine.decision import shares
shares.shares(())
{guard}
for line in sys.stdin:
    child = os.fork()
    if not child:
        os._exit(__main__.main())
    print(child, flush=True)
    os.waitpid(child, 0)
"""
RELAXED = """
append = journal.Journal.append
def at_once(self, lines, told, *, durable=True):
    self._loop.call_later(0.3, append, self, lines, lambda fault: None)
    told("")
journal.Journal.append = at_once
"""
"""The guard switched off: events are acknowledged from memory and written later."""


@dataclasses.dataclass
class Written:
    """What clients know: ids of events that were acknowledged, beacons whose answer never came, and slow recoveries."""

    acknowledged: list[str] = dataclasses.field(default_factory=list)
    in_doubt: list[str] = dataclasses.field(default_factory=list)
    recovery_s: list[float] = dataclasses.field(default_factory=list)


class Crashing:
    """Starts and kills servers on one folder of files."""

    def __init__(self, server: Server, guard: str = "") -> None:
        self.server = server
        command = [sys.executable, "-c", NURSERY.format(guard=guard), "--port", "0"]
        for name in ("plan", "events", "assets", "keys"):
            command += [f"--{name}", str(getattr(server, name))]
        log = (server.folder / "log.txt").open("a")
        self._nursery = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1)

    def start(self) -> int:
        """The pid of a server that listens."""
        assert self._nursery.stdin and self._nursery.stdout
        self._nursery.stdin.write("\n")
        said = sorted(self._nursery.stdout.readline() for _ in range(2))  # its number and where it listens, in any order
        self.server.port = int(said[1].rpartition(":")[2])
        self.server.url = f"http://127.0.0.1:{self.server.port}"
        return int(said[0])

    def close(self) -> None:
        assert self._nursery.stdin and self._nursery.stdout
        self._nursery.stdin.close()
        self._nursery.wait(60)  # how soon it stops in peace is not what is asked here
        self._nursery.stdout.close()


def crash(server: Server, kills: int, guard: str = "") -> Written:
    """Kill the server `kills` times under three clients; after the last, send again what is in doubt and stop in peace."""
    nursery, written = Crashing(server, guard), Written()
    for _ in range(kills):
        begun = time.monotonic()
        child = nursery.start()
        assert server.get("/health").status == 200
        written.recovery_s.append(time.monotonic() - begun)
        _under_load(server, child, written)
    child = nursery.start()
    for path in written.in_doubt:
        assert server.get(path).status == 204
    os.kill(child, signal.SIGTERM)
    nursery.close()
    return written


def _under_load(server: Server, child: int, written: Written) -> None:
    clients = [threading.Thread(target=_client, args=(server, written)) for _ in range(3)]
    for client in clients:
        client.start()
    time.sleep(0.15)
    os.kill(child, signal.SIGKILL)
    for client in clients:
        client.join()


def _client(server: Server, written: Written) -> None:
    """Ask for ads and report them until the server is gone; a beacon on its way then is in doubt."""
    connection, beacon = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10), ""
    with contextlib.suppress(OSError, http.client.HTTPException):
        while True:
            connection.request("POST", "/ad", json.dumps({"slots": [{"placement": "home"}]}), {"User-Agent": AGENT})
            url = json.loads(connection.getresponse().read())["slots"][0]["impression_urls"][0]
            nonce = url.partition("?t=")[2].split("~")[1]
            written.acknowledged += [f"{nonce}.request", f"{nonce}.served"]
            beacon = url.removeprefix(server.url)
            connection.request("GET", beacon, headers={"User-Agent": AGENT})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 204
            written.acknowledged.append(f"{nonce}.impression")
            beacon = ""
    if beacon:
        written.in_doubt.append(beacon)
    connection.close()


def logged(server: Server) -> collections.Counter[str]:
    """How often each event stands in the log."""
    return collections.Counter(event.id for _, _, event in segments.read(server.events, {}))
