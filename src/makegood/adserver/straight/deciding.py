"""Kernel that reads a batch of requests and decides each: what is shown, and the payload its URLs sign.

The chances are the decision's own (`engine.decision`), taken over table by table; the draw is the same bisection.
"""

from __future__ import annotations

import numpy as np

from makegood.adserver.straight import bodies, heads
from makegood.adserver.straight.columns import (
    ANSWERED,
    BODY,
    CARD,
    DEVICE,
    DRAW,
    GENERAL,
    GEO,
    NEW_ASKING,
    NEW_CARD,
    NEW_SOURCE,
    PLACE,
    PLACEMENT,
    SOURCE,
    STATUS,
    WHOLE,
    Bytes,
    Floats,
    Ints,
)
from makegood.adserver.straight.known import find
from makegood.adserver.straight.learnt import (
    ASKINGS,
    CARD_OF,
    FIRST,
    NEVER,
    NOBODY,
    NUMBERS,
    PLACE_ROWS,
    PLACE_WIDTH,
    PLACES,
    SOURCES,
    TABLE_COUNT,
    TABLE_FIRST,
    TABLE_ROWS,
    TABLE_WIDTH,
    UNKNOWN,
)
from makegood.adserver.straight.payloads import put_payload
from makegood.adserver.straight.questions import asking_key, source_key
from makegood.adserver.straight.scanning import NONE, same, word
from makegood.engine.kernels import compiled

_START = word(heads.START.decode())
_SAFE = np.zeros(256, dtype=np.bool_)
_SAFE[np.frombuffer(b"_.-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", dtype=np.uint8)] = True
"""What a payload holds as it is; anything else would be escaped in it."""


@compiled
def decide_each(
    text: Bytes, found: Ints, count: int, forwarded: bool, us: Floats, nonces: Bytes, words: Bytes, word_ends: Ints, key: Bytes,
    payloads: Bytes, texts: Bytes, cells: Ints, bounds: Floats,
) -> int:  # fmt: skip
    """Fill in the row of each request that is to be answered. Its spans `WHOLE` and `ADDRESS` and its `DRAW` are given.

    With `forwarded` the address is what a proxy says it is, when it does. The last three are what `Learnt` holds. Return the
    length of all the payloads.
    """
    at = 0
    for n in range(count):
        row = found[n]
        if row[STATUS] == ANSWERED:
            row[STATUS] = _read(text, row[WHOLE], row[WHOLE + 1], row)
        if row[STATUS] == ANSWERED:
            row[STATUS] = _decide(text, forwarded, us[row[DRAW]], texts, cells, bounds, key, row)
        if row[STATUS] == ANSWERED:
            at = put_payload(text, nonces, words, word_ends, texts, cells, row, payloads, at)
    return at


@compiled
def _read(text: Bytes, begin: int, end: int, row: Ints) -> int:
    if end - begin < len(_START) or not same(text, begin, begin + len(_START), _START):
        return GENERAL
    body = heads.body_of(text, begin, end, row)
    if body == NONE or not bodies.read(text, body, end, row):
        return GENERAL
    row[BODY], row[BODY + 1] = body, end
    safe = _is_safe(text, row[GEO], row[GEO + 1]) and _is_safe(text, row[DEVICE], row[DEVICE + 1])
    return ANSWERED if safe else GENERAL


@compiled
def _decide(text: Bytes, forwarded: bool, u: float, texts: Bytes, cells: Ints, bounds: Floats, key: Bytes, row: Ints) -> int:
    source = find(cells, cells[SOURCES], texts, key, 0, source_key(text, forwarded, row, key))
    if source == NONE:
        return NEW_SOURCE
    place = find(cells, cells[PLACES], texts, text, row[PLACEMENT], row[PLACEMENT + 1])
    if place == NONE:
        return GENERAL
    row[SOURCE], row[PLACE] = source, place
    table = find(cells, cells[ASKINGS], texts, key, 0, asking_key(text, row, texts, cells, key))
    if table == NONE:
        return NEW_ASKING
    known = cells[TABLE_ROWS] + table * TABLE_WIDTH
    first, count = cells[known + TABLE_FIRST], cells[known + TABLE_COUNT]
    drawn, here = _bisected(bounds, first, first + count, u), cells[PLACE_ROWS] + place * PLACE_WIDTH
    chosen = cells[here + NOBODY]
    if drawn < first + count:
        chosen = cells[here + FIRST] + cells[cells[NUMBERS] + drawn]
    card = cells[cells[CARD_OF] + chosen]
    row[CARD] = chosen if card == UNKNOWN else card
    if card == UNKNOWN:
        return NEW_CARD
    return GENERAL if card == NEVER else ANSWERED


@compiled
def _bisected(bounds: Floats, low: int, high: int, u: float) -> int:
    """The first place whose bound is above `u`."""
    while low < high:
        middle = (low + high) >> 1
        if u < bounds[middle]:
            high = middle
        else:
            low = middle + 1
    return low


@compiled
def _is_safe(text: Bytes, begin: int, end: int) -> bool:
    for n in range(begin, end):
        if not _SAFE[text[n]]:
            return False
    return True
