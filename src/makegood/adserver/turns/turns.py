"""All connections of a process, served turn by turn: the event loop says that one is ready, the kernels serve all that are.

What is left over of a turn - requests that are not ordinary, ends, faults - is handed to the connection it is of.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import select
import socket
from collections.abc import Callable

import numpy as np

from makegood.adserver.connections import Connections
from makegood.adserver.http import unavailable
from makegood.adserver.protocol import HttpConnection
from makegood.adserver.state import State
from makegood.adserver.straight.columns import (
    BROKEN,
    DONE,
    ENDED,
    GENERAL,
    HANDLE,
    NEW,
    STATUS,
    UNLOGGED,
    UNSENT,
    WRITABLE,
)
from makegood.adserver.turns.connected import Connected
from makegood.adserver.turns.path import StraightPath
from makegood.adserver.turns.room import Room

_TIMES = 3
"""How often a request is learnt from: who asks, what is asked, which ad is shown."""
_ACCEPTED_AT_ONCE, _PAUSE_S = 64, 1.0
_NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_log = logging.getLogger(__name__)


class Turns:
    """Belongs to the event loop. `made` makes the protocol of a new connection."""

    def __init__(self, state: State, connections: Connections, loop: asyncio.AbstractEventLoop, made: Callable[[], HttpConnection]) -> None:
        self.epoll, self._loop, self._made, self._connections = select.epoll(), loop, made, connections
        self._room = Room(state.keys.secret, self.epoll)
        self.path = StraightPath(state, connections, self._room)
        self._of: dict[int, Connected] = {}
        self._unsettled: set[Connected] = set()
        loop.add_reader(self.epoll.fileno(), self._turn)

    def listen(self, listening: socket.socket, backlog: int) -> None:
        """Accept what comes from now on."""
        self._listening = listening
        listening.setblocking(False)
        listening.listen(backlog)
        self._loop.add_reader(listening.fileno(), self._accept)

    def deaf(self) -> None:
        """Accept no more."""
        self._loop.remove_reader(self._listening.fileno())
        self._listening.close()

    def close(self) -> None:
        """Let go of every connection that is left."""
        for one in list(self._of.values()):
            one.abort()
        self._loop.remove_reader(self.epoll.fileno())
        self.epoll.close()

    def take(self, its: socket.socket, peer: object) -> Connected:
        """Serve a connection."""
        its.setblocking(False)
        protocol = self._made()
        one = self._of[its.fileno()] = Connected(self, its, peer, protocol)
        self._room.settle_in(one.handle, str(peer[0]) if isinstance(peer, tuple) else "")
        self._unsettled.add(one)
        protocol.connection_made(one)
        return one

    def look(self) -> None:
        """Tell connections on which something was answered since that they were not idle. Call before every sweep."""
        touched = self._room.touched
        for handle in np.flatnonzero(touched).tolist():
            if handle in self._of:
                self._of[handle].protocol.since = self._connections.now
        touched[:] = 0

    def unsettled(self, one: Connected) -> None:
        """As `connected.Around`, as is `over`."""
        self._unsettled.add(one)
        self._room.plain[one.handle] = 0

    def over(self, one: Connected, fault: OSError | None) -> None:
        """Tell its protocol, and close."""
        del self._of[one.handle]
        self._loop.call_soon(_let_go, one, fault)

    def _accept(self) -> None:
        for _ in range(_ACCEPTED_AT_ONCE):
            try:
                its, peer = self._listening.accept()
            except (BlockingIOError, ConnectionAbortedError, InterruptedError):
                return
            except OSError as fault:
                if fault.errno not in _NO_ROOM:
                    raise
                _log.error("no connection can be accepted: %s; trying again in %g s", fault, _PAUSE_S)
                self._loop.remove_reader(self._listening.fileno())
                self._loop.call_later(_PAUSE_S, self._accept_again)
                return
            its.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.take(its, peer)

    def _accept_again(self) -> None:
        if self._listening.fileno() >= 0:
            self._loop.add_reader(self._listening.fileno(), self._accept)

    def _turn(self) -> None:
        for one in self._unsettled:
            if self._of.get(one.handle) is one:
                self._room.plain[one.handle] = one.free
        self._unsettled.clear()
        left = self.path.serve()
        for times in range(_TIMES + 1):
            if not left:
                return
            left = self.path.again(left) if self._left_over(left, learning=times < _TIMES) else 0

    def _left_over(self, count: int, *, learning: bool) -> bool:
        """Hand round what is left over among the first rows; whether some are to be answered once more."""
        found, more, unlogged = self._room.found, False, list[int]()
        for n, status in enumerate(found[:count, STATUS].tolist()):
            if status in NEW and learning and self.path.learnt(n):
                more = True
                continue
            if status == UNLOGGED:
                unlogged.append(n)
            elif status != DONE:
                self._hand_over(n, GENERAL if status in NEW else status)
            found[n, STATUS] = DONE
        if unlogged:
            self._answer_late(unlogged)
        return more

    def _hand_over(self, n: int, status: int) -> None:
        """What one connection has brought, or has not taken."""
        one = self._of.get(int(self._room.found[n, HANDLE]))
        if one is None:
            return
        try:
            if status == GENERAL:
                one.received(self._room.request(n))
            elif status == UNSENT:
                one.write(self._room.response(n))
            else:
                {ENDED: one.ended, BROKEN: one.broken, WRITABLE: one.writable}[status]()
        except Exception:  # one connection must not end the process that serves all the others
            _log.exception("a connection failed and is cut")
            one.abort()

    def _answer_late(self, rows: list[int]) -> None:
        """Requests whose lines the kernel could not write: they wait for another attempt, or are refused."""
        fault = self.path.log_again(rows)
        for n in rows:
            one = self._of.get(int(self._room.found[n, HANDLE]))
            if one:
                one.protocol.refused(unavailable(fault)) if fault else one.write(self._room.response(n))


def _let_go(one: Connected, fault: OSError | None) -> None:
    one.protocol.connection_lost(fault)
    one.socket.close()
