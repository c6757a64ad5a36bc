"""A small load driver: real HTTP ad requests to a running server, and the URLs a browser or player would then call.

A client only: it knows the server by its answers.
"""

from __future__ import annotations

import asyncio
import collections
import dataclasses
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import orjson

from makegood.adserver.events import QUARTILES

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.{build}.0 Safari/537.36"
LOOKED_AT_S = 1.05
"""How long a person looks before clicking; what is quicker is counted as a robot's."""


@dataclasses.dataclass(frozen=True, slots=True)
class People:
    """What people do with an ad, each as a chance: it renders, is seen, is clicked; each quartile plays after the last."""

    rendered: float = 1.0
    viewable: float = 0.7
    click: float = 0.01
    next_quartile: float = 0.95


@dataclasses.dataclass(slots=True)
class Driven:
    """What the server answered: acknowledged events by kind, unfilled slots, and answers that were errors."""

    acknowledged: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    unfilled: int = 0
    errors: int = 0


Ask = Callable[[random.Random], dict[str, Any]]
"""Makes the JSON body of one ad request from the draw it is given."""


async def drive(
    url: str, requests: int, ask: Ask, *, chance: random.Random, people: People | None = None, connections: int = 4
) -> Driven:
    """Send `requests` ad requests to the server at `url` over keep-alive connections and act on the answers.

    Each request is another person's browser; clicks come at the end, when people have looked at what they click on.
    Raises OSError when the server cannot be reached. Only URLs of the server itself are called.
    """
    driven, left = Driven(), iter(range(requests))
    places = urlsplit(url)
    host, port = places.hostname or "127.0.0.1", places.port or 80

    async def work() -> None:
        client, clicks = await Client.connect(host, port), list[_Call]()
        try:
            for _ in left:
                clicks += await _one(client, url, ask(chance), driven, chance, people or People())
            await asyncio.sleep(LOOKED_AT_S if clicks else 0)
            for call in clicks:
                await _call(client, call, driven)
        finally:
            client.close()

    await asyncio.gather(*(work() for _ in range(connections)))
    return driven


@dataclasses.dataclass(frozen=True, slots=True)
class _Call:
    kind: str
    target: str
    agent: str


async def _one(
    client: Client, url: str, body: dict[str, Any], driven: Driven, chance: random.Random, people: People
) -> list[_Call]:
    """One ad request and what follows at once; its clicks are returned for later."""
    agent = AGENT.format(build=chance.randrange(10_000))
    status, answer = await client.send("POST", "/ad", orjson.dumps(body), agent=agent)
    later: list[_Call] = []
    if status != 200:
        driven.errors += 1
        return later
    for slot in orjson.loads(answer)["slots"]:
        driven.acknowledged["request"] += 1
        if slot["creative"] is None:
            driven.unfilled += 1
            continue
        driven.acknowledged["served"] += 1
        calls = [(kind, target) for kind, target in _reactions(slot, chance, people) if target.startswith(url + "/")]
        for call in (_Call(kind, target.removeprefix(url), agent) for kind, target in calls):
            if call.kind == "click":
                later.append(call)
            else:
                await _call(client, call, driven)
    return later


async def _call(client: Client, call: _Call, driven: Driven) -> None:
    status, _ = await client.send("GET", call.target, agent=call.agent)
    if status in (200, 204, 302):
        driven.acknowledged[call.kind] += 1
    else:
        driven.errors += 1


def _reactions(slot: dict[str, Any], chance: random.Random, people: People) -> list[tuple[str, str]]:
    if chance.random() >= people.rendered:
        return []
    calls = [("impression", slot["impression_urls"][0])]
    for kind in QUARTILES if slot.get("tracking") else ():
        calls.append((kind, slot["tracking"][kind]))
        if chance.random() >= people.next_quartile:
            break
    if chance.random() < people.viewable:
        calls.append(("viewable", slot["viewable_url"]))
    if slot["click_url"] and chance.random() < people.click:
        calls.append(("click", slot["click_url"]))
    return calls


class Client:
    """One keep-alive HTTP/1.1 connection that asks one thing at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader, self._writer, self._host = reader, writer, host

    @classmethod
    async def connect(cls, host: str, port: int) -> Client:
        """Open the connection; raises OSError."""
        reader, writer = await asyncio.open_connection(host, port)
        return cls(reader, writer, f"{host}:{port}")

    async def send(self, method: str, target: str, body: bytes = b"", *, agent: str = AGENT) -> tuple[int, bytes]:
        """Return status and body of the answer; raises OSError when the connection breaks."""
        head = f"{method} {target} HTTP/1.1\r\nhost: {self._host}\r\nuser-agent: {agent}\r\n"
        self._writer.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
        try:
            lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            return int(lines[0].split(" ")[1]), await self._reader.readexactly(int(headers["content-length"]))
        except asyncio.IncompleteReadError as error:
            raise ConnectionResetError(f"the ad server closed the connection during {method} {target}") from error

    def close(self) -> None:
        """Close the connection."""
        self._writer.close()
