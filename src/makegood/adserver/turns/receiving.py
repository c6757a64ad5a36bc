"""Kernel that takes what has come on the connections: the ready ones asked of epoll, one read of each.

What is then done with it is `answering`; sockets as Python sees them are `connected`.
"""

from __future__ import annotations

import platform

from makegood.adserver.straight import desk as places
from makegood.adserver.straight import heads
from makegood.adserver.straight.calling import as_int, bytes_at, called
from makegood.adserver.straight.columns import (
    ADDRESS,
    ANSWERED,
    BROKEN,
    DRAW,
    ENDED,
    GENERAL,
    HANDLE,
    STATUS,
    WHOLE,
    WRITABLE,
    Bytes,
    Ints,
)
from makegood.adserver.straight.copying import copied
from makegood.adserver.straight.scanning import same, word
from makegood.engine.kernels import compiled

AT_ONCE = 64
MOST_BYTES = 4096
"""Longer requests go the general way; no limit a seller may set is below it unless the path is off."""
ROOM_BYTES, PEER_BYTES = 16 << 10, 64
"""What one read may bring, and what an address may take."""
EVENT_BYTES, _AT = (12, 4) if platform.machine() == "x86_64" else (16, 8)
"""struct epoll_event, which is packed on x86-64 only, and where its data stands in it."""
_READ, _WRITE = 1, 4
_DONT_WAIT = 0x40
_START = word(heads.START.decode())


@compiled
def receive(desk: Ints, found: Ints) -> int:
    """Fill in a row for each ready connection and return how many there are, at most AT_ONCE; none waits."""
    ready = as_int(called(desk[places.EPOLL_WAIT], desk[places.EPOLL], desk[places.EVENTS], AT_ONCE, 0))
    events, text, at = bytes_at(desk, places.EVENTS), bytes_at(desk, places.TEXT), 0
    for n in range(ready):
        row, begin = found[n], n * EVENT_BYTES
        row[:] = 0
        row[HANDLE] = _number(events, begin + _AT)
        if events[begin] & _WRITE:
            row[STATUS] = WRITABLE
        else:
            at = _read(desk, row, text, at)
    return max(ready, 0)


@compiled
def _number(events: Bytes, p: int) -> int:
    return int(events[p]) | int(events[p + 1]) << 8 | int(events[p + 2]) << 16 | int(events[p + 3]) << 24


@compiled
def _read(desk: Ints, row: Ints, text: Bytes, at: int) -> int:
    """One read of a connection to `at` on, and its sender's address behind it; the place behind both."""
    handle = row[HANDLE]
    length = called(desk[places.RECV], handle, desk[places.TEXT] + at, ROOM_BYTES, _DONT_WAIT)
    if length <= 0:
        row[STATUS] = ENDED if length == 0 else BROKEN
        return at
    end = at + length
    row[WHOLE], row[WHOLE + 1], row[STATUS] = at, end, GENERAL
    if not (desk[places.ORDINARY] and bytes_at(desk, places.PLAIN)[handle] and length <= MOST_BYTES and desk[places.DRAWN] < desk[places.DRAWS]):
        return end
    if length < len(_START) or not same(text, at, at + len(_START), _START):
        return end
    first = handle * PEER_BYTES
    past = copied(bytes_at(desk, places.PEERS), first, first + int(bytes_at(desk, places.PEER_LENGTHS)[handle]), text, end)
    row[ADDRESS], row[ADDRESS + 1], row[STATUS], row[DRAW] = end, past, ANSWERED, desk[places.DRAWN]
    desk[places.DRAWN] += 1
    return past
