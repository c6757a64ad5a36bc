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
ADDRESS = 30
WIDTH = 32

ANSWERED, GENERAL, NEW_SOURCE, NEW_ASKING, NEW_CARD = 0, 1, 2, 3, 4
"""`STATUS`: answered here; to be answered by the general path, and what it then teaches."""

TARGETED = (GEO, DEVICE, SECTION, LANGUAGE, CATEGORY)
"""What targeting may read of an ordinary request, in the order of the bits of a placement's dimensions."""
