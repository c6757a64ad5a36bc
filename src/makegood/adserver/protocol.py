"""One HTTP/1.1 connection: pipelined requests answered one after another in their order, files streamed.

Parsing is `reading`; what is answered is `application`; timeouts are swept by `connections`.
"""

from __future__ import annotations

import asyncio
import collections
from typing import cast

from makegood.adserver.answers import Answers
from makegood.adserver.connections import Connections
from makegood.adserver.http import Request, Response, error
from makegood.adserver.reading import Limits, RequestReader


class HttpConnection(asyncio.Protocol):
    """Reads ahead up to `limits.pipelined` requests and never writes beyond what the peer takes."""

    def __init__(self, application: Answers, connections: Connections, limits: Limits) -> None:
        self._application, self._connections, self._limits = application, connections, limits
        self._queue: collections.deque[tuple[Request | Response, bool]] = collections.deque()
        self._transport: asyncio.Transport | None = None
        self._stream: Response | None = None
        self._busy = self._looping = self._last = self._paused = self._full = self._head_only = self._left = False
        self._keep_alive, self._parting = True, False
        self.since = connections.now

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Join the open connections, or be turned away when there are too many."""
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername")
        self._reader = RequestReader(self._limits, str(peer[0]) if peer else "")
        if not self._connections.join(self):
            self.refuse(503, "no room for another connection; try again later")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget everything; an answer still being made goes nowhere."""
        self._connections.leave(self)
        self._queue.clear()
        self._transport = self._stream = None

    def data_received(self, data: bytes) -> None:
        """Queue the complete requests in `data` and answer."""
        if self._last:
            return
        reader = self._reader
        if not reader.in_message:
            self.since = self._connections.now
        reader.feed(data)
        if reader.complete:
            self._queue += reader.complete
            reader.complete.clear()
        if reader.ended:
            self._last = True
            if reader.fault:
                self._queue.append((reader.fault, False))
        if self._queue:
            self._go_on()

    def refused(self, response: Response) -> None:
        """Send a response to a request that came past this, while nothing else was going on."""
        self._keep_alive, self._head_only = True, False
        self._send(response)

    def eof_received(self) -> bool:
        """Answer what was asked, then close."""
        self._last = self._left = True
        return self.state in ("waiting", "writing")

    def pause_writing(self) -> None:
        """Stop producing: the peer reads more slowly than we write."""
        self._paused, self.since = True, self._connections.now

    def resume_writing(self) -> None:
        """Go on producing."""
        self._paused = False
        self._pump() if self._stream else self._go_on()

    def refuse(self, status: int, reason: str) -> None:
        """Send an error behind what is already asked, and close."""
        self._last = True
        self._queue.append((error(status, reason, close=True), False))
        self._go_on()

    def finish(self) -> None:
        """Take no further request; close as soon as nothing is being answered."""
        self._last = True
        if self._transport and self.state in ("idle", "receiving", "parting"):
            self._transport.close()

    def abort(self) -> None:
        """Cut the connection."""
        if self._transport:
            self._transport.abort()

    @property
    def free(self) -> bool:
        """Whether nothing is going on, so that a whole request may be answered past this."""
        return self.state == "idle" and not self._last

    @property
    def state(self) -> str:
        """Return what is going on: "writing", "waiting" (for our answer), "parting", "receiving" or "idle"."""
        if self._parting:
            return "parting"
        if self._stream or self._paused:
            return "writing"
        if self._busy or self._queue:
            return "waiting"
        return "receiving" if self._reader.in_message else "idle"

    def _go_on(self) -> None:
        if self._looping:
            return
        self._looping = True
        while self._queue and not (self._busy or self._stream or self._paused):
            item, self._keep_alive = self._queue.popleft()
            self._busy, self._head_only = True, False
            if isinstance(item, Response):
                self._send(item)
            else:
                self._head_only = item.method == "HEAD"
                self._application.answer(item, self._send)
        self._looping = False
        if (len(self._queue) >= self._limits.pipelined) != self._full:
            self._throttle()

    def _throttle(self) -> None:
        full = not self._full
        if self._transport and not self._transport.is_closing():
            self._full = full
            self._transport.pause_reading() if full else self._transport.resume_reading()

    def _send(self, response: Response) -> None:
        self._busy = False
        if self._transport is None:
            return
        if self._keep_alive:
            self._keep_alive = not response.close and not (self._last and not self._queue)
        start = response.start(self._keep_alive, self._connections.date)
        self._transport.write(start if self._head_only else start + response.body)
        if response.stream and not self._head_only:
            self._stream = response
            self._pump()
        else:
            self._sent()

    def _pump(self) -> None:
        while self._stream and self._stream.stream and self._transport and not self._paused:
            chunk = next(self._stream.stream, b"")
            if not chunk:
                self._stream = None
                self._sent()
                return
            self._transport.write(chunk)

    def _sent(self) -> None:
        self.since = self._connections.now
        if not self._keep_alive and self._transport:
            self._queue.clear()
            self._last = True
            self._part(self._transport)
        if self._queue or self._full:
            self._go_on()

    def _part(self, transport: asyncio.Transport) -> None:
        """Close; after a fault our side first, until the peer does or `Limits.parting_s` is over.

        It may still be sending, and closing on unread bytes would take the answer from it (RFC 9112, 9.6).
        """
        if self._reader.fault and not self._left and transport.can_write_eof():
            self._parting = True
            transport.write_eof()
        else:
            transport.close()
