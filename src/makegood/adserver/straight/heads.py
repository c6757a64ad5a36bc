"""Kernel that knows the head of an ordinary POST /ad; everything it does not know is the hardened parser's.

It accepts a strict subset of RFC 9112: no chunking, no upgrade, no repeated or folded field that matters, printable
ASCII only. A test reads what it accepts with llhttp too.
"""

from __future__ import annotations

import numpy as np

from makegood.adserver.straight.columns import AGENT, COOKIES, FORWARDED, Bytes, Ints
from makegood.adserver.straight.copying import eight
from makegood.adserver.straight.scanning import COLON, NONE, eight_visible, same_folded, word
from makegood.engine.kernels import compiled

START = b"POST /ad HTTP/1.1\r\n"
MOST_HEADERS = 32
_CR, _LF, _SPACE = 13, 10, 32
_TOKEN = np.zeros(256, dtype=np.bool_)
_TOKEN[np.frombuffer(b"!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", dtype=np.uint8)] = True
_PLAIN, _UNKNOWN, _LENGTH, _AGENT, _FORWARDED, _CONNECTION, _COOKIE = 0, 1, 2, 3, 4, 5, 6
_LENGTH_WORD, _AGENT_WORD, _FORWARDED_WORD = word("content-length"), word("user-agent"), word("x-forwarded-for")
_CONNECTION_WORD, _KEEP, _COOKIE_WORD = word("connection"), word("keep-alive"), word("cookie")
_NOT_HERE = tuple(
    word(name)
    for name in ("transfer-encoding", "upgrade", "expect", "trailer", "proxy-connection", "sec-purpose", "purpose", "x-moz")
)
"""Fields that change how a request is read or whether its ad counts: left to the general path."""
_E0, _E1, _E2, _E3, _E4, _E5, _E6, _E7 = _NOT_HERE


@compiled
def body_of(text: Bytes, begin: int, end: int, found: Ints) -> int:
    """Fill the spans of agent and forwarded address in; the first byte of the body, which goes on to `end`, or NONE."""
    p, length, headers, kept = begin + len(START), -1, 0, False
    while p + 1 < end and not (text[p] == _CR and text[p + 1] == _LF):
        colon = _colon(text, p, end)
        past = _line_end(text, colon, end)
        headers += 1
        if colon == NONE or past == NONE or headers > MOST_HEADERS:
            return NONE
        first, last = _past_spaces(text, colon + 1, past), past
        name = _name(text, p, colon)
        if name == _UNKNOWN or (name == _LENGTH and length >= 0) or (name == _CONNECTION and kept):
            return NONE
        if name == _LENGTH:
            length = _number(text, first, last)
        elif name == _CONNECTION:
            kept = same_folded(text, first, last, _KEEP)
            if not kept:
                return NONE
        elif name == _COOKIE:
            found[COOKIES] = 1
        elif name != _PLAIN:
            column = AGENT if name == _AGENT else FORWARDED
            if found[column + 1]:
                return NONE
            found[column], found[column + 1] = first, last
        p = past + 2
    return p + 2 if length >= 0 and p + 2 + length == end else NONE


@compiled
def _colon(text: Bytes, p: int, end: int) -> int:
    """Where the name that begins at `p` has its colon."""
    begin = p
    while p < end and _TOKEN[text[p]]:
        p += 1
    return p if p > begin and p < end and text[p] == COLON else NONE


@compiled
def _line_end(text: Bytes, p: int, end: int) -> int:
    """Where the line's CRLF is, when all before it is printable ASCII."""
    if p == NONE:
        return NONE
    while p + 8 <= end and eight_visible(eight(text, p)):
        p += 8
    while p < end and 32 <= text[p] <= 126:
        p += 1
    return p if p + 1 < end and text[p] == _CR and text[p + 1] == _LF else NONE


@compiled
def _past_spaces(text: Bytes, p: int, end: int) -> int:
    """Where a value begins. Spaces behind it stay: llhttp leaves them too."""
    while p < end and text[p] == _SPACE:
        p += 1
    return p


@compiled
def _number(text: Bytes, begin: int, end: int) -> int:
    """A length of one to six digits, NONE for anything else."""
    value = 0
    if not 0 < end - begin <= 6:
        return NONE
    for n in range(begin, end):
        if not 48 <= text[n] <= 57:
            return NONE
        value = value * 10 + int(text[n]) - 48
    return value


@compiled
def _name(text: Bytes, begin: int, end: int) -> int:
    """Which field it is; lengths first, because most are none of ours."""
    length = end - begin
    if length == 14 and same_folded(text, begin, end, _LENGTH_WORD):
        return _LENGTH
    if length == 6 and same_folded(text, begin, end, _COOKIE_WORD):
        return _COOKIE
    if length == 10:
        if same_folded(text, begin, end, _AGENT_WORD):
            return _AGENT
        return _CONNECTION if same_folded(text, begin, end, _CONNECTION_WORD) else _PLAIN
    if length == 15 and same_folded(text, begin, end, _FORWARDED_WORD):
        return _FORWARDED
    return _UNKNOWN if _not_here(text, begin, end) else _PLAIN


@compiled
def _not_here(text: Bytes, begin: int, end: int) -> bool:
    for wanted in (_E0, _E1, _E2, _E3, _E4, _E5, _E6, _E7):
        if same_folded(text, begin, end, wanted):
            return True
    return False
