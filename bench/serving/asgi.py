"""The same logic behind other servers: our route, our event log, their HTTP. ASGI for uvicorn, RSGI for granian.

The files are named by the environment, because the servers import the application themselves.
"""
import asyncio
import json
import os
import pathlib
from typing import Any

from makegood.adserver import server
from makegood.adserver.clock import SystemClock, SystemRandom
from makegood.adserver.http import Request
from makegood.adserver.routes import ads
from makegood.adserver.settings import Settings
from makegood.adserver.state import State


def _state() -> State:
    paths = {name: pathlib.Path(path) for name, path in json.loads(os.environ["BENCH_FILES"]).items()}
    return server.prepare(Settings(**paths, public_url=os.environ["BENCH_URL"]), SystemClock(), SystemRandom())


class Application:
    """Answers POST /ad as `makegood.adserver.application` does: the response follows its written events."""

    def __init__(self) -> None:
        self._state, self._started = _state(), False

    def answered(self, body: bytes, agent: str) -> tuple[asyncio.Future[str], bytes, bytes, int]:
        """A future of the events' fate, and the response's body, head and status."""
        loop = asyncio.get_running_loop()
        if not self._started:
            self._started = True
            self._state.journal.start(loop)
        answer = ads.post(self._state, Request("POST", "/ad", "", {"user-agent": agent}, body, "127.0.0.1"))
        written: asyncio.Future[str] = loop.create_future()
        lines = [event.line() for event in answer.events]
        self._state.journal.append(lines, written.set_result, durable=answer.waits)
        return written, answer.response.body, answer.response.head, answer.response.status

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        agent = next((value.decode() for name, value in scope["headers"] if name == b"user-agent"), "")
        written, text, head, status = self.answered(body, agent)
        await written
        headers = [tuple(line.split(b": ", 1)) for line in head.splitlines()]
        headers.append((b"content-length", str(len(text)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text})

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """RSGI, granian's own interface."""
        written, text, head, status = self.answered(await protocol(), scope.headers.get("user-agent", ""))
        await written
        headers = [tuple(line.split(": ", 1)) for line in head.decode().splitlines()]
        protocol.response_bytes(status, headers, text)


app = Application()
