"""One connection's socket as its protocol sees it: an asyncio transport whose reads come from the kernels of a turn.

It writes at once what the peer takes, and keeps the rest until the peer takes more.
"""

from __future__ import annotations

import asyncio
import select
import socket
from typing import Any, Protocol

from makegood.adserver.protocol import HttpConnection

_MOST_KEPT, _LEAST_KEPT = 64 << 10, 16 << 10
"""Bytes kept for the peer above which the protocol is to pause, and below which it may go on."""


class Around(Protocol):
    """Whoever serves all connections."""

    epoll: select.epoll

    def unsettled(self, one: Connected) -> None:
        """Look at it before the next turn: whether it is plain may have changed."""
        ...

    def over(self, one: Connected, fault: OSError | None) -> None:
        """Let go of it, soon."""
        ...


class Connected(asyncio.Transport):
    """Belongs to the event loop, as does all that calls it."""

    def __init__(self, around: Around, its: socket.socket, peer: Any, protocol: HttpConnection) -> None:
        super().__init__({"peername": peer})
        self.handle, self.socket, self.protocol = its.fileno(), its, protocol
        self._around, self._kept = around, bytearray()
        self._events = select.EPOLLIN
        self._closing = self._over = self._paused = self._ending = self._ended = False
        around.epoll.register(self.handle, self._events)

    @property
    def free(self) -> bool:
        """Whether a whole request may be answered past the protocol."""
        return not (self._kept or self._closing or self._ending or self._ended) and self.protocol.free

    def received(self, data: bytes) -> None:
        """Hand over what was read."""
        if not self._closing:
            self._around.unsettled(self)
            self.protocol.data_received(data)

    def ended(self) -> None:
        """The peer sends no more."""
        if self._ended:  # said again because both sides have ended
            self._fail(None)
            return
        self._ended = True
        self._listen(reading=False)
        if not self._closing and not self.protocol.eof_received():
            self.close()

    def broken(self) -> None:
        """Reading failed; ask the socket itself how."""
        try:
            data = self.socket.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError as fault:
            self._fail(fault)
        else:
            self.received(data) if data else self.ended()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send, behind what is kept already."""
        if self._over or (self._closing and not self._kept):
            return
        self._around.unsettled(self)
        self._kept += data
        if len(self._kept) == len(data):
            self.writable()
        if len(self._kept) > _MOST_KEPT and not self._paused:
            self._paused = True
            self.protocol.pause_writing()

    def writable(self) -> None:
        """Send as much of what is kept as the peer takes."""
        if self._over:
            return
        try:
            sent = self.socket.send(self._kept) if self._kept else 0
        except BlockingIOError:
            sent = 0
        except OSError as fault:
            self._fail(fault)
            return
        del self._kept[:sent]
        self._around.unsettled(self)
        self._listen(writing=bool(self._kept))
        if not self._kept:
            self._all_sent()
        if self._paused and len(self._kept) <= _LEAST_KEPT and not self._closing:
            self._paused = False
            self.protocol.resume_writing()

    def _all_sent(self) -> None:
        if self._ending:
            self._end()
        if self._closing:
            self._fail(None)

    def close(self) -> None:
        """Read no more; let go when everything is sent."""
        if not self._closing:
            self._closing = True
            self._around.unsettled(self)
            self._listen(reading=False)
            if not self._kept:
                self._fail(None)

    def abort(self) -> None:
        """Let go at once."""
        self._fail(None)

    def is_closing(self) -> bool:
        """Whether it is being let go."""
        return self._closing

    def can_write_eof(self) -> bool:
        """A socket's sides end by themselves."""
        return True

    def write_eof(self) -> None:
        """End our side behind what is kept."""
        self._ending = True
        if not self._kept:
            self._end()

    def pause_reading(self) -> None:
        """Leave what comes where it is."""
        self._listen(reading=False)

    def resume_reading(self) -> None:
        """Take it again."""
        if not (self._ended or self._closing):
            self._listen(reading=True)

    def _end(self) -> None:
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError as fault:
            self._fail(fault)

    def _listen(self, *, reading: bool | None = None, writing: bool | None = None) -> None:
        events = self._events
        for flag, wanted in ((select.EPOLLIN, reading), (select.EPOLLOUT, writing)):
            if wanted is not None:
                events = events | flag if wanted else events & ~flag
        if events != self._events and not self._over:
            self._events = events
            self._around.epoll.modify(self.handle, events)

    def _fail(self, fault: OSError | None) -> None:
        if not self._over:
            self._over = self._closing = True
            self._kept.clear()
            self._around.unsettled(self)
            self._around.epoll.unregister(self.handle)
            self._around.over(self, fault)
