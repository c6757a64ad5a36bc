"""A real server process on a free loopback port, and a plain client for it."""

import dataclasses
import http.client
import io
import json
import os
import pathlib
import signal
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from makegood.adserver import segments
from makegood.adserver.events import Event
from tests.adserver import nursery, plans

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@dataclasses.dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """A started server: its files, its port, and requests to it."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder, self.events = folder, folder / "events"
        self.plan, self.assets = folder / "plan.json", plans.assets(folder / "assets")
        self.keys = plans.keys(folder / "keys.json")
        self.publish(plans.plan().to_json())
        self.process: subprocess.Popen[str] | nursery.Forked | None = None

    def start(self, *more: str, program: tuple[str, ...] = ()) -> "Server":
        """Start it, forked from the nursery or as a `program` of Python's; wait until it listens."""
        arguments = ["--port", "0", "--app-origin", "http://app.example", *more]
        for name in ("plan", "events", "assets", "keys"):
            arguments += [f"--{name}", str(getattr(self, name))]
        with (self.folder / "log.txt").open("a") as log:
            self.process = _program([*program, *arguments], log) if program else nursery.start(arguments, log)
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line.startswith("listening on"), (self.folder / "log.txt").read_text()
        self.port = int(line.rpartition(":")[2])
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def stop(self, signum: int = signal.SIGTERM) -> int:
        assert self.process
        self.process.send_signal(signum)
        code = self.process.wait(15)
        assert self.process.stdout
        self.process.stdout.close()
        self.process = None
        return code

    def publish(self, data: bytes) -> None:
        new = self.plan.with_suffix(".new")
        new.write_bytes(data)
        new.rename(self.plan)

    def get(self, url: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
        path = url.removeprefix(self.url)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {"User-Agent": AGENT} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        reply = Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        return reply

    def ad(self, *placements: str, **more: Any) -> Any:
        slots = [{"placement": code, "id": f"s{n}"} for n, code in enumerate(placements)]
        reply = self.get("/ad", "POST", json.dumps({"slots": slots, **more}).encode())
        assert reply.status == 200, reply.body
        return reply.json()

    def logged(self) -> list[Event]:
        return [event for _, _, event in segments.read(self.events, {})]

    def kinds(self) -> list[str]:
        return [event.kind for event in self.logged()]


def _program(command: list[str], log: io.TextIOWrapper) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, stderr=log, text=True, env=os.environ)


def token(url: str) -> str:
    return urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["t"][0]


@pytest.fixture
def make_server(tmp_path: pathlib.Path) -> Iterator[Callable[..., Server]]:
    made: list[Server] = []

    def make(*more: str, **how: Any) -> Server:
        folder = tmp_path / f"server{len(made)}"
        folder.mkdir()
        made.append(Server(folder))
        return made[-1].start(*more, **how)

    yield make
    for server in made:
        if server.process:
            server.stop(signal.SIGKILL)


@pytest.fixture
def server(make_server: Callable[..., Server]) -> Server:
    return make_server()
