"""Kernels that write what a sender and a question are known by, for the tables of `known`."""

from __future__ import annotations

from makegood.adserver.straight.columns import (
    ADDRESS,
    AGENT,
    DEVICE,
    FORWARDED,
    PLACE,
    PLACEMENT,
    SOURCE,
    TARGETED,
    Bytes,
    Ints,
)
from makegood.adserver.straight.copying import copied
from makegood.adserver.straight.learnt import (
    DEVICE_TEXT,
    DIMENSIONS,
    PLACE_ROWS,
    PLACE_WIDTH,
    SOURCE_ROWS,
    SOURCE_WIDTH,
)
from makegood.engine.kernels import compiled

KEY_BYTES = 8192
_LINE_FEED, _ABSENT, _GIVEN = 10, 1, 2


@compiled
def source_key(text: Bytes, forwarded: bool, row: Ints, key: Bytes) -> int:
    """Write who asks to `key` - the forwarded address or the socket's, then the browser - and return its length."""
    if forwarded and row[FORWARDED + 1] > row[FORWARDED]:
        length = copied(text, row[FORWARDED], row[FORWARDED + 1], key, 0)
    else:
        length = copied(text, row[ADDRESS], row[ADDRESS + 1], key, 0)
    key[length] = _LINE_FEED
    return copied(text, row[AGENT], row[AGENT + 1], key, length + 1)


@compiled
def asking_key(text: Bytes, row: Ints, texts: Bytes, cells: Ints, key: Bytes) -> int:
    """Write what decides who is eligible to `key`: the placement and what its targeting reads. Return its length."""
    length = copied(text, row[PLACEMENT], row[PLACEMENT + 1], key, 0)
    dimensions = cells[cells[PLACE_ROWS] + row[PLACE] * PLACE_WIDTH + DIMENSIONS]
    for bit in range(len(TARGETED)):
        column = TARGETED[bit]
        if dimensions >> bit & 1:
            given = row[column + 1] > 0
            key[length] = _GIVEN if given else _ABSENT
            length += 1
            if given:
                length = copied(text, row[column], row[column + 1], key, length)
            elif column == DEVICE:
                length = told_device(row, texts, cells, key, length)
    return length


@compiled
def told_device(row: Ints, texts: Bytes, cells: Ints, target: Bytes, p: int) -> int:
    """Copy the device the browser tells of."""
    told = cells[SOURCE_ROWS] + row[SOURCE] * SOURCE_WIDTH + DEVICE_TEXT
    return copied(texts, cells[told], cells[told + 1], target, p)
