"""The memory the kernels of a turn work in, and the addresses of what they call, on one desk (`straight.desk`)."""

from __future__ import annotations

import ctypes
import select

import numpy as np

from makegood.adserver.straight import desk as places
from makegood.adserver.straight import macs
from makegood.adserver.straight.columns import SENT, WHOLE, WIDTH
from makegood.adserver.straight.learning import MOST_REPLY_BYTES, MOST_SETS
from makegood.adserver.straight.payloads import PAYLOAD_BYTES
from makegood.adserver.straight.questions import KEY_BYTES
from makegood.adserver.straight.signing import DIGEST_BYTES
from makegood.adserver.turns.receiving import AT_ONCE, EVENT_BYTES, PEER_BYTES, ROOM_BYTES

_HEAD_BYTES, _LOG_BYTES, _HANDLES = 1024, 4096, 1024
_KERNELS_OWN = {
    places.EVENTS: AT_ONCE * EVENT_BYTES, places.KEY: KEY_BYTES, places.PAYLOADS: AT_ONCE * PAYLOAD_BYTES,
    places.DIGESTS: AT_ONCE * MOST_SETS * DIGEST_BYTES,
}  # fmt: skip
_CALLS = {places.EPOLL_WAIT: "epoll_wait", places.RECV: "recv", places.SEND: "send", places.WRITE: "write"}


class Room:
    """Of one server process. `found` has a row for each connection of a turn; `plain` and what follows is by handle.

    A connection is plain while a whole request on it may be answered past its protocol, touched when one was since somebody looked.
    """

    def __init__(self, secret: bytes, epoll: select.epoll) -> None:
        self.desk = np.zeros(places.WIDTH, np.int64)
        self.found, self.text = np.zeros((AT_ONCE, WIDTH), np.int64), np.zeros(AT_ONCE * (ROOM_BYTES + PEER_BYTES), np.uint8)
        self.out, self.out_ends = np.zeros(AT_ONCE * (MOST_REPLY_BYTES + _HEAD_BYTES), np.uint8), np.zeros(AT_ONCE, np.int64)
        self.lines, self._made = np.zeros(AT_ONCE * _LOG_BYTES, np.uint8), np.zeros(1, np.int64)
        self._kernels_own = [np.zeros(size, np.uint8) for size in _KERNELS_OWN.values()]
        for place, own in zip(_KERNELS_OWN, self._kernels_own, strict=True):
            places.put(self.desk, place, own)
        for place, numbers in ((places.FOUND, self.found), (places.OUT_ENDS, self.out_ends)):
            places.put(self.desk, place, numbers)
        for place, letters in ((places.TEXT, self.text), (places.OUT, self.out), (places.LINES, self.lines)):
            places.put(self.desk, place, letters)
        self._system, self._mac = ctypes.CDLL(None), macs.of(secret)
        for place, name in _CALLS.items():
            self.desk[place] = macs.address_of(getattr(self._system, name))
        self.desk[places.MAC_BEGIN : places.MAC_MADE + 1] = *self._mac.calls, self._mac.mac, self._made.ctypes.data
        self.desk[places.EPOLL] = epoll.fileno()
        self.plain, self.touched, self._peers, self._peer_lengths = (np.zeros(0, np.uint8) for _ in range(4))
        self._grow(_HANDLES)

    def _grow(self, handles: int) -> None:
        """Make room for connections with handles below a number; what is known of others stays."""
        more = handles - len(self.plain)
        self.plain, self.touched, self._peer_lengths = (np.append(a, np.zeros(more, np.uint8)) for a in (self.plain, self.touched, self._peer_lengths))
        self._peers = np.append(self._peers, np.zeros(more * PEER_BYTES, np.uint8))
        for place, array in (
            (places.PLAIN, self.plain), (places.TOUCHED, self.touched), (places.PEERS, self._peers), (places.PEER_LENGTHS, self._peer_lengths),
        ):  # fmt: skip
            places.put(self.desk, place, array)

    def request(self, n: int) -> bytes:
        """What a row's connection has brought."""
        return self.text[self.found[n, WHOLE] : self.found[n, WHOLE + 1]].tobytes()

    def response(self, n: int) -> bytes:
        """The response to a row, or what of it is not sent."""
        begin = int(self.out_ends[n - 1]) if n else 0
        return self.out[begin + int(self.found[n, SENT]) : self.out_ends[n]].tobytes()

    def settle_in(self, handle: int, peer: str) -> None:
        """Begin with a connection: where it comes from, nothing answered yet."""
        if handle >= len(self.plain):
            self._grow(2 * handle)
        address = peer.encode("latin-1", "replace")[:PEER_BYTES]
        first = handle * PEER_BYTES
        self._peers[first : first + len(address)] = np.frombuffer(address, dtype=np.uint8)
        self._peer_lengths[handle], self.plain[handle], self.touched[handle] = len(address), 0, 0
