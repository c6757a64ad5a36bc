"""What is found in each request of a batch: one row of whole numbers a request, by these columns.

A span is two columns, first byte and the one past the last; an absent one is 0 to 0.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

STATUS, CARD, PAYLOAD, PLACE, SOURCE = 0, 1, 2, 4, 5
"""`PAYLOAD` is a span in the buffer of payloads, as are `GEO_SIGNED` and `DEVICE_SIGNED`; the rest are in the batch's bytes."""
GEO_SIGNED, DEVICE_SIGNED = 6, 8
BODY, AGENT, FORWARDED = 10, 12, 14
SLOT, PLACEMENT, GEO, DEVICE, SECTION, LANGUAGE, CATEGORY = 16, 18, 20, 22, 24, 26, 28
ADDRESS, WHOLE = 30, 32
"""Spans of the sender's address and of the request itself."""
HANDLE, DRAW, SENT, COOKIES = 34, 35, 36, 37
"""The connection's number, which draw and nonce are the request's own, how much of a response was sent that was not sent whole, and
whether there are cookies."""
WIDTH = 40

ANSWERED, GENERAL, NEW_SOURCE, NEW_ASKING, NEW_CARD, UNSENT, UNLOGGED, ENDED, BROKEN, WRITABLE, DONE = range(11)
NEW = (NEW_SOURCE, NEW_ASKING, NEW_CARD)
"""`STATUS`: to be answered here, until it is DONE; to be answered by the general path; NEW, what has to be learnt first; answered, but
not sent whole, or not in the log; and of a connection that sent nothing: the peer has ended, reading failed, it takes more."""

TARGETED = (GEO, DEVICE, SECTION, LANGUAGE, CATEGORY)
"""What targeting may read of an ordinary request, in the order of the bits of a placement's dimensions."""
