"""Kernels that step through bytes: what a plain string, a whole number and blanks are, and comparing with a known word.

Copying is `copying`.
"""

from __future__ import annotations

import numpy as np

from makegood.adserver.straight.columns import Bytes
from makegood.adserver.straight.copying import eight
from makegood.engine.kernels import compiled

QUOTE, BACKSLASH, COMMA, COLON = 34, 92, 44, 58
LONGEST_INTEGER = 15
NONE = -1
_ONES, _SPACES, _QUOTES, _BACKSLASHES, _DELETES = (int.from_bytes(bytes([c]) * 8) for c in (1, 32, QUOTE, BACKSLASH, 127))
_HIGHS = -0x7F7F7F7F7F7F7F80


def word(text: str) -> Bytes:
    """Return a text as what kernels compare with."""
    return np.frombuffer(text.encode(), dtype=np.uint8)


@compiled
def at(text: Bytes, p: int, end: int) -> int:
    """The byte at `p`, 0 past the end: no request reads its neighbour."""
    return int(text[p]) if p < end else 0


@compiled
def past_blanks(text: Bytes, p: int, end: int) -> int:
    """The first place from `p` on that is not JSON's white space."""
    while p < end and (text[p] == 32 or text[p] == 10 or text[p] == 13 or text[p] == 9):
        p += 1
    return p


@compiled
def past_string(text: Bytes, p: int, end: int) -> int:
    """`p` is at a quote: the place behind the closing one; NONE unless all between is printable ASCII without escapes."""
    p += 1
    while p + 8 <= end and eight_plain(eight(text, p)):
        p += 8
    while p < end:
        c = text[p]
        if c == QUOTE:
            return p + 1
        if c < 32 or c > 126 or c == BACKSLASH:
            return NONE
        p += 1
    return NONE


@compiled
def eight_plain(word: int) -> bool:
    """Whether none of eight bytes ends a string or is what a plain one may not hold: all at once.

    The tests for a zero byte and for one below a bound are from "Bit Twiddling Hacks" (S. E. Anderson); a byte they call
    special wrongly is looked at again by itself.
    """
    quote, backslash, delete = word ^ _QUOTES, word ^ _BACKSLASHES, word ^ _DELETES
    special = (word - _SPACES) | (quote - _ONES) | (backslash - _ONES) | (delete - _ONES) | word
    return special & _HIGHS == 0


@compiled
def eight_visible(word: int) -> bool:
    """Whether all of eight bytes are printable ASCII."""
    return ((word - _SPACES) | ((word ^ _DELETES) - _ONES) | word) & _HIGHS == 0


@compiled
def past_literal(text: Bytes, p: int, end: int, wanted: Bytes) -> int:
    """The place behind `wanted`; NONE when something else stands there."""
    return p + len(wanted) if same(text, p, min(p + len(wanted), end), wanted) else NONE


@compiled
def past_integer(text: Bytes, p: int, end: int) -> int:
    """The place behind a whole number without sign or leading zero; NONE for anything else, longer ones included."""
    begin = p
    while p < end and 48 <= text[p] <= 57:
        p += 1
    digits = p - begin
    return p if 0 < digits <= LONGEST_INTEGER and (digits == 1 or text[begin] != 48) else NONE


@compiled
def same(text: Bytes, begin: int, end: int, wanted: Bytes) -> bool:
    """Whether exactly `wanted` stands there."""
    if end - begin != len(wanted):
        return False
    for n in range(len(wanted)):
        if text[begin + n] != wanted[n]:
            return False
    return True


@compiled
def same_folded(text: Bytes, begin: int, end: int, wanted: Bytes) -> bool:
    """The same whatever the case of letters there; `wanted` is lower-case."""
    if end - begin != len(wanted):
        return False
    for n in range(len(wanted)):
        c = text[begin + n]
        if (c + 32 if 65 <= c <= 90 else c) != wanted[n]:
            return False
    return True
