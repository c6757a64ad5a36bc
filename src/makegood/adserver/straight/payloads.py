"""Kernel that writes the text the signed URLs of an ad are made of."""

from __future__ import annotations

from makegood.adserver.straight.columns import CARD, DEVICE, DEVICE_SIGNED, DRAW, GEO, GEO_SIGNED, PAYLOAD, Bytes, Ints
from makegood.adserver.straight.copying import copied
from makegood.adserver.straight.learnt import CARD_ROWS, CARD_WIDTH, IDS
from makegood.adserver.straight.questions import told_device
from makegood.adserver.straight.scanning import word
from makegood.adserver.straight.words import KEY, TIMES, put_word
from makegood.engine.kernels import compiled

PAYLOAD_BYTES, NONCE_BYTES = 1024, 16
_BETWEEN = word("~0~")


@compiled
def put_payload(
    text: Bytes, nonces: Bytes, words: Bytes, word_ends: Ints, texts: Bytes, cells: Ints, row: Ints, payloads: Bytes,
    begin: int,
) -> int:  # fmt: skip
    """Write the payload (`signing.Grant.payload`), of at most PAYLOAD_BYTES, from `begin` on; the place behind it."""
    ids = cells[CARD_ROWS] + row[CARD] * CARD_WIDTH + IDS
    p = put_word(KEY, words, word_ends, payloads, begin)
    p = copied(nonces, row[DRAW] * NONCE_BYTES, (row[DRAW] + 1) * NONCE_BYTES, payloads, p)
    p = put_word(TIMES, words, word_ends, payloads, p)
    p = copied(texts, cells[ids], cells[ids + 1], payloads, p)
    p = copied(_BETWEEN, 0, len(_BETWEEN), payloads, p)
    row[DEVICE_SIGNED] = p
    if row[DEVICE + 1] > 0:
        p = copied(text, row[DEVICE], row[DEVICE + 1], payloads, p)
    else:
        p = told_device(row, texts, cells, payloads, p)
    row[DEVICE_SIGNED + 1] = p
    payloads[p] = _BETWEEN[0]
    row[GEO_SIGNED] = p + 1
    p = copied(text, row[GEO], row[GEO + 1], payloads, p + 1)
    row[GEO_SIGNED + 1] = p
    row[PAYLOAD], row[PAYLOAD + 1] = begin, p
    return p
