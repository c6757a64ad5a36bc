"""All open connections of a process: their number limited, the slow ones cut, all of them let go at a stop.

One sweep a second looks after every timeout, so a request costs no timer of its own.
"""

from __future__ import annotations

import asyncio
import email.utils
import time
from typing import Protocol

from makegood.adserver.metrics import Metrics
from makegood.adserver.reading import Limits


class Connection(Protocol):
    """What the sweep needs of a connection. `since` is the loop time at which its state began."""

    since: float

    @property
    def state(self) -> str: ...

    def refuse(self, status: int, reason: str) -> None: ...

    def finish(self) -> None: ...

    def abort(self) -> None: ...


class Connections:
    """The set of open connections and the coarse time they go by."""

    def __init__(self, limits: Limits, metrics: Metrics) -> None:
        self.now = time.monotonic()
        self.date = b""
        self._limits, self._open, self._stopping, self._metrics = limits, set[Connection](), False, metrics

    def join(self, connection: Connection) -> bool:
        """Add a connection; False when there is no room for it."""
        if self._stopping or len(self._open) >= self._limits.connections:
            return False
        self._open.add(connection)
        return True

    def leave(self, connection: Connection) -> None:
        """Forget a connection that has closed."""
        self._open.discard(connection)

    def sweep(self, now: float, clock_ms: int = 0) -> None:
        """Answer 408 to senders that are too slow, cut readers that are, close what is idle. Call once a second.

        `now` is the event loop's time in seconds, `clock_ms` the wall clock, which every response's Date shows.
        """
        self.now = now
        self.date = f"date: {email.utils.formatdate(clock_ms / 1000, usegmt=True)}\r\n".encode()
        self._metrics.connections = len(self._open)
        for connection in list(self._open):
            waited, state = now - connection.since, connection.state
            if state == "receiving" and waited > self._limits.receive_s:
                connection.refuse(408, f"the request was not complete after {self._limits.receive_s:g} s")
            elif (state == "writing" and waited > self._limits.write_s) or (state == "parting" and waited > self._limits.parting_s):
                connection.abort()
            elif state == "idle" and waited > self._limits.idle_s:
                connection.finish()

    async def stop(self, within_s: float) -> None:
        """Let every connection finish what it is answering, then cut what is left after `within_s`."""
        self._stopping = True
        for connection in list(self._open):
            connection.finish()
        deadline = time.monotonic() + within_s
        while self._open and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        for connection in list(self._open):
            connection.abort()
