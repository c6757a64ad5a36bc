"""Kernel that writes a batch's responses and event lines, once its payloads are signed.

The bytes are those of `routes.ads`, `replies` and `lines`; a test holds them against each other.
"""

from __future__ import annotations

from makegood.adserver.keys import TAG_LENGTH
from makegood.adserver.straight.columns import (
    ANSWERED,
    CARD,
    DEVICE_SIGNED,
    DRAW,
    GEO_SIGNED,
    PAYLOAD,
    SLOT,
    SOURCE,
    STATUS,
    Bytes,
    Ints,
)
from makegood.adserver.straight.copying import copied
from makegood.adserver.straight.learnt import (
    CARD_ROWS,
    CARD_WIDTH,
    END,
    FIELDS,
    LENGTH,
    LINE,
    PIECE_COUNT,
    PIECE_FIRST,
    PIECE_SET,
    PIECE_TAG,
    PIECE_TEXT,
    PIECE_WIDTH,
    PIECES,
    REQUESTED,
    SHOWN,
    SOURCE_ROWS,
    SOURCE_WIDTH,
)
from makegood.adserver.straight.payloads import NONCE_BYTES
from makegood.adserver.straight.scanning import QUOTE, word
from makegood.adserver.straight.signing import DIGEST_BYTES, sets_of
from makegood.adserver.straight.words import AT, BODY, HEADERS, STATUS_LINES, length_of, put_word
from makegood.engine.kernels import compiled

_TAG_BYTES = TAG_LENGTH * 6 // 8
_LETTERS = word("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_SIGN, _ZERO = 126, 48
_NO_ID, _CLOSED = word('"0"'), word("]}")
_LINE_ID, _REQUEST, _SERVED = word('{"id":"'), word('.request","kind":"request","at":'), word('.served","kind":"served","at":')
_GEO, _DEVICE, _LINE_END = word(',"geo":"'), word(',"device":"'), word("}\n")


@compiled
def write_each(
    text: Bytes, found: Ints, count: int, nonces: Bytes, words: Bytes, word_ends: Ints, payloads: Bytes, digests: Bytes,
    out: Bytes, out_ends: Ints, log: Bytes, texts: Bytes, cells: Ints,
) -> int:  # fmt: skip
    """Write the response of each answered request to `out`, up to `out_ends[n]`, its event lines to `log`; the log's length."""
    at, logged, signed = 0, 0, 0
    for n in range(count):
        if found[n, STATUS] == ANSWERED:
            row, card = found[n], cells[CARD_ROWS] + found[n, CARD] * CARD_WIDTH
            at = _head(row, card, words, word_ends, cells, out, at)
            at = _slot(text, row, card, payloads, digests, signed, texts, cells, out, at)
            signed += sets_of(card, cells)
            logged = _lines(row, card, nonces, words, word_ends, payloads, texts, cells, log, logged)
        out_ends[n] = at
    return logged


@compiled
def _head(row: Ints, card: int, words: Bytes, word_ends: Ints, cells: Ints, out: Bytes, p: int) -> int:
    """Status line and header fields with the length of what follows, and the beginning of that."""
    token = row[PAYLOAD + 1] - row[PAYLOAD] + 1 + TAG_LENGTH
    slot = row[SLOT + 1] - row[SLOT] + 2 if row[SLOT + 1] else len(_NO_ID)
    body = length_of(BODY, word_ends) + slot + cells[card + LENGTH] + cells[card + PIECE_COUNT] * token + len(_CLOSED)
    p = put_word(STATUS_LINES, words, word_ends, out, p)
    p = _digits(body, out, p)
    p = put_word(HEADERS, words, word_ends, out, p)
    return put_word(BODY, words, word_ends, out, p)


@compiled
def _digits(value: int, out: Bytes, p: int) -> int:
    power = 1
    while value // power >= 10:
        power *= 10
    while power:
        out[p] = _ZERO + value // power % 10
        power //= 10
        p += 1
    return p


@compiled
def _slot(
    text: Bytes, row: Ints, card: int, payloads: Bytes, digests: Bytes, signed: int, texts: Bytes, cells: Ints, out: Bytes,
    p: int,
) -> int:  # fmt: skip
    """The caller's id, then the ad's text with a token in each of its holes."""
    if row[SLOT + 1]:
        out[p] = QUOTE
        p = copied(text, row[SLOT], row[SLOT + 1], out, p + 1)
        out[p] = QUOTE
        p += 1
    else:
        p = copied(_NO_ID, 0, len(_NO_ID), out, p)
    first = cells[PIECES] + cells[card + PIECE_FIRST] * PIECE_WIDTH
    for each in range(first, first + cells[card + PIECE_COUNT] * PIECE_WIDTH, PIECE_WIDTH):
        p = copied(texts, cells[each + PIECE_TEXT], cells[each + PIECE_TEXT + 1], out, p)
        p = copied(payloads, row[PAYLOAD], row[PAYLOAD + 1], out, p)
        out[p] = _SIGN
        begin = (signed + cells[each + PIECE_SET]) * DIGEST_BYTES + cells[each + PIECE_TAG] * _TAG_BYTES
        p = _letters(digests, begin, begin + _TAG_BYTES, out, p + 1)
    p = copied(texts, cells[card + END], cells[card + END + 1], out, p)
    return copied(_CLOSED, 0, len(_CLOSED), out, p)


@compiled
def _letters(digests: Bytes, begin: int, end: int, out: Bytes, p: int) -> int:
    """Base64 for URLs (RFC 4648, 5) of a multiple of three bytes."""
    for n in range(begin, end, 3):
        three = int(digests[n]) << 16 | int(digests[n + 1]) << 8 | int(digests[n + 2])
        out[p] = _LETTERS[three >> 18]
        out[p + 1] = _LETTERS[three >> 12 & 63]
        out[p + 2] = _LETTERS[three >> 6 & 63]
        out[p + 3] = _LETTERS[three & 63]
        p += 4
    return p


@compiled
def _lines(
    row: Ints, card: int, nonces: Bytes, words: Bytes, word_ends: Ints, payloads: Bytes, texts: Bytes, cells: Ints,
    log: Bytes, p: int,
) -> int:  # fmt: skip
    """The request's line, and that of what is served."""
    for kind, about in ((_REQUEST, REQUESTED), (_SERVED, FIELDS)):
        if about == REQUESTED or cells[card + SHOWN]:
            p = copied(_LINE_ID, 0, len(_LINE_ID), log, p)
            p = copied(nonces, row[DRAW] * NONCE_BYTES, (row[DRAW] + 1) * NONCE_BYTES, log, p)
            p = copied(kind, 0, len(kind), log, p)
            p = put_word(AT, words, word_ends, log, p)
            p = copied(texts, cells[card + about], cells[card + about + 1], log, p)
            p = _about(row, payloads, texts, cells, log, p)
    return p


@compiled
def _about(row: Ints, payloads: Bytes, texts: Bytes, cells: Ints, log: Bytes, p: int) -> int:
    """Who asked, as `lines.about` says it, and the end of the line."""
    if row[GEO_SIGNED + 1] > row[GEO_SIGNED]:
        p = copied(_GEO, 0, len(_GEO), log, p)
        p = copied(payloads, row[GEO_SIGNED], row[GEO_SIGNED + 1], log, p)
        log[p] = QUOTE
        p += 1
    p = copied(_DEVICE, 0, len(_DEVICE), log, p)
    p = copied(payloads, row[DEVICE_SIGNED], row[DEVICE_SIGNED + 1], log, p)
    log[p] = QUOTE
    told = cells[SOURCE_ROWS] + row[SOURCE] * SOURCE_WIDTH + LINE
    p = copied(texts, cells[told], cells[told + 1], log, p + 1)
    return copied(_LINE_END, 0, len(_LINE_END), log, p)
