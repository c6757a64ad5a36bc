"""What the kernels of a turn work on: one array of whole numbers that holds addresses, counts and switches, by these places.

An array stands in it as address and length (`calling.bytes_at` and the others), which spares counting its references at every call.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.adserver.straight.columns import Ints

EPOLL_WAIT, RECV, SEND, WRITE, MAC_BEGIN, MAC_ADD, MAC_END, MAC, MAC_MADE = range(9)
"""Addresses: of four calls of the system, of the MAC's three, of what these are handed, and of where they say a length."""
EPOLL, LOG, FORWARDED, ORDINARY, DRAWN, DRAWS = range(9, 15)
"""Handles of the connections' epoll and of the open segment (-1: there is none to write to); whether a proxy is trusted; whether
anything may be answered here; the next draw, and how many there are."""
LOGGED, TORN, ANSWERS, SERVED, LENGTH = range(15, 20)
"""Results: bytes of whole batches in the log, then those of one that failed part way; requests answered, of them with an ad; and
how long the lines of the last batch are."""
EVENTS, TEXT, FOUND, PLAIN, TOUCHED, PEERS, PEER_LENGTHS, US, NONCES, WORDS, WORD_ENDS, KEY, PAYLOADS, DIGESTS, OUT, OUT_ENDS, LINES, TEXTS, CELLS, BOUNDS = range(
    20, 60, 2
)
"""Arrays, two places each."""
WIDTH = 60


def put(desk: Ints, place: int, array: npt.NDArray[np.generic]) -> None:
    """Say where an array is; whoever calls keeps it from being let go."""
    assert array.flags.c_contiguous
    desk[place], desk[place + 1] = array.ctypes.data, array.size
